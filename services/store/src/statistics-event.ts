import { COMPLETIONS_MAX, type Statistics, type YearReview } from "@tracker/contracts";
import type { Database } from "./database.ts";
import type { DayRange } from "./day-range.ts";
import { instantOf } from "./instant.ts";
import { type ChosenGames, isChosen } from "./statistics-choice.ts";

type Completed = Pick<Statistics, "completed" | "completions">;

/** Games by the day on which they were completed, the newest first. */
export function readCompleted(
  database: Database,
  { from, to }: DayRange,
  chosen: ChosenGames,
): Completed {
  const condition = `g.completion_date BETWEEN ?2 AND ?3 AND ${isChosen("g.id")}`;
  const completions = database
    .prepare<Completed["completions"][number]>(
      `SELECT g.id AS game_id, coalesce(g.title_override, g.title) AS title,
         coalesce(g.cover_override, g.cover_url) AS cover_url, g.completion_date
       FROM games g WHERE ${condition} ORDER BY g.completion_date DESC, g.id DESC LIMIT ${COMPLETIONS_MAX}`,
    )
    .all(chosen, from, to);
  if (completions.length < COMPLETIONS_MAX) return { completed: completions.length, completions };
  const all = database
    .prepare<{ games: number }>(`SELECT count(*) AS games FROM games g WHERE ${condition}`)
    .get(chosen, from, to);
  return { completed: all?.games ?? 0, completions };
}

export function countUnlocked(
  database: Database,
  { start, end }: DayRange,
  chosen: ChosenGames,
): number {
  const row = database
    .prepare<{ unlocked: number }>(
      `SELECT count(*) AS unlocked FROM achievements
       WHERE unlocked_at >= ?2 AND unlocked_at < ?3 AND ${isChosen("game_id")}`,
    )
    .get(chosen, start, end);
  return row?.unlocked ?? 0;
}

type Rarest = NonNullable<YearReview["achievements"]["rarest"]>;

/** The achievement unlocked in a range that the fewest of Steam's players have; the first of several. */
export function rarestUnlocked(database: Database, { start, end }: DayRange): Rarest | null {
  const row = database
    .prepare<Omit<Rarest, "unlocked_at"> & { unlocked_at: number }>(
      `SELECT a.game_id, coalesce(g.title_override, g.title) AS title,
         coalesce(g.cover_override, g.cover_url) AS cover_url, a.api_name, a.title AS achievement, a.icon_url,
         round(a.global_percent, 1) AS global_percent, a.unlocked_at
       FROM achievements a JOIN games g ON g.id = a.game_id
       WHERE a.unlocked_at >= ? AND a.unlocked_at < ? AND a.global_percent IS NOT NULL
       ORDER BY a.global_percent, a.unlocked_at, a.id LIMIT 1`,
    )
    .get(start, end);
  return row === null ? null : { ...row, unlocked_at: instantOf(row.unlocked_at) };
}

/** How many of the games played in a range were never seen played before it, on a day or in a gap, nor have playtime from before tracking. */
export function countNew(
  database: Database,
  { from, start }: DayRange,
  played: Iterable<number>,
): number {
  const row = database
    .prepare<{ games: number }>(
      `SELECT count(*) AS games FROM json_each(?1) p
       WHERE NOT EXISTS (SELECT 1 FROM playtime_changes c
           WHERE c.game_id = p.value AND c.kind = 'baseline' AND c.minutes > 0)
         AND NOT EXISTS (SELECT 1 FROM play_sessions s WHERE s.game_id = p.value AND s.started_at < ?2
           AND (s.precision = 'gap' OR EXISTS (SELECT 1 FROM session_days d WHERE d.session_id = s.id AND d.day < ?3)))`,
    )
    .get(JSON.stringify([...played]), start, from);
  return row?.games ?? 0;
}
