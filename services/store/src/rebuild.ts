import type { Calendar } from "@tracker/playtime";
import { assertBalanced } from "./balance.ts";
import { type Database, inTransaction } from "./database.ts";
import { placeGame } from "./placement.ts";
import { rewriteSnapshots } from "./snapshot.ts";

const CALENDAR_KEY = "calendar";

/** Places every game's sessions anew from ledger and presence, and writes the snapshots anew for the days that have them. */
export function rebuildSessions(database: Database, calendar: Calendar, now: number): void {
  inTransaction(database, () => {
    const games = database
      .prepare<{ gameId: number; accountId: number | null; at: number }>(
        `SELECT game_id AS gameId, max(account_id) AS accountId, updated_at AS at
         FROM (SELECT game_id, account_id FROM playtime_changes WHERE kind = 'play'
               UNION ALL SELECT game_id, account_id FROM presence_intervals WHERE game_id IS NOT NULL
               UNION ALL SELECT game_id, NULL FROM session_edits WHERE undone_at IS NULL)
         JOIN games ON games.id = game_id GROUP BY game_id`,
      )
      .all();
    for (const { gameId, accountId, at } of games) {
      placeGame({ database, calendar, accountId, at, quiet: true }, gameId, -Infinity);
      assertBalanced(database, [gameId]);
    }
    rewriteSnapshots(database, calendar, now);
  });
}

/** The calendar that the database's days were cut with; null before its first start. */
export function storedCalendar(database: Database): Calendar | null {
  const stored = database
    .prepare<{ value: string }>("SELECT value FROM settings WHERE key = ?")
    .get(CALENDAR_KEY);
  return stored === null ? null : (JSON.parse(stored.value) as Calendar);
}

/** Cuts all days again when the configured zone or start of the day differs from what the database was written with. Answers whether it did. */
export function recutDays(
  database: Database,
  { zone, dayStartHour }: Calendar,
  now: number,
): boolean {
  return inTransaction(database, () => {
    const value = JSON.stringify({ zone, dayStartHour });
    const stored = database
      .prepare<{ value: string }>("SELECT value FROM settings WHERE key = ?")
      .get(CALENDAR_KEY);
    if (stored?.value === value) return false;
    database
      .prepare(
        "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      )
      .run(CALENDAR_KEY, value);
    if (stored === null) return false;
    rebuildSessions(database, { zone, dayStartHour }, now);
    return true;
  });
}
