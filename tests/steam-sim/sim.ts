import { replyTo, routeOf } from "./answering.ts";
import { Catalogue, type CatalogueOptions } from "./catalogue.ts";
import { SimClock } from "./clock.ts";
import { CONTROL_PATH, control } from "./control-api.ts";
import { createSteamSimControl, type Endpoints, type SteamSimControl } from "./control.ts";
import type { SimSettings } from "./settings.ts";
import { largestWindow, type LoggedRequest } from "./request-log.ts";
import { send } from "./sending.ts";
import { type Recordings, Simulation } from "./simulation.ts";
import type { Truth } from "./truth.ts";

export const SIM_KEY = "0123456789ABCDEF0123456789ABCDEF";
export const SIM_STEAM_ID = "76561190000000001";
export const SIM_VANITY_NAME = "simulated-player";

/** An account without a game. */
export const EMPTY_TRUTH: Truth = {
  steamId: SIM_STEAM_ID,
  personaName: "Simulated Player",
  games: [],
  sittings: [],
  reconnects: [],
};

export interface SteamSimOptions extends Recordings {
  /** 0, any free port, unless told. */
  readonly port?: number;
  /** 127.0.0.1 unless told. */
  readonly hostname?: string;
  /** The one key that is accepted; SIM_KEY unless told. */
  readonly key?: string;
  /** SIM_VANITY_NAME unless told. */
  readonly vanityName?: string;
  /** EMPTY_TRUTH unless told. */
  readonly truth?: Truth;
  /** A recorded GetOwnedGames body to serve exactly as it is, in place of the truth's library. */
  readonly libraryFile?: string;
  /** Epoch milliseconds at which the clock stands; the real time unless told. */
  readonly now?: number;
  /** Whether the key is the account's own; true unless told. */
  readonly ownKey?: boolean;
  /** How undocumented methods behave; DEFAULT_SETTINGS unless told. */
  readonly settings?: Partial<SimSettings>;
  /** Which apps are invented; a thousand unless told. */
  readonly catalogue?: CatalogueOptions;
}

export interface SteamSim extends AsyncDisposable {
  /** For STEAM_API_URL, STEAM_STORE_URL and STEAMSPY_URL alike. */
  readonly url: string;
  readonly control: SteamSimControl;
  /** What is true of every app: what a crawl has to find. */
  readonly catalogue: Catalogue;
  /** Of one method, of several together, or of all, in the order of arrival. */
  requests(endpoints?: Endpoints): readonly LoggedRequest[];
  /** The largest number of requests (of one method, of several together, or of all) in any rolling window. */
  largestWindow(endpoints: Endpoints | null, windowMs: number): number;
}

/** Starts a simulated Steam in this process. */
export async function startSteamSim(options: SteamSimOptions = {}): Promise<SteamSim> {
  const simulation = await createSimulation(options);
  const answer = await createAnswer(options, simulation);
  const server = Bun.serve({
    hostname: options.hostname ?? "127.0.0.1",
    port: options.port ?? 0,
    // A request that hangs on demand is not to be ended by the server.
    idleTimeout: 0,
    development: false,
    fetch: (request) =>
      new URL(request.url).pathname.startsWith(CONTROL_PATH)
        ? control(simulation, request)
        : answer(request),
  });
  const url = server.url.origin;
  return {
    url,
    control: createSteamSimControl(url),
    get catalogue() {
      return simulation.catalogue;
    },
    requests: (endpoints) => simulation.log.list(endpoints),
    largestWindow: (endpoints, windowMs) => {
      const requests = simulation.log.list(endpoints);
      const instants = requests.map((request) => request.atMs);
      return largestWindow(instants, windowMs);
    },
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

async function createSimulation(options: SteamSimOptions): Promise<Simulation> {
  const { truth = EMPTY_TRUTH, ownKey = true, now } = options;
  const clock = new SimClock();
  if (now !== undefined) clock.set(now);
  const simulation = new Simulation({ truth, ownKey, clock });
  simulation.settings = { ...simulation.settings, ...options.settings };
  simulation.catalogue = new Catalogue(options.catalogue);
  await simulation.record(options);
  return simulation;
}

async function createAnswer(options: SteamSimOptions, simulation: Simulation) {
  const { key: acceptedKey = SIM_KEY, vanityName = SIM_VANITY_NAME } = options;
  const { libraryFile } = options;
  const recordedLibrary = libraryFile ? await Bun.file(libraryFile).text() : null;

  return (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    const route = routeOf(pathname, searchParams);
    const { endpoint } = route;
    const { player, achievements, catalogue, spyPages, settings, ownKey, clock } = simulation;
    const appId = appIdOf(searchParams);
    const at = clock.now();
    const fault = endpoint && simulation.faults.take(endpoint, appId, at);
    const shown = { player, achievements, catalogue, spyPages, settings, ownKey };
    const world = { ...shown, recordedLibrary, vanityName, at, trouble: null };
    const reply = replyTo(route, searchParams, world, acceptedKey, fault);
    const key = searchParams.get("key");
    simulation.log.add(endpoint ?? pathname, key, reply.outcome, appId);
    const isService = route.interfaceName.endsWith("Service");
    return send(reply, fault, isService, request.signal);
  };
}

/** The one app that a request is about; null when it is about none, or about a list of them. */
function appIdOf(parameters: URLSearchParams): number | null {
  const names = ["appid", "gameid", "appids"];
  const appId = Number(names.map((name) => parameters.get(name)).find((value) => value !== null));
  return Number.isSafeInteger(appId) && appId > 0 ? appId : null;
}
