import type { Database as Sqlite } from "bun:sqlite";
import { GAME_STATUSES, type Game } from "@tracker/contracts";
import type { RoundedTotal } from "@tracker/playtime";
import { fold } from "./fold.ts";
import { type OldRow, type ReadingNotes, readTable } from "./old-table.ts";
import {
  readDate,
  readFlag,
  readHours,
  readNumber,
  readOldInstant,
  readText,
} from "./old-value.ts";

/** A game as an older tracker knew it. What is null it did not know. */
export interface OldGame {
  /** Its id there; several when the same game stood there more than once. */
  readonly ids: readonly number[];
  readonly title: string;
  readonly platform: string | null;
  readonly status: Game["status"] | null;
  readonly rating: number | null;
  readonly hours: RoundedTotal | null;
  readonly steamAppId: number | null;
  readonly coverUrl: string | null;
  readonly completionDate: string | null;
  readonly lastPlayedAt: number | null;
  readonly createdAt: number | null;
  readonly isFavorite: boolean;
  readonly notes: string | null;
  /** Deleted there by hand; only its nightly rows were left. */
  readonly isDeleted: boolean;
}

export const PLATFORM_DEFAULT = "PC";
const APP_ID_MAX = 4_294_967_295;
const URL_LENGTH_MAX = 2_000;

const COLUMNS = [
  "id",
  "title",
  "platform",
  "status",
  "rating",
  "hours_played",
  "steam_app_id",
  "cover_url",
  "completion_date",
  "last_played_at",
  "is_favorite",
  "notes",
  "created_at",
] as const;
type GameRow = OldRow<(typeof COLUMNS)[number]>;

/** Reads every game that has a title; the same game standing there twice is one. */
export function readOldGames(raw: Sqlite, notes: ReadingNotes): OldGame[] {
  const games = new Map<string, OldGame>();
  for (const row of readTable(raw, notes, "games", COLUMNS)) {
    const game = readGame(row, notes);
    if (game === null) continue;
    const key = identityOf(game);
    const known = games.get(key);
    if (known !== undefined) {
      notes.ignored.push(
        `game ${game.ids[0]}, “${game.title}”: the same as game ${known.ids[0]}, and taken together with it`,
      );
    }
    games.set(key, known === undefined ? game : together(known, game));
  }
  return [...games.values()];
}

/** What makes two rows the same game: the Steam app, else title and platform. */
export function identityOf({ steamAppId, title, platform }: OldGame): string {
  if (steamAppId !== null) return `app ${steamAppId}`;
  return `title ${fold(title)} on ${fold(platform ?? PLATFORM_DEFAULT)}`;
}

function readGame(row: GameRow, notes: ReadingNotes): OldGame | null {
  const id = readNumber(row.id);
  const title = readText(row.title);
  if (typeof id !== "number" || title === null) {
    notes.unreadable.push(
      `games, id ${String(row.id)}: it has no ${title === null ? "title" : "id"}`,
    );
    return null;
  }
  const where = `games, id ${id}, “${title}”`;
  const kept = <T>(name: keyof GameRow, value: T | undefined, expected: string): T | null => {
    if (value !== undefined) return value;
    notes.unreadable.push(
      `${where}: ${name} ${JSON.stringify(row[name])}, expected ${expected}; left empty`,
    );
    return null;
  };
  return {
    ids: [id],
    title,
    platform: readText(row.platform),
    status: kept("status", readStatus(row.status), `one of ${GAME_STATUSES.join(", ")}`),
    rating: kept("rating", readRating(row.rating), "0 to 10"),
    hours: kept("hours_played", readHours(row.hours_played), "hours"),
    steamAppId: kept("steam_app_id", readAppId(row.steam_app_id), "a Steam app id"),
    coverUrl: kept("cover_url", readUrl(row.cover_url), "an http or https address"),
    completionDate: kept("completion_date", readDate(row.completion_date), "a day"),
    lastPlayedAt: kept("last_played_at", readOldInstant(row.last_played_at), "an instant in UTC"),
    createdAt: kept("created_at", readOldInstant(row.created_at), "an instant in UTC"),
    isFavorite: readFlag(row.is_favorite),
    notes: readText(row.notes),
    isDeleted: false,
  };
}

function together(one: OldGame, other: OldGame): OldGame {
  const hours =
    (one.hours?.nearest ?? -1) >= (other.hours?.nearest ?? -1) ? one.hours : other.hours;
  return {
    ...one,
    ids: [...one.ids, ...other.ids],
    platform: one.platform ?? other.platform,
    status: one.status ?? other.status,
    rating: one.rating ?? other.rating,
    hours,
    coverUrl: one.coverUrl ?? other.coverUrl,
    completionDate: one.completionDate ?? other.completionDate,
    lastPlayedAt: one.lastPlayedAt ?? other.lastPlayedAt,
    createdAt: one.createdAt ?? other.createdAt,
    isFavorite: one.isFavorite || other.isFavorite,
    notes: one.notes ?? other.notes,
  };
}

function readStatus(value: unknown): Game["status"] | null | undefined {
  const text = readText(value);
  return text === null ? null : GAME_STATUSES.find((status) => fold(status) === fold(text));
}

function readRating(value: unknown): number | null | undefined {
  const rating = readNumber(value);
  if (rating === null || rating === undefined) return rating;
  return rating >= 0 && rating <= 10 ? Math.round(rating * 2) / 2 : undefined;
}

function readAppId(value: unknown): number | null | undefined {
  const id = readNumber(value);
  if (id === null || id === undefined || id === 0) return id === 0 ? null : id;
  return Number.isInteger(id) && id > 0 && id <= APP_ID_MAX ? id : undefined;
}

function readUrl(value: unknown): string | null | undefined {
  const text = readText(value);
  if (text === null) return null;
  return /^https?:\/\//.test(text) && text.length <= URL_LENGTH_MAX ? text : undefined;
}
