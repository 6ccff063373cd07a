import {
  type Achievement,
  type Input,
  type listAchievements as definition,
  type Output,
} from "@tracker/contracts";
import type { Database } from "./database.ts";
import { getGame } from "./game-row.ts";
import { instantOrNull } from "./instant.ts";

type Listed = Output<typeof definition>;
type Row = Omit<Achievement, "unlocked" | "unlocked_at" | "hidden"> & {
  readonly unlocked: number;
  readonly unlocked_at: number | null;
  readonly hidden: number;
};
interface ImportRow {
  readonly outcome: NonNullable<Listed["import"]>["outcome"];
  readonly imported: number;
  readonly message: string | null;
  readonly attempted_at: number | null;
}

/** A game's achievements: the unlocked ones newest first, then the locked ones, most common first. */
export function listAchievements(
  database: Database,
  { game_id: id }: Input<typeof definition>,
): Listed {
  const game = getGame(database, { id });
  const items = database
    .prepare<Row>(
      `SELECT id, api_name, title, description, icon_url, unlocked, unlocked_at, hidden, global_percent
       FROM achievements WHERE game_id = ?
       ORDER BY unlocked DESC, unlocked_at IS NULL, unlocked_at DESC, global_percent IS NULL, global_percent DESC, id`,
    )
    .all(id);
  return {
    items: items.map((row) =>
      Object.assign(row, {
        unlocked: row.unlocked === 1,
        unlocked_at: instantOrNull(row.unlocked_at),
        hidden: row.hidden === 1,
      }),
    ),
    unlocked: game.unlocked_achievements,
    total: game.total_achievements,
    completion_percentage: game.completion_percentage,
    import: game.steam_app_id === null ? null : readImport(database, game.steam_app_id),
  };
}

function readImport(database: Database, appId: number): Listed["import"] {
  const row = database
    .prepare<ImportRow>(
      `SELECT outcome, achievements_imported AS imported, error_message AS message, attempted_at
       FROM steam_import_status WHERE steam_app_id = ?`,
    )
    .get(appId);
  if (row === null) return null;
  const { imported, attempted_at: attemptedAt, ...same } = row;
  return { ...same, imported: imported === 1, attempted_at: instantOrNull(attemptedAt) };
}
