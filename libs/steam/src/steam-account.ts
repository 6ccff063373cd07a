import { existsSync } from "node:fs";
import { Type } from "@sinclair/typebox";
import { accountFile, readAccountFile, SteamAccount } from "./account-file.ts";
import { STEAM_API_URL } from "./client.ts";

const { steam_api_key: KEY, steam_id: ID } = SteamAccount.properties;

/** What each service that asks Steam reads from the environment. */
export const STEAM_VARIABLES = {
  STEAM_API_KEY: Type.Optional(KEY),
  STEAM_ID: Type.Optional(ID),
  STEAM_API_URL: Type.String({
    default: STEAM_API_URL,
    pattern: "^https?://",
    description: "an http or https address",
  }),
  DATA_DIR: Type.String({ default: "./data", description: "a folder" }),
  RETRY_ATTEMPTS: Type.Integer({
    default: 3,
    minimum: 1,
    maximum: 10,
    description: "a whole number from 1 to 10",
  }),
};

/** Whom the tracker follows as far as its configuration says, and where that was found. */
export interface KnownAccount {
  readonly account: SteamAccount | null;
  /** Enough for whoever asks nothing about an account. */
  readonly key: string | null;
  /** `file`: set up in the browser. Null where nothing is set up. */
  readonly source: "environment" | "file" | null;
  /** What is missing for `account`, for people. */
  readonly missing: string | null;
}

const NOBODY =
  "no Steam account is set up: do it in the browser, or set STEAM_API_KEY and STEAM_ID";

const UNREADABLE =
  "credentials/steam-account.json in DATA_DIR holds no account: set it up again in the browser";

interface AccountVariables {
  readonly STEAM_API_KEY?: string;
  readonly STEAM_ID?: string;
  readonly DATA_DIR: string;
}

/**
 * The followed account: as the environment has it, which wins as a whole, else as it was set up in the browser. Read anew
 * at each call, since the second may change while the process runs.
 */
export function readAccount(variables: AccountVariables): KnownAccount {
  const { STEAM_API_KEY: key, STEAM_ID: id, DATA_DIR: dataDir } = variables;
  if (key !== undefined && id !== undefined) {
    const account = { steam_api_key: key, steam_id: id };
    return { account, key, source: "environment", missing: null };
  }
  if (key !== undefined || id !== undefined) {
    const missing = key === undefined ? "no STEAM_API_KEY" : "no STEAM_ID";
    return { account: null, key: key ?? null, source: "environment", missing };
  }
  const account = readAccountFile(accountFile(dataDir));
  if (account !== null) {
    return { account, key: account.steam_api_key, source: "file", missing: null };
  }
  const missing = existsSync(accountFile(dataDir)) ? UNREADABLE : NOBODY;
  return { account: null, key: null, source: null, missing };
}
