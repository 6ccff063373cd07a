import { dayOf, daysBetween } from "@tracker/playtime";
import type { Database } from "./database.ts";
import type { Reading } from "./day-range.ts";

/** How far back what is told can be relied on. */
export interface Known {
  /** When a sync (or an adopted database) first saw a total; epoch ms. */
  readonly trackedSince: number | null;
  /** The first day of which any play could be known; a person may have put play before the first sync. */
  readonly firstDay: string | null;
}

export function readKnown(database: Database, { calendar }: Reading): Known {
  const trackedSince =
    database
      .prepare<{ since: number | null }>(
        `SELECT min((SELECT observed_at FROM playtime_changes c
           WHERE c.game_id = g.id AND c.source <> 'person' ORDER BY observed_at LIMIT 1)) AS since FROM games g`,
      )
      .get()?.since ?? null;
  const played =
    database.prepare<{ day: string | null }>("SELECT min(day) AS day FROM session_days").get()
      ?.day ?? null;
  const tracked = trackedSince === null ? null : dayOf(trackedSince, calendar);
  if (played === null || tracked === null) return { trackedSince, firstDay: played ?? tracked };
  return { trackedSince, firstDay: played < tracked ? played : tracked };
}

/** Days of a range that have begun and of which play could be known. */
export function watchedDays(
  { from, to }: { from: string; to: string },
  { firstDay }: Known,
  today: string,
): number {
  if (firstDay === null) return 0;
  const first = firstDay > from ? firstDay : from;
  const last = today < to ? today : to;
  return Math.max(0, daysBetween(first, last) + 1);
}
