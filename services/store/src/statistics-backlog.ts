import type { Statistics } from "@tracker/contracts";
import { dayOf } from "@tracker/playtime";
import type { Database } from "./database.ts";
import type { Reading } from "./day-range.ts";

const PACE_WEEKS = 12;
/** With fewer completed games a median says nothing. */
const COMPLETED_MIN = 3;

/** How long the games with the status Backlog last: each as long as one's own completed ones, at the pace of the last twelve weeks. */
export function backlogOf(database: Database, { now, calendar }: Reading): Statistics["backlog"] {
  const waiting = database
    .prepare<{ minutes: number }>(
      "SELECT playtime_minutes AS minutes FROM games WHERE status = 'Backlog' AND archived_at IS NULL",
    )
    .all();
  const perGame = median(
    database
      .prepare<{ minutes: number }>(
        "SELECT playtime_minutes AS minutes FROM games WHERE status = 'Completed' AND playtime_minutes > 0 ORDER BY playtime_minutes",
      )
      .all()
      .map(({ minutes }) => minutes),
  );
  const since = Temporal.PlainDate.from(dayOf(now, calendar)).subtract({ days: PACE_WEEKS * 7 });
  const played =
    database
      .prepare<{ minutes: number | null }>(
        "SELECT sum(minutes) AS minutes FROM session_days WHERE day > ?",
      )
      .get(since.toString())?.minutes ?? 0;
  const perWeek = played === 0 ? null : Math.max(1, Math.round(played / PACE_WEEKS));
  const left =
    perGame === null
      ? null
      : waiting.reduce((sum, { minutes }) => sum + Math.max(0, perGame - minutes), 0);
  return {
    games: waiting.length,
    minutes_per_game: perGame,
    minutes_per_week: perWeek,
    weeks: left === null || perWeek === null ? null : Math.ceil(left / perWeek),
  };
}

function median(sorted: readonly number[]): number | null {
  if (sorted.length < COMPLETED_MIN) return null;
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
