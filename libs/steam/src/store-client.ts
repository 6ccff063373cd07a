import { call, type Query } from "./call.ts";
import { type CallerOptions, createCaller } from "./caller-options.ts";
import type { Endpoint } from "./endpoint.ts";
import { mismatch } from "./mismatch.ts";
import { STORE_COUNTRY } from "./price.ts";
import type { CallOptions } from "./steam-client.ts";
import { appDetails, type StoreDetails } from "./store-details.ts";

/** Where the Steam store is, unless a test or a proxy stands in for it. */
export const STEAM_STORE_URL = "https://store.steampowered.com";

export interface StoreClientOptions extends CallerOptions {
  /** Without a path, such as `https://store.steampowered.com`. */
  readonly storeUrl: string;
}

/** The Steam store's own API, unofficial. Every method gives data or rejects with a SteamFailure. */
export interface StoreClient {
  /** Kind `not_found` for an app that is unknown, or not shown in the United States. */
  details(appId: number, options?: CallOptions): Promise<StoreDetails>;
}

export function createStoreClient(options: StoreClientOptions): StoreClient {
  const caller = createCaller(options.storeUrl, options);
  const ask = <T>(endpoint: Endpoint<T>, query: Query, options?: CallOptions) =>
    call(caller, endpoint, { cc: STORE_COUNTRY, l: "english", ...query }, options?.signal);
  return {
    async details(appId, options) {
      const apps = await ask(appDetails, { appids: String(appId) }, options);
      const details = apps.find((app) => app.appId === appId);
      if (!details) throw mismatch(appDetails, "/data/steam_appid");
      return details;
    },
  };
}
