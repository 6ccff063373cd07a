import { ENDPOINTS, type EndpointName, type Fault, TROUBLES } from "./fault.ts";
import {
  BAD_STEAM_ID,
  badKey,
  json,
  jsonText,
  NO_KEY,
  NO_MATCH,
  OVERLOADED,
  RATE_LIMIT_RESULT,
  type Reply,
  SERVER_ERROR,
  SERVICE_UNAVAILABLE,
  TOO_MANY_REQUESTS,
  TOO_MANY_REQUESTS_OF_STORE,
  unknownMethod,
  WEB_PAGE,
} from "./reply.ts";
import { METHODS } from "./steam-web-api.ts";
import { OPEN, type World } from "./world.ts";

/** Where a request goes: a path of two or three parts, such as /IPlayerService/GetOwnedGames/v1/. */
export interface Route {
  readonly interfaceName: string;
  readonly method: string;
  readonly endpoint: EndpointName | null;
}

/** Where each method is; those of SteamSpy and of the store's page have no interface. */
const INTERFACES: Readonly<Partial<Record<EndpointName, string>>> = {
  GetOwnedGames: "IPlayerService",
  GetRecentlyPlayedGames: "IPlayerService",
  GetPlayerSummaries: "ISteamUser",
  ResolveVanityURL: "ISteamUser",
  GetPlayerAchievements: "ISteamUserStats",
  GetSchemaForGame: "ISteamUserStats",
  GetGlobalAchievementPercentagesForApp: "ISteamUserStats",
  GetTopAchievementsForGames: "IPlayerService",
  GetUserYearInReview: "ISaleFeatureService",
  GetItems: "IStoreBrowseService",
  GetAppList: "IStoreService",
  GetTagList: "IStoreService",
};

/** These take no key; a wrong one they refuse like all the others. */
const KEYLESS: ReadonlySet<EndpointName> = new Set([
  "GetGlobalAchievementPercentagesForApp",
  "GetItems",
  "SteamSpyAll",
  "SteamSpyDetails",
  "StoreAppDetails",
]);

const SPY_PATH = "/api.php";
const SPY_REQUESTS: Readonly<Record<string, EndpointName>> = {
  all: "SteamSpyAll",
  appdetails: "SteamSpyDetails",
};
const STORE_PAGE_PATH = "/api/appdetails";

export function routeOf(path: string, parameters: URLSearchParams): Route {
  const [, interfaceName = "", method = ""] = path.split("/");
  const endpoint =
    pageOf(path, parameters) ??
    ENDPOINTS.find((name) => name === method && INTERFACES[name] === interfaceName) ??
    null;
  return { interfaceName, method, endpoint };
}

function pageOf(path: string, parameters: URLSearchParams): EndpointName | null {
  if (path === STORE_PAGE_PATH) return "StoreAppDetails";
  return path === SPY_PATH ? (SPY_REQUESTS[parameters.get("request") ?? ""] ?? null) : null;
}

/** The answer to a request, with a failure on demand in its place where there is one. */
export function replyTo(
  { interfaceName, method, endpoint }: Route,
  parameters: URLSearchParams,
  world: World,
  acceptedKey: string,
  fault: Fault | null,
): Reply {
  if (endpoint === null) return unknownMethod(interfaceName, method);
  const forced = fault && failing(fault, endpoint, parameters, world);
  if (forced) return { ...forced, outcome: fault.kind };

  const key = parameters.get("key");
  if (key === null && endpoint === "GetAppList") return badKey(endpoint);
  if (key === null && !KEYLESS.has(endpoint)) return NO_KEY;
  if (key !== null && key !== acceptedKey) return badKey(endpoint);
  const trouble = TROUBLES.find((kind) => kind === fault?.kind) ?? null;
  const reply = METHODS[endpoint]({ ...world, trouble }, parameters, OPEN);
  return fault ? { ...reply, outcome: fault.kind } : reply;
}

/** What a failure puts in place of the answer; null where the answer is as ever and only its sending fails. */
function failing(
  fault: Fault,
  endpoint: EndpointName,
  parameters: URLSearchParams,
  world: World,
): Reply | null {
  switch (fault.kind) {
    case "limited":
      return endpoint === "StoreAppDetails" ? TOO_MANY_REQUESTS_OF_STORE : TOO_MANY_REQUESTS;
    case "overloaded":
      return OVERLOADED;
    case "rate_limit_result":
      return RATE_LIMIT_RESULT;
    case "unavailable":
      return SERVICE_UNAVAILABLE;
    case "server_error":
      return SERVER_ERROR;
    case "private":
      return METHODS[endpoint](world, parameters, { ...OPEN, games: true });
    case "all_zero":
      return METHODS[endpoint](world, parameters, { ...OPEN, playtime: true });
    case "bad_key":
      return badKey(endpoint);
    case "bad_steam_id":
      return unknownAccount(endpoint);
    case "no_match":
      return NO_MATCH;
    case "html":
      return WEB_PAGE;
    case "json_null":
      return jsonText("null");
    case "silent_empty":
      return emptyAnswer(endpoint, parameters);
    case "short_list":
    case "left_out":
    case "not_shown":
    case "no_giants":
    case "same_page":
    case "hang":
    case "slow":
    case "truncated":
    case "cut":
    case "reset":
      return null;
  }
  return fault.kind satisfies never;
}

/** What a method answers that has nothing to say, where that is not an empty response. */
const EMPTY_ANSWERS: Partial<Readonly<Record<EndpointName, object>>> = {
  GetPlayerSummaries: { response: { players: [] } },
  GetPlayerAchievements: { playerstats: { success: true } },
  GetSchemaForGame: { game: {} },
  GetGlobalAchievementPercentagesForApp: { achievementpercentages: { achievements: [] } },
  SteamSpyAll: {},
  SteamSpyDetails: {},
};

function emptyAnswer(endpoint: EndpointName, parameters: URLSearchParams): Reply {
  if (endpoint !== "StoreAppDetails") return json(EMPTY_ANSWERS[endpoint] ?? { response: {} });
  const appIds = (parameters.get("appids") ?? "").split(",");
  return json(Object.fromEntries(appIds.map((appId) => [appId, { success: false }])));
}

function unknownAccount(endpoint: EndpointName): Reply {
  if (endpoint === "ResolveVanityURL") return NO_MATCH;
  if (endpoint === "GetUserYearInReview") return json({ response: {} });
  if (endpoint !== "GetPlayerSummaries") return BAD_STEAM_ID;
  return json({ response: { players: [] } });
}
