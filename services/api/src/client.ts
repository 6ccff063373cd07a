/**
 * The REST API for programs in TypeScript: the compiler knows every route's path, query, body and answer, as they come
 * from the routes themselves. Of the routes only their types are imported, so that it also fits into a browser.
 */
import { treaty } from "@elysiajs/eden/treaty2";
import type { App } from "./app.ts";

/** An answer that is a problem document (RFC 9457), or no answer at all (`status` 0). */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  /** The part of the request that is to blame, where the API names one. */
  readonly field: string | undefined;

  constructor(status: number, message: string, field?: string) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

export interface ClientOptions {
  /** A bearer token (`trk_…`). A page of the tracker itself has none: the browser sends its cookie. */
  readonly token?: string;
}

/** A client of the tracker at this origin. `/api/games/:id` is `client.api.games({ id }).get()`. */
export function createClient(origin: string, { token }: ClientOptions = {}) {
  return treaty<App>(origin, {
    // Instants and days stay the texts that the types say; Eden would make dates of them.
    parseDate: false,
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    fetcher: Object.assign(fetchOnce, { preconnect: () => {} }),
    onResponse: (response) => (isStream(response) ? response : undefined),
  });
}

export type Client = ReturnType<typeof createClient>;

/** What a route's method takes after the `?`, and what it takes as its body. */
export type QueryOf<M extends Method> = NonNullable<NonNullable<Parameters<M>[0]>["query"]>;
export type BodyOf<M extends Method> = NonNullable<Parameters<M>[0]>;
/** What it answers when all goes well. */
export type AnswerOf<M extends Method> = Data<Awaited<ReturnType<M>>>;
type Method = (...given: never[]) => Promise<Reply>;

/** What every route of the client answers. */
interface Reply {
  readonly data: unknown;
  readonly error: unknown;
  readonly response?: Response;
}
type Data<R extends Reply> = Extract<R, { error: null }>["data"];

/** What a route answers when all goes well; throws ApiProblem when it does not. */
export async function answerOf<R extends Reply>(asked: Promise<R>): Promise<Data<R>> {
  const { data, error, response } = await asked;
  if (error === null) return data;
  const value = isRecord(error) ? error["value"] : undefined;
  if (response === undefined) {
    if (value instanceof DOMException && value.name === "AbortError") throw value;
    throw new ApiProblem(0, "The tracker cannot be reached.");
  }
  const { status } = response;
  const { detail, field } = isRecord(value) ? value : {};
  throw new ApiProblem(
    status,
    typeof detail === "string" ? detail : `The tracker answered ${status}.`,
    typeof field === "string" ? field : undefined,
  );
}

/** A query of what is set: undefined, null and "" are left out. */
export function present<T extends object>(values: T): Present<T> {
  const set = Object.entries(values).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  return Object.fromEntries(set) as Present<T>;
}
type Unset = undefined | null | "";
type Optional<T> = { [K in keyof T]: Extract<T[K], Unset> extends never ? never : K }[keyof T];
type Present<T> = Omit<T, Optional<T>> & {
  [K in Extract<Optional<T>, keyof T>]?: Exclude<T[K], Unset>;
};

/** Eden clones each answer for `onResponse`; the unread clone would keep a whole archive in memory. */
async function fetchOnce(...asked: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...asked);
  return Object.assign(response, { clone: () => response });
}

/** Pictures, feeds, archives and events are handed out as the Response that their types say: Eden would read them as text. */
function isStream({ ok, headers }: Response): boolean {
  const type = headers.get("content-type");
  return ok && type !== null && !/^application\/json\b/.test(type);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
