import { dayStart, type Calendar } from "@tracker/playtime";
import type { Database } from "./database.ts";
import { fold } from "./fold.ts";
import { type OldGame, PLATFORM_DEFAULT } from "./old-game.ts";
import type { OldAchievement } from "./old-library.ts";
import type { OwnGame } from "./old-match.ts";
import { setGameTags } from "./tag.ts";

export interface NewGameOptions {
  readonly requestId: string;
  readonly runId: string;
  readonly now: number;
}

/** The older tracker gave every imported game this status, so it says nothing about what a person chose. */
const STATUS_OF_IMPORTS = "Playing";

/** Adds an old game that is not here, without hours: those follow through the ledger. */
export function insertOldGame(
  database: Database,
  game: OldGame,
  { requestId, runId, now }: NewGameOptions,
): number {
  const chosen = game.status !== null && game.status !== STATUS_OF_IMPORTS;
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO games (title, platform, status, status_set_at, rating, steam_app_id, cover_url, completion_date,
         steam_last_played_at, last_played_at, is_favorite, notes, archived_at, request_id, added_run_id, created_at, updated_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?15)`,
    )
    .run(
      game.title,
      game.platform ?? PLATFORM_DEFAULT,
      game.status ?? "Backlog",
      chosen ? now : null,
      game.rating,
      game.steamAppId,
      game.coverUrl,
      game.completionDate,
      notLater(game.lastPlayedAt, now),
      game.isFavorite ? 1 : 0,
      game.notes,
      game.isDeleted ? now : null,
      requestId,
      runId,
      now,
    );
  return Number(lastInsertRowid);
}

function notLater(instant: number | null, now: number): number | null {
  return instant === null || instant > now ? null : instant;
}

/** What became of one field of a game that is here already. */
export interface FieldChange {
  readonly column: string;
  readonly value: string | number | null;
}

export interface FieldComparison {
  readonly filled: readonly FieldChange[];
  /** Fields with different values here and there: the value here stays. */
  readonly conflicts: readonly string[];
}

/** Compares a game with its old counterpart: fields empty here are filled, different ones are reported and kept. */
export function compareFields(own: OwnGame, game: OldGame, now: number): FieldComparison {
  const filled: FieldChange[] = [];
  const conflicts: string[] = [];
  const compare = (
    name: string,
    column: string,
    here: string | number | null,
    there: string | number | null,
  ) => {
    if (there === null || here === there) return;
    if (here === null) filled.push({ column, value: there });
    else conflicts.push(`${name}: ${JSON.stringify(here)} here, ${JSON.stringify(there)} there`);
  };
  compare("rating", "rating", own.rating, game.rating);
  compare("completion date", "completion_date", own.completionDate, game.completionDate);
  compare("notes", "notes", own.notes, game.notes);
  if (own.coverUrl === null) compare("cover", "cover_url", null, game.coverUrl);
  if (own.steamAppId === null) compare("Steam app", "steam_app_id", null, game.steamAppId);
  if (own.steamLastPlayedAt === null) {
    compare("last played", "steam_last_played_at", null, notLater(game.lastPlayedAt, now));
  }
  if (game.isFavorite && own.isFavorite === 0) filled.push({ column: "is_favorite", value: 1 });
  const status = game.status === STATUS_OF_IMPORTS ? null : game.status;
  // A sync gives every game a status; it is a person's once a person, or its last achievement, has set it.
  const isNobodys =
    own.statusSetAt === null && own.autoCompletedAt === null && own.requestId === null;
  if (isNobodys && status !== null && status !== own.status) {
    filled.push({ column: "status", value: status }, { column: "status_set_at", value: now });
  } else compare("status", "status", own.status, status);
  return { filled, conflicts };
}

export function fillFields(
  database: Database,
  gameId: number,
  filled: readonly FieldChange[],
  now: number,
): void {
  for (const { column, value } of filled) {
    database
      .prepare(`UPDATE games SET ${column} = ?1, updated_at = max(updated_at, ?2) WHERE id = ?3`)
      .run(value, now, gameId);
  }
}

const TAGS_MAX = 50;

/** Adds the tags that a game does not carry yet; answers how many. */
export function addTags(database: Database, gameId: number, names: readonly string[]): number {
  const present = database
    .prepare<{ name: string }>(
      "SELECT name FROM game_tags JOIN tags ON tags.id = tag_id WHERE game_id = ? ORDER BY tags.id",
    )
    .all(gameId)
    .map(({ name }) => name);
  const known = new Set(present.map(fold));
  const added = names.filter((name) => !known.has(fold(name)) && known.add(fold(name)));
  const fitting = added.slice(0, Math.max(0, TAGS_MAX - present.length));
  if (fitting.length > 0) setGameTags(database, gameId, [...present, ...fitting]);
  return fitting.length;
}

/**
 * Brings in the achievements of a game that has none yet: Steam's own list, where it is here, knows better. The older tracker knew the
 * day of an unlock but not the hour, so it is dated with that day's noon.
 */
export function addAchievements(
  database: Database,
  calendar: Calendar,
  gameId: number,
  achievements: readonly OldAchievement[],
): number {
  const present = database.prepare("SELECT 1 FROM achievements WHERE game_id = ?").get(gameId);
  if (present !== null) return 0;
  const insert = database.prepare(
    `INSERT INTO achievements (game_id, api_name, title, description, icon_url, unlocked, unlocked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (game_id, api_name) DO NOTHING`,
  );
  const hasNames = achievements.every(({ apiName }) => apiName !== null);
  let added = 0;
  for (const achievement of achievements) {
    const { apiName, title, description, iconUrl, unlocked, day } = achievement;
    const name = hasNames && apiName !== null ? apiName : adoptedName(achievement);
    const at = unlocked && day !== null ? dayStart(day, calendar) + NOON_MS : null;
    added += insert.run(gameId, name, title, description, iconUrl, unlocked ? 1 : 0, at).changes;
  }
  return added;
}

const NOON_MS = 12 * 3_600_000;

function adoptedName({ title, description }: OldAchievement): string {
  const hash = new Bun.CryptoHasher("sha256").update(JSON.stringify([title, description]));
  return `adopted:${hash.digest("hex").slice(0, 32)}`;
}
