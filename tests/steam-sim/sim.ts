import type { SteamSimControl } from "./control.ts";
import type { LoggedRequest } from "./request-log.ts";
import type { Truth } from "./truth.ts";

export const SIM_KEY = "0123456789ABCDEF0123456789ABCDEF";
export const SIM_STEAM_ID = "76561190000000001";
export const SIM_VANITY_NAME = "simulated-player";

export interface SteamSimOptions {
  /** 0, any free port, unless told. */
  readonly port?: number;
  /** 127.0.0.1 unless told. */
  readonly hostname?: string;
  /** The one key that is accepted; SIM_KEY unless told. */
  readonly key?: string;
  readonly vanityName?: string;
  /** An empty library unless told. */
  readonly truth?: Truth;
  /** A recorded GetOwnedGames body to serve exactly as it is, in place of the truth's library. */
  readonly libraryFile?: string;
  /** Epoch milliseconds at which the clock stands; the real time unless told. */
  readonly now?: number;
  readonly ownKey?: boolean;
}

export interface SteamSim extends AsyncDisposable {
  /** For STEAM_API_URL. */
  readonly url: string;
  readonly control: SteamSimControl;
  requests(): readonly LoggedRequest[];
  /** The largest number of requests (of one method, or of all) in any rolling window. */
  largestWindow(endpoint: string | null, windowMs: number): number;
}

/** Starts a simulated Steam in this process. */
export function startSteamSim(
  _options: SteamSimOptions = {},
): Promise<SteamSim> {
  return Promise.reject(new Error("not there yet"));
}
