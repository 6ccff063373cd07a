import { type Calendar, dayEnd, dayOf, dayStart } from "@tracker/playtime";
import type { Database } from "./database.ts";
import type { Reading } from "./day-range.ts";
import { type FeedEntry, type FeedSlice, isInSlice, RANKS } from "./feed-order.ts";
import { instantOf } from "./instant.ts";

interface CompletionRow {
  readonly game_id: number;
  readonly title: string;
  readonly cover_url: string | null;
  readonly day: string;
}

const COMPLETIONS = `SELECT g.id AS game_id, coalesce(g.title_override, g.title) AS title,
    coalesce(g.cover_override, g.cover_url) AS cover_url, g.completion_date AS day
  FROM games g WHERE g.completion_date BETWEEN ?1 AND ?2 AND (?3 IS NULL OR g.visibility = ?3)
  ORDER BY g.completion_date DESC, g.id DESC`;

/** Only the day of a completion is known; it stands at the newest unlock or session of the game on that day, else at the start of the day. */
const NEWEST_SIGN = `SELECT max(at) AS at FROM (
    SELECT max(unlocked_at) AS at FROM achievements
      WHERE game_id = ?1 AND unlocked AND unlocked_at >= ?2 AND unlocked_at < ?3
    UNION ALL SELECT max(started_at) FROM play_sessions
      WHERE game_id = ?1 AND precision <> 'gap' AND started_at >= ?2 AND started_at < ?3)`;

/** Games completed, day by day from the day of the slice down until there are enough. */
export function readCompletions(
  database: Database,
  slice: FeedSlice,
  { calendar }: Reading,
): FeedEntry[] {
  const [first, last] = [dayOf(slice.start, calendar), dayOf(slice.at, calendar)];
  const entries: FeedEntry[] = [];
  let day = "";
  const rows = database.prepare<CompletionRow>(COMPLETIONS);
  for (const row of rows.iterate(first, last, slice.visibility)) {
    if (row.day !== day && entries.length >= slice.limit) break;
    day = row.day;
    const entry = toEntry(database, row, calendar);
    if (isInSlice(entry, slice)) entries.push(entry);
  }
  return entries;
}

function toEntry(
  database: Database,
  { day, ...game }: CompletionRow,
  calendar: Calendar,
): FeedEntry {
  const start = dayStart(day, calendar);
  const sign = database
    .prepare<{ at: number | null }>(NEWEST_SIGN)
    .get(game.game_id, start, dayEnd(day, calendar));
  const at = sign?.at ?? start;
  return {
    at,
    rank: RANKS.completion,
    id: game.game_id,
    item: { type: "completion", at: instantOf(at), day, live: false, ...game },
  };
}
