import { createSteamClient, type SteamClientOptions } from "./client.ts";
import { SteamFailure } from "./failure.ts";
import { type ApiName, type ApiNames, type Permits, unlimitedPermits } from "./permits.ts";
import type { SteamClient } from "./steam-client.ts";

export const TEST_KEY = "KEY0KEY1KEY2KEY3KEY4KEY5KEY6KEY7";
export const STEAM_ID = "76561190000000001";

type Script = (request: Request) => Response | Promise<Response>;

export interface ScriptedSteam extends AsyncDisposable {
  readonly url: string;
  /** What was asked for, path and query, in the order of arrival. */
  readonly asked: readonly URL[];
}

/** For tests: a server that answers with each step of a script in turn, and with the last step ever after. */
export function serveScript(...script: readonly Script[]): ScriptedSteam {
  const asked: URL[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    development: false,
    fetch(request) {
      asked.push(new URL(request.url));
      const step = script[asked.length - 1] ?? script.at(-1);
      return step ? step(request) : new Response(null, { status: 500 });
    },
  });
  return {
    url: server.url.origin,
    asked,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

export function answer(status: number, body: string, headers: Record<string, string> = {}): Script {
  const contentType = body.startsWith("<") ? "text/html" : "application/json";
  return () => new Response(body, { status, headers: { "content-type": contentType, ...headers } });
}

export const NO_GAMES = answer(200, '{"response":{"game_count":0}}');

/** Never answers. */
export const silence: Script = () => Promise.withResolvers<Response>().promise;

/** For tests: permits without a quota that write down everything they are told. */
export function notedPermits(): Permits & { readonly notes: string[] } {
  const notes: string[] = [];
  const note = (verb: string, api: ApiName | ApiNames, more = "") =>
    notes.push(`${verb} ${String(api)}${more}`);
  return {
    notes,
    acquire: async (api, signal) => {
      note("acquire", api);
      await unlimitedPermits.acquire(api, signal);
    },
    pause: async (api, retryAfterMs) => {
      note("pause", api, ` ${retryAfterMs}`);
    },
    succeeded: (api) => note("succeeded", api),
  };
}

/** A client that does not wait between its attempts. */
export function client(apiUrl: string, options: Partial<SteamClientOptions> = {}): SteamClient {
  return createSteamClient({
    apiUrl,
    key: TEST_KEY,
    permits: unlimitedPermits,
    timeoutMs: 5_000,
    sleep: () => Promise.resolve(),
    ...options,
  });
}

export async function failureOf(promise: Promise<unknown>): Promise<SteamFailure> {
  const error: unknown = await promise.catch((error: unknown) => error);
  if (error instanceof SteamFailure) return error;
  throw new Error(`expected a SteamFailure, got ${String(error)}`);
}
