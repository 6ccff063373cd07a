import { dayOf } from "@tracker/playtime";
import type { Database } from "./database.ts";
import type { Reading } from "./day-range.ts";
import { type FeedEntry, type FeedSlice, RANKS } from "./feed-order.ts";
import { instantOf } from "./instant.ts";

interface BatchRow {
  readonly id: number;
  readonly run_id: string | null;
  readonly at: number;
  readonly count: number;
}

interface GameCardRow {
  readonly game_id: number;
  readonly title: string;
  readonly cover_url: string | null;
}

/** How many games of a run are named; `count` tells how many there are. */
const GAMES_SHOWN_MAX = 20;

/** The games of a run were all created at its instant. */
const BATCHES = `SELECT min(id) AS id, added_run_id AS run_id, created_at AS at, count(*) AS count
  FROM games WHERE created_at BETWEEN ?1 AND ?2 AND (?5 IS NULL OR visibility = ?5) GROUP BY coalesce(added_run_id, id)
  HAVING (created_at, min(id)) < (?2, ?3) ORDER BY created_at DESC, min(id) DESC LIMIT ?4`;

const GAMES = `SELECT id AS game_id, coalesce(title_override, title) AS title,
    coalesce(cover_override, cover_url) AS cover_url
  FROM games WHERE CASE WHEN ?1 IS NULL THEN id = ?2 ELSE added_run_id = ?1 END
    AND (?3 IS NULL OR visibility = ?3)
  ORDER BY playtime_minutes DESC, id LIMIT ${GAMES_SHOWN_MAX}`;

/** Games that came into the library: those of one run are one entry, so that a first import does not flood the feed. */
export function readAdditions(
  database: Database,
  slice: FeedSlice,
  { calendar }: Reading,
): FeedEntry[] {
  return database
    .prepare<BatchRow>(BATCHES)
    .all(slice.start, slice.at, slice.id, slice.limit, slice.visibility)
    .map(({ id, run_id, at, count }) => ({
      at,
      rank: RANKS.games_added,
      id,
      item: {
        type: "games_added",
        at: instantOf(at),
        day: dayOf(at, calendar),
        live: false,
        count,
        games: database.prepare<GameCardRow>(GAMES).all(run_id, id, slice.visibility),
      },
    }));
}
