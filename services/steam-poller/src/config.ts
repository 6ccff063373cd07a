import { parseQuota, type Quota, quotaVariable } from "@tracker/limiter";
import type { Calendar } from "@tracker/playtime";
import { CALENDAR_VARIABLES, type Environment, parseEnv } from "@tracker/service";
import { type KnownAccount, readAccount, STEAM_VARIABLES } from "@tracker/steam";
import { Type } from "@sinclair/typebox";

const Config = Type.Object({
  ...CALENDAR_VARIABLES,
  ...STEAM_VARIABLES,
  POLL_INTERVAL_MINUTES: Type.Number({
    default: 30,
    exclusiveMinimum: 0,
    maximum: 1_440,
    description: "minutes, at most 1440",
  }),
  PRESENCE_INTERVAL_SECONDS: Type.Number({
    default: 60,
    exclusiveMinimum: 0,
    maximum: 3_600,
    description: "seconds, at most 3600",
  }),
  POLL_STARTUP_DELAY_SECONDS: Type.Number({
    default: 60,
    minimum: 0,
    maximum: 3_600,
    description: "seconds from 0 to 3600",
  }),
  STEAM_WEB_API_LIMIT: quotaVariable("100000/day"),
});

export interface PollerConfig {
  /** Whom to follow; it may be set up while the process runs. Where there is nobody, the library is kept by hand. */
  account(): KnownAccount;
  /** Where accounts lie that are to be checked. */
  readonly dataDir: string;
  readonly apiUrl: string;
  readonly quotas: readonly Quota[];
  readonly retryAttempts: number;
  readonly calendar: Calendar;
  readonly pollIntervalMs: number;
  readonly presenceIntervalMs: number;
  readonly startupDelayMs: number;
}

export function readConfig(env: Environment): PollerConfig {
  const values = parseEnv(Config, env);
  return {
    account: () => readAccount(values),
    dataDir: values.DATA_DIR,
    apiUrl: values.STEAM_API_URL,
    quotas: [{ api: "steam-web-api", ...parseQuota(values.STEAM_WEB_API_LIMIT) }],
    retryAttempts: values.RETRY_ATTEMPTS,
    calendar: { zone: values.TIME_ZONE, dayStartHour: values.DAY_START_HOUR },
    pollIntervalMs: values.POLL_INTERVAL_MINUTES * 60_000,
    presenceIntervalMs: values.PRESENCE_INTERVAL_SECONDS * 1_000,
    startupDelayMs: values.POLL_STARTUP_DELAY_SECONDS * 1_000,
  };
}
