import type { CatalogueOptions } from "./catalogue.ts";
import type { SimApp, SimAppChange } from "./catalogue-app.ts";
import { CONTROL_PATH } from "./control-api.ts";
import type { EndpointName, Fault } from "./fault.ts";
import type { LoggedRequest } from "./request-log.ts";
import type { SimSettings } from "./settings.ts";
import type { Recordings } from "./simulation.ts";
import type { SittingMode, Truth } from "./truth.ts";

/** One method, or several together. */
export type Endpoints = EndpointName | readonly EndpointName[];

/** Remote control of a simulated Steam, over its control API, so it serves one in this process and one in another alike. */
export interface SteamSimControl {
  /** The simulator's time, epoch milliseconds. */
  now(): Promise<number>;
  /** Stops the clock at that instant, or lets it run on from there. */
  setClock(at: number, options?: { running?: boolean }): Promise<void>;
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
  /** Changes how undocumented methods behave; what is not told stays. */
  configure(settings: Partial<SimSettings>): Promise<void>;

  /** Of every app that there is or was, ascending. */
  appIds(): Promise<readonly number[]>;
  /** What is true of an app; null for one that there never was. */
  app(appId: number): Promise<SimApp | null>;
  /** Makes another catalogue of invented apps. */
  setCatalogue(options: CatalogueOptions): Promise<void>;
  /** Serves recordings, by their paths, in place of what is invented. Another list follows the one before: what is not in it has left. */
  serveRecordings(recordings: Recordings): Promise<void>;
  /** Changes what is true of apps, such as `isListed`, `isShown` or the price. A new name needs a new `modifiedAt` to be seen by incremental lists. */
  changeApps(appIds: readonly number[], change: SimAppChange): Promise<void>;
  /** Adds new apps; gives their ids. */
  addApps(apps: number): Promise<readonly number[]>;
  /** A day goes by for that share of the apps: players, reviews and some prices move. Gives the ids of those that moved. */
  driftApps(share: number): Promise<readonly number[]>;

  /** Of one method, of several together, or of all, in the order of arrival. */
  requests(endpoints?: Endpoints): Promise<readonly LoggedRequest[]>;
  /** How many there are: cheap enough to be asked again and again. */
  requestCount(): Promise<number>;
  clearRequests(): Promise<void>;
  /** The largest number of requests (of one method, of several together, or of all) in any rolling window. */
  largestWindow(endpoints: Endpoints | null, windowMs: number): Promise<number>;
}

/** Controls the simulated Steam at that URL. */
export function createSteamSimControl(url: string): SteamSimControl {
  const tell = async (name: string, body?: unknown, query: Query = {}) => {
    await ask(url, name, body, query);
  };
  return {
    now: async () => (await ask<{ at: number }>(url, "GET /clock")).at,
    setClock: (at, { running = false } = {}) => tell("PUT /clock", { at, running }),
    advanceClock: (ms) => tell("POST /clock/advance", { ms }),
    realClock: () => tell("DELETE /clock"),

    fail: (fault) => tell("POST /faults", fault),
    clearFaults: (endpoint) => tell("DELETE /faults", undefined, { endpoint }),

    play: (appId, mode = "online") => tell("POST /play", { appId, mode }),
    stopPlaying: () => tell("POST /stop"),
    reconnect: () => tell("POST /reconnect"),
    truth: () => ask<Truth>(url, "GET /truth"),
    setTruth: (truth) => tell("PUT /truth", truth),
    setOwnKey: (ownKey) => tell("PUT /own-key", { ownKey }),

    configure: (settings) => tell("PUT /settings", settings),

    appIds: async () => (await ask<AppIds>(url, "GET /catalogue")).appIds,
    app: async (appId) => {
      const name = "GET /catalogue/app";
      return (await ask<{ app: SimApp | null }>(url, name, undefined, { appId })).app;
    },
    setCatalogue: (options) => tell("PUT /catalogue", options),
    serveRecordings: (recordings) => tell("PUT /catalogue/recordings", recordings),
    changeApps: (appIds, change) => tell("POST /catalogue/change", { appIds, change }),
    addApps: async (apps) => (await ask<AppIds>(url, "POST /catalogue/add", { apps })).appIds,
    driftApps: async (share) => (await ask<AppIds>(url, "POST /catalogue/drift", { share })).appIds,

    requests: (endpoints) =>
      ask<LoggedRequest[]>(url, "GET /requests", undefined, { endpoint: named(endpoints) }),
    requestCount: async () => (await ask<Counted>(url, "GET /requests/count")).requests,
    clearRequests: () => tell("DELETE /requests"),
    async largestWindow(endpoints, windowMs) {
      const query = { endpoint: named(endpoints ?? undefined), windowMs };
      const name = "GET /requests/largest-window";
      const answer = await ask<Counted>(url, name, undefined, query);
      return answer.requests;
    },
  };
}

function named(endpoints?: Endpoints): string | undefined {
  return endpoints === undefined ? undefined : [endpoints].flat().join(",");
}

interface AppIds {
  readonly appIds: readonly number[];
}

interface Counted {
  readonly requests: number;
}

type Query = Readonly<Record<string, string | number | undefined>>;

async function ask<T>(url: string, name: string, body?: unknown, query: Query = {}): Promise<T> {
  const [method = "GET", path = ""] = name.split(" ");
  const target = new URL(`${CONTROL_PATH}${path}`, url);
  for (const [field, value] of Object.entries(query)) {
    if (value !== undefined) target.searchParams.set(field, String(value));
  }
  const response = await fetch(target, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    throw new Error(`${name} was refused: ${await response.text()}`);
  }
  return (await response.json()) as T;
}
