import { Type } from "@sinclair/typebox";
import { APP_BATCH_MAX } from "@tracker/contracts";
import { parseQuota, type Quota, quotaVariable } from "@tracker/limiter";
import { type Environment, parseEnv } from "@tracker/service";
import { readAccount, STEAM_STORE_URL, STEAM_VARIABLES, STEAMSPY_URL } from "@tracker/steam";

const address = (usual: string) =>
  Type.String({ default: usual, pattern: "^https?://", description: "an http or https address" });
const whole = (usual: number, maximum: number) =>
  Type.Integer({
    default: usual,
    minimum: 1,
    maximum,
    description: `a whole number from 1 to ${maximum}`,
  });

const Config = Type.Object({
  ...STEAM_VARIABLES,
  STEAM_STORE_URL: address(STEAM_STORE_URL),
  STEAMSPY_URL: address(STEAMSPY_URL),
  STEAM_WEB_API_LIMIT: quotaVariable("100000/day"),
  STEAM_STORE_API_LIMIT: quotaVariable("200/5minutes"),
  STEAMSPY_API_LIMIT: quotaVariable("60/minute"),
  STEAMSPY_ALL_LIMIT: quotaVariable("1/minute"),
  MAX_WORKERS: whole(3, 64),
  BATCH_SIZE: whole(100, APP_BATCH_MAX),
});

export interface CollectorConfig {
  /** Read for each crawl, as it may be set up meanwhile. Null where there is none: the list of apps cannot be asked for then. */
  key(): string | null;
  readonly apiUrl: string;
  readonly storeUrl: string;
  readonly spyUrl: string;
  readonly quotas: readonly Quota[];
  readonly retryAttempts: number;
  /** Requests of one source in flight at once. */
  readonly workers: number;
  /** Apps that are committed together, unless the crawl's arguments say otherwise. */
  readonly batchSize: number;
}

export function readConfig(env: Environment): CollectorConfig {
  const values = parseEnv(Config, env);
  return {
    key: () => readAccount(values).key,
    apiUrl: values.STEAM_API_URL,
    storeUrl: values.STEAM_STORE_URL,
    spyUrl: values.STEAMSPY_URL,
    quotas: [
      { api: "steam-web-api", ...parseQuota(values.STEAM_WEB_API_LIMIT) },
      { api: "steam-store", ...parseQuota(values.STEAM_STORE_API_LIMIT) },
      ...detailQuotas(values.STEAMSPY_API_LIMIT),
      { api: "steamspy-all", ...parseQuota(values.STEAMSPY_ALL_LIMIT) },
    ],
    retryAttempts: values.RETRY_ATTEMPTS,
    workers: values.MAX_WORKERS,
    batchSize: values.BATCH_SIZE,
  };
}

/** SteamSpy allows one request a second, so 60 a minute are not to come at once. A limit that is set higher is meant as it is. */
function detailQuotas(text: string): Quota[] {
  const api = "steamspy-details";
  const window = parseQuota(text);
  const isSlow = window.limit * 1_000 <= window.windowMs && window.windowMs > 1_000;
  return isSlow
    ? [
        { api, ...window },
        { api, limit: 1, windowMs: 1_000 },
      ]
    : [{ api, ...window }];
}
