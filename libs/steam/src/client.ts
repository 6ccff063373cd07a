import { type Caller, call } from "./call.ts";
import { accountMethods, type Ask, gameMethods, historyMethods } from "./methods.ts";
import type { Permits } from "./permits.ts";
import { RETRY_ATTEMPTS, sleep } from "./retry.ts";
import type { SteamClient } from "./steam-client.ts";

/** Where the Steam Web API is, unless a test or a proxy stands in for it. */
export const STEAM_API_URL = "https://api.steampowered.com";

const TIMEOUT_MS = 10_000;

export interface SteamClientOptions {
  /** Without a path, such as `https://api.steampowered.com`. */
  readonly apiUrl: string;
  readonly key: string;
  readonly permits: Permits;
  /** HTTP requests for one call at most, 3 unless told. */
  readonly retryAttempts?: number;
  /** For one HTTP request, from sending it to the last byte; 10 s unless told. Waiting for a permit does not count. */
  readonly timeoutMs?: number;
  /** Resolves after `ms`, or rejects with the signal's reason. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** In [0, 1), for the jitter. */
  readonly random?: () => number;
}

export function createSteamClient(options: SteamClientOptions): SteamClient {
  const { key } = options;
  const caller = createCaller(options);
  // The key lives in this closure alone, so that no object that is printed or logged can show it.
  const ask: Ask = (endpoint, query, options) =>
    call(caller, endpoint, { key, ...query }, options?.signal);
  const askWithoutKey: Ask = (endpoint, query, options) =>
    call(caller, endpoint, query, options?.signal);
  return { ...accountMethods(ask), ...gameMethods(ask, askWithoutKey), ...historyMethods(ask) };
}

function createCaller(options: SteamClientOptions): Caller {
  return {
    baseUrl: options.apiUrl.replace(/\/+$/, ""),
    permits: options.permits,
    retry: {
      attempts: options.retryAttempts ?? RETRY_ATTEMPTS,
      random: options.random ?? Math.random,
    },
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    sleep: options.sleep ?? sleep,
    now: options.now ?? Date.now,
  };
}
