import { type Game, gameChanged, ServiceError } from "@tracker/contracts";
import { eq } from "drizzle-orm";
import { type Database, inTransaction } from "./database.ts";
import { getGame } from "./game-row.ts";
import { instantOf } from "./instant.ts";
import { emit } from "./outbox.ts";
import { games, monthRecords, purgedApps } from "./schema.ts";
import { removeUnusedTags } from "./tag.ts";

type Change = "edited" | "archived" | "restored" | "purged";

/** Takes a game out of the library; its history stays. Doing it again changes nothing. */
export function archiveGame(database: Database, { id }: { id: number }, now: number): Game {
  return inTransaction(database, () => {
    setArchived(database, requireGame(database, id), true, now);
    return getGame(database, { id });
  });
}

/** Deletes an archived game with its whole history, and takes it out of the snapshots' totals. Later syncs pass its app over. */
export function purgeGame(
  database: Database,
  { id }: { id: number },
  now: number,
): Record<string, never> {
  return inTransaction(database, () => {
    const game = requireGame(database, id);
    if (game.archivedAt === null) {
      throw new ServiceError("CONFLICT", `game ${id} is not archived; archive it first`);
    }
    tellChange(database, id, "purged", now);
    if (game.steamAppId !== null) {
      database.drizzle
        .insert(purgedApps)
        .values({ steamAppId: game.steamAppId, purgedAt: now })
        .onConflictDoNothing()
        .run();
      const ofApp = eq(monthRecords.steamAppId, game.steamAppId);
      database.drizzle.delete(monthRecords).where(ofApp).run();
    }
    subtractFromSnapshots(database, id);
    database.drizzle.delete(games).where(eq(games.id, id)).run();
    removeUnusedTags(database);
    return {};
  });
}

function subtractFromSnapshots(database: Database, gameId: number): void {
  const newest = `(SELECT minutes FROM daily_game_snapshots r
    WHERE r.game_id = ?1 AND r.date <= daily_snapshots.date ORDER BY r.date DESC LIMIT 1)`;
  database
    .prepare(
      `UPDATE daily_snapshots SET total_minutes = total_minutes - ${newest},
         games_played = games_played - (${newest} > 0)
       WHERE date >= (SELECT min(date) FROM daily_game_snapshots WHERE game_id = ?1)`,
    )
    .run(gameId);
}

/** Archives a game or brings it back, with its event. Writes nothing when the game is in that state already. */
export function setArchived(
  database: Database,
  game: typeof games.$inferSelect,
  archived: boolean,
  now: number,
): void {
  if ((game.archivedAt !== null) === archived) return;
  const archivedAt = archived ? now : null;
  database.drizzle.update(games).set({ archivedAt }).where(eq(games.id, game.id)).run();
  tellChange(database, game.id, archived ? "archived" : "restored", now);
}

/** Notes that a person changed a game, and queues the event. */
export function tellChange(database: Database, id: number, how: Change, now: number): void {
  database.drizzle.update(games).set({ updatedAt: now }).where(eq(games.id, id)).run();
  const ref = refOf(getGame(database, { id }));
  emit(database, gameChanged, { ...ref, at: instantOf(now), change: how });
}

export function requireGame(
  database: Database,
  id: number,
  field?: string,
): typeof games.$inferSelect {
  const row = database.drizzle.select().from(games).where(eq(games.id, id)).limit(1).get();
  if (row === undefined)
    throw new ServiceError(
      "NOT_FOUND",
      `there is no game ${id}`,
      field === undefined ? {} : { field },
    );
  return row;
}

export function refOf({ id, title, steam_app_id }: Game) {
  return { game_id: id, title, steam_app_id };
}
