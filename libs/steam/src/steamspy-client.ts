import { call, type Query } from "./call.ts";
import { type CallerOptions, createCaller } from "./caller-options.ts";
import type { Endpoint } from "./endpoint.ts";
import { SteamFailure } from "./failure.ts";
import { mismatch } from "./mismatch.ts";
import type { CallOptions } from "./steam-client.ts";
import {
  steamSpyAll,
  steamSpyDetails,
  type SteamSpyDetails,
  type SteamSpyPage,
} from "./steamspy.ts";

/** Where SteamSpy is, unless a test or a proxy stands in for it. */
export const STEAMSPY_URL = "https://steamspy.com";

/** A page has half a megabyte and is made while one waits. */
const TIMEOUT_MS = 30_000;

export interface SteamSpyClientOptions extends CallerOptions {
  /** Without a path, such as `https://steamspy.com`. */
  readonly spyUrl: string;
}

/** SteamSpy. Every method gives data or rejects with a SteamFailure. */
export interface SteamSpyClient {
  /** A page of `all`, from 0. Kind `empty` when page 0 is; a later one that is empty lies behind the last. */
  page(page: number, options?: CallOptions): Promise<SteamSpyPage>;
  /** Kind `not_found` for an app that SteamSpy does not track, `not_visible` for one that is hidden on its developer's request. */
  details(appId: number, options?: CallOptions): Promise<SteamSpyDetails>;
}

export function createSteamSpyClient(options: SteamSpyClientOptions): SteamSpyClient {
  const caller = createCaller(options.spyUrl, { timeoutMs: TIMEOUT_MS, ...options });
  const ask = <T>(endpoint: Endpoint<T>, query: Query, options?: CallOptions) =>
    call(caller, endpoint, { request: endpoint.name, ...query }, options?.signal);
  return {
    async page(page, options) {
      try {
        return { page, ...(await ask(steamSpyAll, { page: String(page) }, options)) };
      } catch (error) {
        const isEmpty = error instanceof SteamFailure && error.kind === "empty";
        if (isEmpty && page > 0) return { page, apps: [], rows: 0, isLast: true };
        throw error;
      }
    },
    async details(appId, options) {
      const details = await ask(steamSpyDetails, { appid: String(appId) }, options);
      if (details?.appId !== appId) throw mismatch(steamSpyDetails, "/appid");
      return details;
    },
  };
}
