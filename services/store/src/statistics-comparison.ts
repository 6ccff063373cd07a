import type { Comparison } from "@tracker/contracts";
import type { DayRange } from "./day-range.ts";
import { percentageOf } from "./game-row.ts";
import type { Known } from "./statistics-known.ts";
import type { Play } from "./statistics-play.ts";

/** Compares play with that of an earlier range; null unless the earlier range was tracked from its start. */
export function compare(
  play: Play,
  before: DayRange,
  { trackedSince }: Known,
  read: (range: DayRange) => Play,
): Comparison | null {
  if (trackedSince === null || trackedSince > before.start) return null;
  const past = read(before);
  const minutes = past.dayMinutes + past.gapMinutes;
  const change = play.dayMinutes + play.gapMinutes - minutes;
  return {
    from: before.from,
    to: before.to,
    minutes,
    active_days: past.days.size,
    sessions: past.sessions,
    games_played: past.games.size,
    minutes_change: change,
    minutes_change_percent: minutes === 0 ? null : percentageOf(change, minutes),
  };
}
