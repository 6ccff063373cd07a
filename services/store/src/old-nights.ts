import type { Database as Sqlite } from "bun:sqlite";
import type { RoundedReading } from "@tracker/playtime";
import { fold } from "./fold.ts";
import type { OldGame } from "./old-game.ts";
import { nightOf } from "./old-night.ts";
import { type ReadingNotes, readTable } from "./old-table.ts";
import { readDate, readHours, readNumber, readText } from "./old-value.ts";

/** A game's total on one night, as the nightly row says it. */
export interface OldNight extends RoundedReading {
  readonly date: string;
}

/** A game with its nightly rows, oldest first. */
export interface OldGameHistory {
  readonly game: OldGame;
  readonly nights: readonly OldNight[];
}

interface Series {
  title: string;
  coverUrl: string | null;
  readonly nights: Map<string, OldNight>;
}

const COLUMNS = ["date", "game_id", "game_title", "hours_played", "cover_url"] as const;

/**
 * Gives every game its nightly rows. Rows of a game that was deleted there by hand belong to the one game of the same title,
 * where it was added again, and else to a game of their own: history is not deleted.
 */
export function readHistories(
  raw: Sqlite,
  games: readonly OldGame[],
  notes: ReadingNotes,
): OldGameHistory[] {
  const series = readSeries(raw, notes);
  const ids = new Set(games.flatMap((game) => game.ids));
  const left = [...series].filter(([id]) => !ids.has(id));
  const extra = new Map<OldGame, Series[]>();
  const deleted: OldGameHistory[] = [];
  for (const [id, rows] of left) {
    const same = games.filter((game) => fold(game.title) === fold(rows.title));
    const [only] = same;
    const count = rows.nights.size;
    if (only !== undefined && same.length === 1) {
      extra.set(only, [...(extra.get(only) ?? []), rows]);
      notes.ignored.push(
        `${count} nightly rows of game ${id}, which is gone: they belong to “${only.title}” (game ${only.ids[0]}), which has its title`,
      );
      continue;
    }
    notes.ignored.push(
      `game ${id}, “${rows.title}”, was deleted there; its ${count} nightly rows come in as an archived game`,
    );
    deleted.push({ game: deletedGame(id, rows), nights: sorted([rows]) });
  }
  const present = games.map((game) => {
    const own = game.ids.flatMap((id) => series.get(id) ?? []);
    return { game, nights: sorted([...own, ...(extra.get(game) ?? [])]) };
  });
  return [...present, ...deleted];
}

function readSeries(raw: Sqlite, notes: ReadingNotes): Map<number, Series> {
  const series = new Map<number, Series>();
  for (const row of readTable(raw, notes, "daily_game_snapshots", COLUMNS)) {
    const id = readNumber(row.game_id);
    const date = readDate(row.date);
    const total = readHours(row.hours_played);
    if (typeof id !== "number" || typeof date !== "string" || !total) {
      notes.unreadable.push(
        `daily_game_snapshots, ${JSON.stringify(row.date)}, game ${String(row.game_id)}: expected a day, a game and hours, got ${JSON.stringify(row.hours_played)} hours; passed over`,
      );
      continue;
    }
    let rows = series.get(id);
    if (rows === undefined) {
      rows = { title: "", coverUrl: null, nights: new Map() };
      series.set(id, rows);
    }
    rows.title = readText(row.game_title) ?? (rows.title || `Game ${id}`);
    rows.coverUrl = readText(row.cover_url) ?? rows.coverUrl;
    rows.nights.set(date, { date, at: nightOf(date), ...total });
  }
  return series;
}

/** The rows of one or several ids of a game by night; where two say something, the higher total counts. */
function sorted(series: readonly Series[]): OldNight[] {
  const nights = new Map<string, OldNight>();
  for (const night of series.flatMap((rows) => [...rows.nights.values()])) {
    const other = nights.get(night.date);
    if (other === undefined || other.nearest < night.nearest) nights.set(night.date, night);
  }
  return [...nights.values()].sort((a, b) => a.at - b.at);
}

function deletedGame(id: number, { title, coverUrl, nights }: Series): OldGame {
  const [newest] = [...nights.values()].sort((a, b) => b.at - a.at);
  return {
    ids: [id],
    title,
    platform: null,
    status: null,
    rating: null,
    hours: newest ?? null,
    steamAppId: null,
    coverUrl: coverUrl !== null && /^https?:\/\//.test(coverUrl) ? coverUrl : null,
    completionDate: null,
    lastPlayedAt: null,
    createdAt: null,
    isFavorite: false,
    notes: null,
    isDeleted: true,
  };
}
