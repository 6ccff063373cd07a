import type { Outcome } from "@tracker/contracts";
import type { Database } from "./database.ts";

export interface StoredAccount {
  readonly id: number;
  readonly personaName: string | null;
  readonly state: Outcome;
  readonly trackingSince: number | null;
  readonly lastSampleAt: number | null;
  readonly lastPresenceAt: number | null;
  readonly allZero: number;
}

/** The account with that Steam ID, made when this is the first that is heard of it. */
export function ensureAccount(
  database: Database,
  steamId: string,
  seen: { outcome: Outcome; at: number },
): StoredAccount {
  database
    .prepare(
      "INSERT INTO accounts (steam_id, state, state_since) VALUES (?, ?, ?) ON CONFLICT (steam_id) DO NOTHING",
    )
    .run(steamId, seen.outcome, seen.at);
  const account = database
    .prepare<StoredAccount>(
      `SELECT id, persona_name AS personaName, state, tracking_since AS trackingSince, last_sample_at AS lastSampleAt,
              last_presence_at AS lastPresenceAt, all_zero AS allZero FROM accounts WHERE steam_id = ?`,
    )
    .get(steamId);
  if (account === null) throw new Error("an account that was just made is not there");
  return account;
}

/** The account that a look was meant for which never came to know its Steam ID (a refused key, a vanity name); null unless there is just one. */
export function soleAccount(database: Database): { id: number } | null {
  const accounts = database.prepare<{ id: number }>("SELECT id FROM accounts LIMIT 2").all();
  return accounts.length === 1 ? (accounts[0] ?? null) : null;
}

/** Notes how the newest look ended; an older one that comes late says nothing about now, and one from after `until` hides none. */
export function noteOutcome(
  database: Database,
  accountId: number,
  seen: { outcome: Outcome; reason: string | null; at: number; until: number },
): void {
  database
    .prepare(
      `UPDATE accounts SET state_since = CASE WHEN state = ?2 THEN state_since ELSE ?4 END, state = ?2, state_reason = ?3
       WHERE id = ?1 AND (state IS NOT ?2 OR state_reason IS NOT ?3)
         AND NOT EXISTS (SELECT 1 FROM sync_runs
           WHERE account_id = ?1 AND observed_at > ?4 AND observed_at <= ?5 AND kind = 'library')`,
    )
    .run(accountId, seen.outcome, seen.reason, seen.at, seen.until);
}
