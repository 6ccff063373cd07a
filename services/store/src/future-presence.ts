import { OUTAGE_MS } from "@tracker/playtime";
import type { Database } from "./database.ts";
import type { Touched } from "./presence.ts";

/** By how much a look may be dated ahead of our clock; what is less is caught up with before it is missed. */
export const AHEAD_MS_MAX = OUTAGE_MS;

/** Takes back what looks of a clock that was wrong said of the time after `at`; answers what that can concern. */
export function takeBackFuture(database: Database, accountId: number, at: number): Touched[] {
  const taken = database
    .prepare<Touched>(
      `DELETE FROM presence_intervals WHERE account_id = ? AND started_at > ?
       RETURNING game_id AS gameId, not_before AS "from"`,
    )
    .all(accountId, at);
  const cut = database
    .prepare<Touched>(
      `UPDATE presence_intervals SET last_seen_at = min(last_seen_at, ?2), not_after = min(not_after, ?2)
       WHERE account_id = ?1 AND (last_seen_at > ?2 OR not_after > ?2) RETURNING game_id AS gameId, not_before AS "from"`,
    )
    .all(accountId, at);
  return [...taken, ...cut];
}
