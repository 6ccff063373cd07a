/** How the UI asks the REST API: same origin, JSON, the cookie that the browser keeps. */
import { ApiProblem, createClient } from "../../../src/client.ts";

export { ApiProblem, answerOf, present } from "../../../src/client.ts";
export const { api } = createClient(location.origin);

/** Wishes whose parts may also be there and not set. */
export type Wish<Q> = { readonly [K in keyof Q]?: Q[K] | undefined };

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Asks one route and gives its JSON back; throws ApiProblem. `path` starts with `/api/`. */
export async function ask<T>(path: string, options: { signal?: AbortSignal } = {}): Promise<T> {
  return await send<T>("GET", path, undefined, options);
}

/** The same with a method and a JSON body. */
export async function send<T>(
  method: Method,
  path: string,
  body?: unknown,
  options: { signal?: AbortSignal } = {},
): Promise<T> {
  const response = await reach(path, {
    method,
    ...options,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await response.text();
  if (!response.ok) throw problemOf(response, text);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiProblem(0, "The tracker cannot be reached. It is tried again.");
  }
}

function problemOf(response: Response, text: string): ApiProblem {
  const fallback = `The tracker answered ${response.status}.`;
  try {
    const { detail, field } = JSON.parse(text) as { detail?: string; field?: string };
    return new ApiProblem(response.status, detail ?? fallback, field);
  } catch {
    return new ApiProblem(response.status, fallback);
  }
}

/** A query string from what is set: undefined, null and "" are left out. */
export function query(
  values: Readonly<Record<string, string | number | boolean | null | undefined>>,
): string {
  const set = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === null || value === "" ? [] : [[name, String(value)]],
  );
  return set.length === 0 ? "" : `?${new URLSearchParams(set).toString()}`;
}
