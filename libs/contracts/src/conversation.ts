import type { Static, TSchema } from "@sinclair/typebox";

/** A question: asked with `request`, answered with `serve`, over NATS request/reply. */
export interface Request<I extends TSchema = TSchema, O extends TSchema = TSchema> {
  readonly subject: string;
  readonly description: string;
  readonly input: I;
  readonly output: O;
  /** How long one try may take. The caller tries up to three times while nobody answers, so answering twice must be harmless. */
  readonly timeoutMs: number;
}

/** A fact: something observed outside, kept by JetStream until the store has committed it. Applying one twice changes nothing. */
export interface Fact<T extends TSchema = TSchema> {
  readonly subject: string;
  readonly description: string;
  readonly data: T;
}

/** An event: something that is durably so, published from the store's outbox. */
export interface Event<T extends TSchema = TSchema> {
  readonly subject: string;
  readonly description: string;
  readonly data: T;
}

export type Input<R extends Request> = Static<R["input"]>;
export type Output<R extends Request> = Static<R["output"]>;
export type Data<F extends Fact | Event> = Static<F["data"]>;

const TIMEOUT_MS = 2_000;

export function defineRequest<I extends TSchema, O extends TSchema>(
  definition: Omit<Request<I, O>, "timeoutMs"> & { timeoutMs?: number },
): Request<I, O> {
  return { timeoutMs: TIMEOUT_MS, ...definition };
}

export function defineFact<T extends TSchema>(definition: Fact<T>): Fact<T> {
  return definition;
}

export function defineEvent<T extends TSchema>(definition: Event<T>): Event<T> {
  return definition;
}
