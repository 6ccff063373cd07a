import { ServiceError } from "@tracker/contracts";
import { eq } from "drizzle-orm";
import { assertBalanced } from "./balance.ts";
import type { Database } from "./database.ts";
import { getGame } from "./game-row.ts";
import { readCorrectedMinutes } from "./hand-total.ts";
import { games, playtimeChanges, purgedApps } from "./schema.ts";

type GameRow = typeof games.$inferSelect;

/** Minutes that a person says were played before belong to no day: they are a baseline, like the first sample of a library. */
export function fillTotal(database: Database, gameId: number, minutes: number, now: number): void {
  if (minutes > 0) appendBaseline(database, gameId, { minutes, totalAfter: minutes, now });
}

/**
 * Makes `minutes` the total of a game that no sync ever saw, its sessions included, and answers whether it was another. What it
 * gains or loses is a baseline of today; no row is ever changed. A session added later raises the total.
 */
export function setTotal(database: Database, game: GameRow, minutes: number, now: number): boolean {
  const { id, playtimeMinutes } = game;
  if (minutes === playtimeMinutes) return false;
  refuseCounted(game, "/patch/playtime_minutes", "its playtime is not a person's to set");
  const corrected = readCorrectedMinutes(database, id);
  refuseBelowPlay(database, id, minutes, corrected);
  const totalAfter = minutes - corrected;
  appendBaseline(database, id, { minutes: minutes - playtimeMinutes, totalAfter, now });
  database.drizzle.update(games).set({ playtimeMinutes: minutes }).where(eq(games.id, id)).run();
  assertBalanced(database, [id]);
  return true;
}

/**
 * Says which Steam app a game is that no sync ever saw, or with null that it is none; answers whether that is news. A later
 * sync brings Steam's own title: the one that a person chose stays in front of it.
 */
export function setSteamApp(database: Database, game: GameRow, appId: number | null): boolean {
  if (appId === game.steamAppId) return false;
  const field = "/patch/steam_app_id";
  refuseCounted(game, field, `it is Steam app ${game.steamAppId}`);
  if (appId !== null) refuseTakenApp(database, appId, field);
  const { title, titleOverride } = getTitles(database, game.id);
  database.drizzle
    .update(games)
    .set({ steamAppId: appId, titleOverride: titleOverride ?? (appId === null ? null : title) })
    .where(eq(games.id, game.id))
    .run();
  return true;
}

/** Throws when an app is a game of the library already. Naming an app that was purged lifts the purge. */
export function refuseTakenApp(database: Database, appId: number, field: string): void {
  database.drizzle.delete(purgedApps).where(eq(purgedApps.steamAppId, appId)).run();
  const taken = database
    .prepare<{ id: number }>("SELECT id FROM games WHERE steam_app_id = ?")
    .get(appId);
  if (taken === null) return;
  const game = getGame(database, taken);
  const how =
    game.archived_at === null
      ? `is game ${game.id}, “${game.title}”, already`
      : `is game ${game.id}, “${game.title}”, which is archived: bring it back instead`;
  throw new ServiceError("CONFLICT", `Steam app ${appId} ${how}`, { field });
}

function refuseCounted({ id, libraryState }: GameRow, field: string, consequence: string): void {
  if (libraryState === null) return;
  throw new ServiceError("CONFLICT", `Steam counts game ${id}: ${consequence}`, { field });
}

/** Minutes of sessions, a person's own or as an older tracker saw them, are no part of what may be taken back at once. */
function refuseBelowPlay(database: Database, id: number, minutes: number, corrected: number): void {
  const { played } = database
    .prepare<{ played: number }>(
      "SELECT coalesce(sum(minutes), 0) AS played FROM playtime_changes WHERE game_id = ? AND kind = 'play'",
    )
    .get(id) ?? { played: 0 };
  const placed = played + corrected;
  if (minutes >= placed) return;
  throw new ServiceError(
    "CONFLICT",
    `the sessions of game ${id} hold ${placed} minutes: its total cannot be less, unless they are corrected`,
    { field: "/patch/playtime_minutes" },
  );
}

/** Adds a person's change of a game's total to the ledger. */
export function appendBaseline(
  database: Database,
  gameId: number,
  { minutes, totalAfter, now }: { minutes: number; totalAfter: number; now: number },
): void {
  // The schema allows negative baselines only for source 'adopted'. Without run_id it is a person's change; adoptions always have one.
  const source = minutes < 0 ? "adopted" : "person";
  database.drizzle
    .insert(playtimeChanges)
    .values({ gameId, minutes, totalAfter, observedAt: now, kind: "baseline", source })
    .run();
}

/** As they are now: the same change may have named a title. */
function getTitles(
  database: Database,
  id: number,
): { title: string; titleOverride: string | null } {
  const row = database.drizzle
    .select({ title: games.title, titleOverride: games.titleOverride })
    .from(games)
    .where(eq(games.id, id))
    .get();
  if (row === undefined) throw new Error("a game that was just read is not there");
  return row;
}
