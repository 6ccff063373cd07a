import {
  type AchievementOutcome,
  achievementUnlocked,
  type Input,
  type Output,
  type recordAchievements as definition,
} from "@tracker/contracts";
import type { Calendar } from "@tracker/playtime";
import { countAchievements, mergeAchievements, type NewUnlock } from "./achievement-row.ts";
import { completeWhenAllUnlocked } from "./auto-completion.ts";
import { type Database, inTransaction } from "./database.ts";
import { noteAttempt } from "./import-status.ts";
import { instantOrNull, readInstant } from "./instant.ts";
import { emit } from "./outbox.ts";

type RecordInput = Input<typeof definition>;
type Recorded = Output<typeof definition>;

interface RecordedGame {
  readonly id: number;
  readonly title: string;
}

const KEPT = "Steam shows no achievements of this game now: those that are known are kept.";

/**
 * Keeps what came of asking for one app's achievements: rows, the status of the import, completion and events in one
 * transaction. Only a good answer with achievements changes any; sent again it finds nothing to do.
 */
export function recordAchievements(
  database: Database,
  calendar: Calendar,
  input: RecordInput,
  now: number,
): Recorded {
  return inTransaction(database, () => {
    const game = database
      .prepare<RecordedGame>(
        "SELECT id, coalesce(title_override, title) AS title FROM games WHERE steam_app_id = ?",
      )
      .get(input.app_id);
    const observedAt = readInstant(input.observed_at, "/observed_at");
    if (game === null) return { ...NOTHING, newly_unlocked: 0, completed: false };
    const hasAnswer = input.outcome === "ok" && input.achievements.length > 0;
    const merge = hasAnswer
      ? mergeAchievements(database, game.id, input.achievements)
      : { changed: false, unlocks: [] };
    if (merge.changed) touch(database, game.id, now);
    tellUnlocks(database, { ...game, appId: input.app_id }, merge.unlocks);
    const completed = hasAnswer && completeWhenAllUnlocked(database, calendar, game.id, now);
    const { unlocked, total } = countAchievements(database, game.id);
    noteAttempt(database, input, { ...judge(input, total), observedAt, now, ...merge });
    return {
      game_id: game.id,
      title: game.title,
      unlocked,
      total,
      newly_unlocked: merge.unlocks.length,
      completed,
    };
  });
}

const NOTHING = { game_id: null, title: null, unlocked: 0, total: 0 };

/** A game that has achievements is never one without, whatever Steam says at the moment. */
function judge(
  { outcome, message }: RecordInput,
  total: number,
): { outcome: AchievementOutcome; message: string | null } {
  const deniesKnown = total > 0 && (outcome === "none" || outcome === "no_stats");
  if (deniesKnown) return { outcome: "empty", message: KEPT };
  if (outcome === "ok" && total === 0) return { outcome: "none", message };
  return { outcome, message };
}

function touch(database: Database, gameId: number, now: number): void {
  database
    .prepare("UPDATE games SET updated_at = max(updated_at, ?) WHERE id = ?")
    .run(now, gameId);
}

/**
 * An unlock is news when it is dated after tracking began, or, without a date, when it was seen locked before. So a first
 * import of a library, with its thousands of old unlocks, tells of none of them.
 */
function tellUnlocks(
  database: Database,
  game: RecordedGame & { readonly appId: number },
  unlocks: readonly NewUnlock[],
): void {
  if (unlocks.length === 0) return;
  const trackingSince = readTrackingSince(database);
  if (trackingSince === null) return;
  for (const unlock of unlocks) {
    const isNews =
      unlock.unlockedAt === null ? unlock.wasLocked : unlock.unlockedAt >= trackingSince;
    if (!isNews) continue;
    emit(database, achievementUnlocked, {
      game_id: game.id,
      title: game.title,
      steam_app_id: game.appId,
      achievement_id: unlock.id,
      api_name: unlock.apiName,
      achievement: unlock.title,
      icon_url: unlock.iconUrl,
      unlocked_at: instantOrNull(unlock.unlockedAt),
    });
  }
}

function readTrackingSince(database: Database): number | null {
  return (
    database
      .prepare<{ since: number | null }>("SELECT min(tracking_since) AS since FROM accounts")
      .get()?.since ?? null
  );
}
