import type { Input, recordHistory, ReviewedYear } from "@tracker/contracts";
import {
  outcomeOf,
  type SteamFailure,
  YEAR_IN_REVIEW_MIN,
  type YearInReview,
} from "@tracker/steam";

/** What came of one year, as the store keeps it. */
export type YearResult = Pick<Input<typeof recordHistory>, "outcome" | "reason" | "games">;

/** The years to ask for: all until now, but for those that this job is done with. */
export function yearsToAsk(
  known: readonly ReviewedYear[],
  { now, jobId }: { now: number; jobId: number },
): number[] {
  const done = new Set(known.filter((each) => each.job_id === jobId).map(({ year }) => year));
  const count = Math.max(0, new Date(now).getUTCFullYear() - YEAR_IN_REVIEW_MIN + 1);
  return Array.from({ length: count }, (_, index) => YEAR_IN_REVIEW_MIN + index).filter(
    (year) => !done.has(year),
  );
}

/** An answer as it is recorded: games and months with play, in Steam's own seconds. */
export function resultOf({ games }: YearInReview): YearResult {
  const played = games.map(({ appId, months }) => ({
    app_id: appId,
    months: months
      .map(({ month, playedMs, sessions }) => ({
        month,
        seconds: Math.round(playedMs / 1_000),
        sessions,
      }))
      .filter(({ seconds }) => seconds > 0),
  }));
  return { outcome: "ok", reason: null, games: played.filter(({ months }) => months.length > 0) };
}

/** A year that Steam does not show is one that it keeps private. */
export function failureOf(failure: SteamFailure): YearResult {
  const { outcome, reason } = outcomeOf(failure);
  return { outcome: failure.kind === "not_visible" ? "private" : outcome, reason, games: [] };
}

/** Whether every other year would end in the same way. */
export function isFinal({ outcome }: YearResult): boolean {
  return outcome === "bad_key" || outcome === "bad_steam_id";
}
