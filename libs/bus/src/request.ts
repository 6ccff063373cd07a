import {
  type Input,
  isErrorCode,
  type Output,
  type Request,
  ServiceError,
} from "@tracker/contracts";
import { wait } from "@tracker/service";
import { ErrorCode, type Msg, NatsError } from "nats";
import { decode, encode } from "./codec.ts";
import type { Bus } from "./connect.ts";
import { headersWithTrace } from "./trace-header.ts";

const ERROR_HEADER = "Nats-Service-Error";

const PERMISSIONS_VIOLATION: string = ErrorCode.PermissionsViolation;
const ATTEMPTS = 3;
const ATTEMPT_WAIT_MS = 300;

export interface RequestOptions {
  /** How often to try while nobody answers; default 3. */
  readonly attempts?: number;
  /** How long one try may take, where the caller has less time than the contract allows. */
  readonly timeoutMs?: number;
  /** Once it is aborted, nothing is tried again: whoever stops must not wait for another that has stopped. */
  readonly signal?: AbortSignal;
}

/**
 * Asks and waits for the answer. Nobody there, a timeout and UNAVAILABLE are tried again, since a service may be
 * restarting and a request in flight is lost with the connection; anything else is final. Throws ServiceError.
 */
export async function request<R extends Request>(
  bus: Bus,
  definition: R,
  input: Input<R>,
  { attempts = ATTEMPTS, timeoutMs = definition.timeoutMs, signal }: RequestOptions = {},
): Promise<Output<R>> {
  const body = encode(input);
  for (let attempt = 1; ; attempt++) {
    const failure = await ask(bus, definition, body, timeoutMs).catch((error: unknown) =>
      translate(definition, error),
    );
    if (!(failure instanceof ServiceError)) return failure;
    if (failure.code !== "UNAVAILABLE" || attempt >= attempts) throw failure;
    await wait(ATTEMPT_WAIT_MS * attempt, signal);
    if (signal?.aborted) throw failure;
  }
}

async function ask<R extends Request>(
  bus: Bus,
  definition: R,
  body: Uint8Array,
  timeout: number,
): Promise<Output<R>> {
  const reply = await bus.nats.request(definition.subject, body, {
    timeout,
    headers: headersWithTrace(),
  });
  const code = reply.headers?.get(ERROR_HEADER);
  if (code) throw readError(code, reply);
  return decode(definition.output, reply.data) as Output<R>;
}

function readError(code: string, reply: Msg): ServiceError {
  const { message, field } = reply.json<{ message?: string; field?: string }>();
  return new ServiceError(
    isErrorCode(code) ? code : "INTERNAL",
    message ?? "no reason given",
    field ? { field } : {},
  );
}

function translate(definition: Request, error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const owner = definition.subject.split(".")[0] ?? "service";
  if (error instanceof NatsError && error.code === PERMISSIONS_VIOLATION) {
    return new ServiceError("FORBIDDEN", `this user may not ask ${definition.subject}`, {
      cause: error,
    });
  }
  return new ServiceError("UNAVAILABLE", `${owner} does not answer`, {
    cause: error,
  });
}
