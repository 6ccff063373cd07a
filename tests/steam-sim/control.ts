import type { EndpointName, Fault } from "./fault.ts";
import type { LoggedRequest } from "./request-log.ts";
import type { SittingMode, Truth } from "./truth.ts";

/** Remote control of a simulated Steam, over its control API, so it serves one in this process and one in another alike. */
export interface SteamSimControl {
  /** The simulator's time, epoch milliseconds. */
  now(): Promise<number>;
  /** Stops the clock at that instant. */
  setClock(at: number): Promise<void>;
  /** Moves a stopped clock on, or a running one ahead. */
  advanceClock(ms: number): Promise<void>;
  /** Lets the clock follow the real time again. */
  realClock(): Promise<void>;

  /** Adds a failure; the oldest that fits a request is used first. */
  fail(fault: Fault): Promise<void>;
  /** Removes the failures of one method, or all. */
  clearFaults(endpoint?: EndpointName): Promise<void>;

  /** Starts a game at the simulator's time, online unless told; ends the one that is running. */
  play(appId: number, mode?: SittingMode): Promise<void>;
  /** Ends the running game at the simulator's time. */
  stopPlaying(): Promise<void>;
  /** The client comes online without starting a game: Steam learns of the play offline. */
  reconnect(): Promise<void>;
  truth(): Promise<Truth>;
  setTruth(truth: Truth): Promise<void>;
  /** Whether the key is the account's own: only then are rtime_last_played and the like told. */
  setOwnKey(ownKey: boolean): Promise<void>;

  requests(endpoint?: string): Promise<readonly LoggedRequest[]>;
  clearRequests(): Promise<void>;
  /** The largest number of requests (of one method, or of all) in any rolling window. */
  largestWindow(endpoint: string | null, windowMs: number): Promise<number>;
}

/** Controls the simulated Steam at that URL. */
export function createSteamSimControl(_url: string): SteamSimControl {
  throw new Error("not there yet");
}
