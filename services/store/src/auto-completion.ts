import { gameCompleted } from "@tracker/contracts";
import { type Calendar, dayOf } from "@tracker/playtime";
import { type AchievementCounts, countAchievements } from "./achievement-row.ts";
import type { Database } from "./database.ts";
import { instantOf } from "./instant.ts";
import { emit } from "./outbox.ts";

interface CompletableGame {
  readonly title: string;
  readonly steam_app_id: number;
  readonly status: string;
  readonly status_set_at: number | null;
  readonly auto_completed_at: number | null;
  readonly completion_date: string | null;
}

/**
 * Makes a game Completed when all of its achievements are unlocked, dated with the day of the latest unlock (today where
 * none is dated). It acts on the moment at which the last one is unlocked, and once in a game's life: a status that a person
 * set after that moment stays, and so does the status of a game whose achievements grow later. A completion date that a
 * person wrote is kept. Answers whether the status is another.
 */
export function completeWhenAllUnlocked(
  database: Database,
  calendar: Calendar,
  gameId: number,
  now: number,
): boolean {
  const counts = countAchievements(database, gameId);
  if (counts.total === 0 || counts.unlocked < counts.total) return false;
  const game = readGame(database, gameId);
  if (game === null || game.auto_completed_at !== null) return false;
  const moment = counts.latestUnlockAt ?? now;
  const isPersons = game.status_set_at !== null && game.status_set_at > moment;
  const completes = !isPersons && game.status !== "Completed";
  const day = dayOf(moment, calendar);
  database
    .prepare(
      `UPDATE games SET auto_completed_at = ?1, status = CASE WHEN ?2 THEN 'Completed' ELSE status END,
         completion_date = CASE WHEN ?3 THEN coalesce(completion_date, ?4) ELSE completion_date END,
         updated_at = max(updated_at, ?5) WHERE id = ?6`,
    )
    .run(moment, completes ? 1 : 0, isPersons ? 0 : 1, day, now, gameId);
  if (completes) tell(database, { gameId, game, counts, moment, day });
  return completes;
}

function readGame(database: Database, gameId: number): CompletableGame | null {
  return database
    .prepare<CompletableGame>(
      `SELECT coalesce(title_override, title) AS title, steam_app_id, status, status_set_at, auto_completed_at, completion_date
       FROM games WHERE id = ?`,
    )
    .get(gameId);
}

interface Completion {
  readonly gameId: number;
  readonly game: CompletableGame;
  readonly counts: AchievementCounts;
  readonly moment: number;
  readonly day: string;
}

function tell(database: Database, { gameId, game, counts, moment, day }: Completion): void {
  emit(database, gameCompleted, {
    game_id: gameId,
    title: game.title,
    steam_app_id: game.steam_app_id,
    at: instantOf(moment),
    completion_date: game.completion_date ?? day,
    achievements: counts.total,
  });
}
