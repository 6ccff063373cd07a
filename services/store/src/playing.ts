import {
  type findPlaying as definition,
  type Game,
  type Input,
  type Output,
  VISIBILITIES,
} from "@tracker/contracts";
import { OUTAGE_MS } from "@tracker/playtime";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { gameColumns, type GameRow, titleOf, toGame } from "./game-row.ts";
import { instantOrNull } from "./instant.ts";

/**
 * The library's side of now-playing: the game with an app id, else with a name, archived or not, as it is being played; or
 * the one played last, of some apps or of the whole library, where archived and hidden games are left out.
 */
export function findPlaying(
  database: Database,
  { app_id: appId, game_name: name, among }: Input<typeof definition>,
  now: number,
): Output<typeof definition> {
  const since = { appId: appId ?? null, name: name ?? null, now };
  if (appId !== undefined || name !== undefined) {
    const byApp = appId === undefined ? null : first(database, sql`g.steam_app_id = ${appId}`);
    const game = byApp ?? (name === undefined ? null : findNamed(database, name));
    return { game, playing_since: sittingStart(database, since) };
  }
  const played = sql`g.last_played_at IS NOT NULL AND g.archived_at IS NULL AND g.visibility <> 'hidden'`;
  const oneOf = sql`g.steam_app_id IN (SELECT value FROM json_each(${JSON.stringify(among ?? [])}))`;
  const wanted = among === undefined ? played : sql`${played} AND ${oneOf}`;
  return { game: first(database, wanted), playing_since: null };
}

interface Named {
  readonly id: number;
  readonly title: string;
  readonly steam_title: string;
  readonly visibility: Game["visibility"];
}

/**
 * Finds a game by its title, Steam's or the owner's: for a program that was only started through Steam, nothing but a name is known.
 * If several match, the one with the strictest visibility, as there is no way to know which of them it is.
 */
function findNamed(database: Database, name: string): Game | null {
  const wanted = titleKey(name);
  const [found] = database.drizzle
    .all<Named>(
      sql`SELECT g.id, ${titleOf} AS title, g.title AS steam_title, g.visibility FROM games g`,
    )
    .filter(
      ({ title, steam_title }) => titleKey(title) === wanted || titleKey(steam_title) === wanted,
    )
    .sort((a, b) => VISIBILITIES.indexOf(b.visibility) - VISIBILITIES.indexOf(a.visibility));
  return found === undefined ? null : first(database, sql`g.id = ${found.id}`);
}

/** Removes case, punctuation, spaces and ™, so that spellings of one title compare equal. */
function titleKey(title: string): string {
  // Before it is normalized, which would make letters of it.
  const plain = title
    .replaceAll(/™|\(tm\)/giu, "")
    .normalize("NFKC")
    .toLowerCase();
  return plain.replaceAll(/[^\p{L}\p{N}]/gu, "") || plain.trim();
}

/** The start of the stretch in which a game is being seen: it outlives the poller that saw it begin. */
function sittingStart(
  database: Database,
  { appId, name, now }: { appId: number | null; name: string | null; now: number },
): string | null {
  const row = database
    .prepare<{ startedAt: number }>(
      `SELECT started_at AS startedAt FROM presence_intervals
       WHERE not_after IS NULL AND last_seen_at > ?1 AND app_id IS ?2 AND (?2 IS NOT NULL OR game_name = ?3)
       ORDER BY started_at LIMIT 1`,
    )
    .get(now - OUTAGE_MS, appId, name);
  return instantOrNull(row?.startedAt ?? null);
}

function first(database: Database, condition: SQL): Game | null {
  const [row] = database.drizzle.all<GameRow>(sql`
    SELECT ${gameColumns} FROM games g WHERE ${condition}
    ORDER BY g.last_played_at DESC, g.id DESC LIMIT 1`);
  return row === undefined ? null : toGame(row);
}
