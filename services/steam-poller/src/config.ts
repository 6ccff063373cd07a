import { parseQuota, type Quota } from "@tracker/limiter";
import type { Calendar } from "@tracker/playtime";
import { CALENDAR_VARIABLES, type Environment, parseEnv } from "@tracker/service";
import { STEAM_API_URL } from "@tracker/steam";
import { FormatRegistry, Type } from "@sinclair/typebox";

FormatRegistry.Set("quota", isQuota);

const Config = Type.Object({
  ...CALENDAR_VARIABLES,
  STEAM_API_KEY: Type.Optional(
    Type.String({
      pattern: "^[0-9A-Fa-f]{32}$",
      description: "the 32 hexadecimal digits of a Steam Web API key",
    }),
  ),
  STEAM_ID: Type.Optional(
    Type.String({
      pattern: "^[A-Za-z0-9_-]{2,64}$",
      description: "the 17 digits of a SteamID64, or a vanity name",
    }),
  ),
  STEAM_API_URL: Type.String({
    default: STEAM_API_URL,
    pattern: "^https?://",
    description: "an http or https address",
  }),
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
  STEAM_WEB_API_LIMIT: Type.String({
    default: "100000/day",
    format: "quota",
    description: "a quota such as 100000/day",
  }),
  RETRY_ATTEMPTS: Type.Integer({
    default: 3,
    minimum: 1,
    maximum: 10,
    description: "a whole number from 1 to 10",
  }),
});

export interface PollerConfig {
  /** Null without a key or an id: the library is then kept by hand. */
  readonly steam: { readonly key: string; readonly id: string } | null;
  /** What is missing for `steam`, for people. */
  readonly missing: string | null;
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
  const { STEAM_API_KEY: key, STEAM_ID: id } = values;
  return {
    steam: key === undefined || id === undefined ? null : { key, id },
    missing: describeMissing(key, id),
    apiUrl: values.STEAM_API_URL,
    quotas: [{ api: "steam-web-api", ...parseQuota(values.STEAM_WEB_API_LIMIT) }],
    retryAttempts: values.RETRY_ATTEMPTS,
    calendar: { zone: values.TIME_ZONE, dayStartHour: values.DAY_START_HOUR },
    pollIntervalMs: values.POLL_INTERVAL_MINUTES * 60_000,
    presenceIntervalMs: values.PRESENCE_INTERVAL_SECONDS * 1_000,
    startupDelayMs: values.POLL_STARTUP_DELAY_SECONDS * 1_000,
  };
}

function describeMissing(key: string | undefined, id: string | undefined): string | null {
  if (key !== undefined && id !== undefined) return null;
  const both = key === undefined && id === undefined;
  const names = both
    ? "STEAM_API_KEY and STEAM_ID"
    : key === undefined
      ? "STEAM_API_KEY"
      : "STEAM_ID";
  return `no ${names}: the library is kept by hand`;
}

function isQuota(text: string): boolean {
  try {
    parseQuota(text);
    return true;
  } catch {
    return false;
  }
}
