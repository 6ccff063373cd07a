import type { CallOptions } from "./steam-client.ts";
import type { StoreDetails, StorePrice } from "./store-details.ts";

/** The Steam store's own API, unofficial. Every method gives data or rejects with a SteamFailure. */
export interface StoreClient {
  /** Kind `not_found` for an app that is unknown, or not shown in the United States. */
  details(appId: number, options?: CallOptions): Promise<StoreDetails>;
  /** Prices in US dollars, of all apps in one request. */
  prices(appIds: readonly number[], options?: CallOptions): Promise<readonly StorePrice[]>;
}
