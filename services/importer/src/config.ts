import { parseQuota, type Quota } from "@tracker/limiter";
import { type Environment, parseEnv } from "@tracker/service";
import { STEAM_API_URL } from "@tracker/steam";
import { FormatRegistry, Type } from "@sinclair/typebox";

FormatRegistry.Set("quota", isQuota);

const Config = Type.Object({
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
  STEAM_WEB_API_LIMIT: Type.String({
    default: "100000/day",
    format: "quota",
    description: "a quota such as 100000/day",
  }),
  STEAM_ACHIEVEMENTS_LIMIT: Type.String({
    default: "1/second",
    format: "quota",
    description: "a quota such as 1/second",
  }),
  RETRY_ATTEMPTS: Type.Integer({
    default: 3,
    minimum: 1,
    maximum: 10,
    description: "a whole number from 1 to 10",
  }),
});

/** What is said where there is no account. */
export const NOT_CONFIGURED = "no STEAM_API_KEY and STEAM_ID: there is nothing to import";

export interface ImporterConfig {
  /** Null without a key or an id: there is nothing to import then. */
  readonly steam: { readonly key: string; readonly id: string } | null;
  readonly apiUrl: string;
  readonly quotas: readonly Quota[];
  readonly retryAttempts: number;
}

export function readConfig(env: Environment): ImporterConfig {
  const values = parseEnv(Config, env);
  const { STEAM_API_KEY: key, STEAM_ID: id } = values;
  return {
    steam: key === undefined || id === undefined ? null : { key, id },
    apiUrl: values.STEAM_API_URL,
    quotas: [
      { api: "steam-web-api", ...parseQuota(values.STEAM_WEB_API_LIMIT) },
      { api: "steam-achievements", ...parseQuota(values.STEAM_ACHIEVEMENTS_LIMIT) },
    ],
    retryAttempts: values.RETRY_ATTEMPTS,
  };
}

function isQuota(text: string): boolean {
  try {
    parseQuota(text);
    return true;
  } catch {
    return false;
  }
}
