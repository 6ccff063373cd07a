import type { CallOptions } from "./steam-client.ts";
import type { SteamSpyDetails, SteamSpyPage } from "./steamspy-app.ts";

/** SteamSpy. Every method gives data or rejects with a SteamFailure. */
export interface SteamSpyClient {
  /** A page of `all`, from 0. Kind `empty` when page 0 is; a later one that is empty lies behind the last. */
  page(page: number, options?: CallOptions): Promise<SteamSpyPage>;
  /** Kind `not_found` for an app that SteamSpy does not track, `not_visible` for one that is hidden on its developer's request. */
  details(appId: number, options?: CallOptions): Promise<SteamSpyDetails>;
}
