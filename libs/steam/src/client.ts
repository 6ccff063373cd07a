import { call } from "./call.ts";
import { type CallerOptions, createCaller } from "./caller-options.ts";
import { catalogueMethods } from "./catalogue-methods.ts";
import { accountMethods, type Ask, gameMethods, historyMethods } from "./methods.ts";
import type { SteamClient } from "./steam-client.ts";

/** Where the Steam Web API is, unless a test or a proxy stands in for it. */
export const STEAM_API_URL = "https://api.steampowered.com";

export interface SteamClientOptions extends CallerOptions {
  /** Without a path, such as `https://api.steampowered.com`. */
  readonly apiUrl: string;
  readonly key: string;
}

export function createSteamClient(options: SteamClientOptions): SteamClient {
  const { key } = options;
  const caller = createCaller(options.apiUrl, options);
  // The key lives in this closure alone, so that no object that is printed or logged can show it.
  const ask: Ask = (endpoint, query, options) =>
    call(caller, endpoint, { key, ...query }, options?.signal);
  const askWithoutKey: Ask = (endpoint, query, options) =>
    call(caller, endpoint, query, options?.signal);
  return {
    ...accountMethods(ask),
    ...gameMethods(ask, askWithoutKey),
    ...historyMethods(ask),
    ...catalogueMethods(ask, askWithoutKey),
  };
}
