import type { SyncRun } from "@tracker/contracts";
import { duration, join, plural } from "../kit/format.ts";

/** What each kind of look is for, and what it counts: a game that a look passes over may well be in the library. */
const KINDS: Readonly<Record<string, readonly [name: string, counted: string]>> = {
  library: ["The library", "listed"],
  import: ["Achievements and covers", "looked at"],
  year_in_review: ["Year in Review", "told of"],
  adoption: ["The older tracker’s data", "in it"],
};

export function runName({ kind, review_year }: Pick<SyncRun, "kind" | "review_year">): string {
  const name = KINDS[kind]?.[0] ?? kind.replaceAll("_", " ");
  return review_year === null ? name : `${name} of ${review_year}`;
}

/** What came of a look that went well. */
export function runWords(run: Omit<SyncRun, "id" | "account_id">): string {
  const counted = KINDS[run.kind]?.[1];
  return join([
    `${plural(run.games_seen, "game")}${counted === undefined ? "" : ` ${counted}`}`,
    run.games_added > 0 ? `${run.games_added} new` : null,
    run.minutes_added > 0 ? `${duration(run.minutes_added)} played` : null,
  ]);
}
