import type { Static, TSchema } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import type { FailureKind } from "./failure.ts";
import type { ApiNames } from "./permits.ts";

/** What a method means by an answer on which the general rules would be wrong. Without `body`, any body fits. */
export interface Exception {
  readonly status: number;
  readonly body?: RegExp;
  readonly kind: FailureKind;
}

/** A JSON body, understood: data, or what its lack of data means. `field` is where a malformed body went wrong. */
export type Reading<T> =
  { readonly data: T } | { readonly failure: FailureKind; readonly field?: string };

/** One method of an outside API: where it is, what it costs, and how its answers are understood. */
export interface Endpoint<T> {
  /** The method's own name, used in messages. */
  readonly name: string;
  /** Below the API's base URL, with a leading slash. */
  readonly path: string;
  /** Each request takes a permit from each of these. */
  readonly apis: ApiNames;
  /** The first that fits wins. */
  readonly exceptions: readonly Exception[];
  read(json: unknown): Reading<T>;
}

export interface EndpointDefinition<S extends TSchema, T> {
  readonly name: string;
  readonly path: string;
  readonly apis: ApiNames;
  readonly exceptions?: readonly Exception[];
  /** Only what is read; anything else may come along. */
  readonly answer: S;
  /** Which failure a well-formed answer without data is; null when it is data. */
  readonly absence?: (answer: Static<S>) => FailureKind | null;
  readonly data: (answer: Static<S>) => T;
}

export function defineEndpoint<S extends TSchema, T>(
  definition: EndpointDefinition<S, T>,
): Endpoint<T> {
  const { name, path, apis, exceptions = [] } = definition;
  const shape = TypeCompiler.Compile(definition.answer);
  return {
    name,
    path,
    apis,
    exceptions,
    read(json) {
      if (!shape.Check(json)) {
        const field = shape.Errors(json).First()?.path ?? "";
        return { failure: "malformed", field };
      }
      const failure = definition.absence?.(json) ?? null;
      return failure === null ? { data: definition.data(json) } : { failure };
    },
  };
}

/** A SteamID that Steam does not know: it answers with its page for bad requests, whatever the method. */
export const UNKNOWN_STEAM_ID: Exception = {
  status: 400,
  body: /^\s*</,
  kind: "bad_steam_id",
};

/** A refusal of a method that is not documented for a plain key is about the method: others need not stop for it. */
export const METHOD_REFUSED: Exception = { status: 403, kind: "not_visible" };
