import { parseQuota, type Quota, quotaVariable } from "@tracker/limiter";
import { type Environment, parseEnv } from "@tracker/service";
import { type KnownAccount, readAccount, STEAM_VARIABLES } from "@tracker/steam";
import { Type } from "@sinclair/typebox";

const Config = Type.Object({
  ...STEAM_VARIABLES,
  STEAM_WEB_API_LIMIT: quotaVariable("100000/day"),
  STEAM_ACHIEVEMENTS_LIMIT: quotaVariable("1/second"),
});

/** What is said where there is no account. */
export const NOT_CONFIGURED = "no Steam account is set up: there is nothing to import";

export interface ImporterConfig {
  /** Whose library is imported; read for each job, as it may be set up meanwhile. */
  account(): KnownAccount["account"];
  readonly apiUrl: string;
  readonly quotas: readonly Quota[];
  readonly retryAttempts: number;
}

export function readConfig(env: Environment): ImporterConfig {
  const values = parseEnv(Config, env);
  return {
    account: () => readAccount(values).account,
    apiUrl: values.STEAM_API_URL,
    quotas: [
      { api: "steam-web-api", ...parseQuota(values.STEAM_WEB_API_LIMIT) },
      { api: "steam-achievements", ...parseQuota(values.STEAM_ACHIEVEMENTS_LIMIT) },
    ],
    retryAttempts: values.RETRY_ATTEMPTS,
  };
}
