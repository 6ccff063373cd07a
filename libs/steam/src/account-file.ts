/** The Steam account that was set up in the browser: whom to follow, and with whose key. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeSecretFile } from "@tracker/service";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

const KEY = Type.String({
  pattern: "^[0-9A-Fa-f]{32}$",
  description: "the 32 hexadecimal digits of a Steam Web API key",
});
const ID = Type.String({
  pattern: "^[A-Za-z0-9_-]{2,64}$",
  description: "the 17 digits of a SteamID64, or a vanity name",
});

/** Whom to follow, and with whose key. */
export const SteamAccount = Type.Object({ steam_api_key: KEY, steam_id: ID });
export type SteamAccount = Static<typeof SteamAccount>;

const PROFILE =
  /^(?:https?:\/\/)?(?:www\.)?steamcommunity\.com\/(?:profiles\/(\d{17})|id\/([A-Za-z0-9_-]+))\/?(?:[?#].*)?$/i;

/** The SteamID64 or vanity name in what a person gave, which may be the address of a profile; null when there is none. */
export function steamIdIn(given: string): string | null {
  const text = given.trim();
  const match = PROFILE.exec(text);
  const id = match?.[1] ?? match?.[2] ?? text;
  return Value.Check(ID, id) ? id : null;
}

/** Where the account lies that was set up in the browser; one that is being checked has the id of its check in its name. */
export function accountFile(dataDir: string, check?: string): string {
  const name = check === undefined ? "steam-account.json" : `steam-account.${check}.json`;
  return join(dataDir, "credentials", name);
}

/** Null where there is no such file, or where it does not hold an account. */
export function readAccountFile(path: string): SteamAccount | null {
  try {
    const told: unknown = JSON.parse(readFileSync(path, "utf8"));
    return Value.Check(SteamAccount, told) ? told : null;
  } catch {
    return null;
  }
}

/** For the eyes of this user alone, and whole or not at all, also after a crash. */
export function writeAccountFile(path: string, account: SteamAccount): void {
  writeSecretFile(path, `${JSON.stringify(account)}\n`);
}
