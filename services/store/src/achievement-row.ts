import type { ToldAchievement } from "@tracker/contracts";
import type { Database } from "./database.ts";
import { readInstant } from "./instant.ts";

export interface AchievementCounts {
  readonly unlocked: number;
  readonly total: number;
  /** Epoch milliseconds; null when none is dated. */
  readonly latestUnlockAt: number | null;
}

/** An achievement that is unlocked now and was not known to be. */
export interface NewUnlock {
  readonly id: number;
  readonly apiName: string;
  readonly title: string;
  readonly iconUrl: string | null;
  readonly unlockedAt: number | null;
  /** Whether it was seen locked before; a first look cannot tell how old an unlock without a date is. */
  readonly wasLocked: boolean;
}

export interface Merge {
  readonly changed: boolean;
  readonly unlocks: readonly NewUnlock[];
}

export function countAchievements(database: Database, gameId: number): AchievementCounts {
  const counts = database
    .prepare<AchievementCounts>(
      `SELECT count(*) AS total, coalesce(sum(unlocked), 0) AS unlocked, max(unlocked_at) AS latestUnlockAt
       FROM achievements WHERE game_id = ?`,
    )
    .get(gameId);
  if (counts === null) throw new Error("a count without a group has no row");
  return counts;
}

const UPSERT = `INSERT INTO achievements
    (game_id, api_name, title, description, icon_url, unlocked, unlocked_at, hidden, global_percent)
  VALUES (?1, ?2, coalesce(?3, ?2), ?4, ?5, ?6, ?7, coalesce(?8, 0), ?9)
  ON CONFLICT (game_id, api_name) DO UPDATE SET title = coalesce(?3, title),
    description = coalesce(?4, description), icon_url = coalesce(?5, icon_url),
    unlocked = max(unlocked, ?6), unlocked_at = coalesce(unlocked_at, ?7),
    hidden = coalesce(?8, hidden), global_percent = coalesce(?9, global_percent)
  WHERE title IS NOT coalesce(?3, title) OR description IS NOT coalesce(?4, description)
    OR icon_url IS NOT coalesce(?5, icon_url) OR unlocked < ?6
    OR (unlocked_at IS NULL AND ?7 IS NOT NULL) OR hidden IS NOT coalesce(?8, hidden)
    OR global_percent IS NOT coalesce(?9, global_percent)
  RETURNING id, title, icon_url AS iconUrl`;

/**
 * Merges a whole good answer into what is known, by `api_name`. What is unlocked stays so, with the instant that was told
 * first, whatever comes later; a locked one that the game no longer has goes.
 */
export function mergeAchievements(
  database: Database,
  gameId: number,
  told: readonly ToldAchievement[],
): Merge {
  const before = new Map(
    database
      .prepare<{ api_name: string; unlocked: number }>(
        "SELECT api_name, unlocked FROM achievements WHERE game_id = ?",
      )
      .all(gameId)
      .map((row) => [row.api_name, row.unlocked === 1]),
  );
  const unlocks: NewUnlock[] = [];
  let changed = false;
  for (const achievement of told) {
    const row = upsert(database, gameId, achievement);
    if (row === null) continue;
    changed = true;
    const known = before.get(achievement.api_name);
    if (!achievement.unlocked || known === true) continue;
    before.set(achievement.api_name, true);
    const unlockedAt = instantOf(achievement);
    const { api_name: apiName } = achievement;
    unlocks.push({ ...row, apiName, unlockedAt, wasLocked: known === false });
  }
  const gone = database
    .prepare(
      `DELETE FROM achievements WHERE game_id = ? AND unlocked = 0
         AND api_name NOT IN (SELECT value FROM json_each(?))`,
    )
    .run(gameId, JSON.stringify(told.map((each) => each.api_name)));
  return { changed: changed || gone.changes > 0, unlocks };
}

/** Null where nothing differs. */
function upsert(
  database: Database,
  gameId: number,
  told: ToldAchievement,
): Pick<NewUnlock, "id" | "title" | "iconUrl"> | null {
  return database
    .prepare<Pick<NewUnlock, "id" | "title" | "iconUrl">>(UPSERT)
    .get(
      gameId,
      told.api_name,
      told.title,
      told.description,
      told.icon_url,
      told.unlocked ? 1 : 0,
      instantOf(told),
      told.hidden === null ? null : Number(told.hidden),
      told.global_percent,
    );
}

function instantOf({ unlocked, unlocked_at }: ToldAchievement): number | null {
  return unlocked && unlocked_at !== null
    ? readInstant(unlocked_at, "/achievements/unlocked_at")
    : null;
}
