import type { Database as Sqlite } from "bun:sqlite";
import { readOldGames } from "./old-game.ts";
import { type OldGameHistory, readHistories } from "./old-nights.ts";
import { columnsOf, noteOtherTables, ReadingNotes, readTable } from "./old-table.ts";
import { readDate, readFlag, readNumber, readText } from "./old-value.ts";

/** An achievement as an older tracker kept it: by its title, with the day of its unlock. */
export interface OldAchievement {
  /** Steam's own name for it, where an older tracker kept that too. */
  readonly apiName: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly iconUrl: string | null;
  readonly unlocked: boolean;
  readonly day: string | null;
}

export interface OldImportStatus {
  readonly steamAppId: number;
  readonly gameImported: boolean;
  readonly errorMessage: string | null;
}

/** Everything that an older tracker's database holds, by its own game ids. */
export interface OldLibrary {
  readonly histories: readonly OldGameHistory[];
  readonly achievements: ReadonlyMap<number, readonly OldAchievement[]>;
  /** How many rows of achievements stood there again. */
  readonly achievementsFolded: number;
  readonly tags: ReadonlyMap<number, readonly string[]>;
  readonly statuses: readonly OldImportStatus[];
  readonly nights: number;
  readonly notes: ReadingNotes;
}

const TABLES = [
  "games",
  "achievements",
  "tags",
  "game_tags",
  "daily_snapshots",
  "daily_game_snapshots",
  "steam_import_status",
];

export function readOldLibrary(raw: Sqlite): OldLibrary {
  const notes = new ReadingNotes();
  const games = readOldGames(raw, notes);
  const histories = readHistories(raw, games, notes);
  const { achievements, folded } = readAchievements(raw, notes);
  const library = {
    histories,
    achievements,
    achievementsFolded: folded,
    tags: readTags(raw, notes),
    statuses: readStatuses(raw, notes),
    nights: new Set(histories.flatMap(({ nights }) => nights.map((night) => night.date))).size,
    notes,
  };
  noteOtherTables(raw, notes, TABLES);
  return library;
}

const ACHIEVEMENT_COLUMNS = [
  "game_id",
  "title",
  "description",
  "date",
  "unlocked",
  "icon_url",
  "api_name",
] as const;

/** A second sync inserted every achievement again: rows of one title and description are one, unlocked if any is, on its first day. */
function readAchievements(raw: Sqlite, notes: ReadingNotes) {
  const byGame = new Map<number, Map<string, OldAchievement>>();
  const own = new ReadingNotes();
  let folded = 0;
  for (const row of readTable(raw, own, "achievements", ACHIEVEMENT_COLUMNS)) {
    const gameId = readNumber(row.game_id);
    const title = readText(row.title);
    if (typeof gameId !== "number" || title === null) {
      notes.unreadable.push(
        `achievements: a row without a ${title === null ? "title" : "game"}; passed over`,
      );
      continue;
    }
    const day = readDate(row.date);
    if (day === undefined) {
      notes.unreadable.push(
        `achievements, “${title}” of game ${gameId}: date ${JSON.stringify(row.date)}, expected a day; left empty`,
      );
    }
    const achievement = {
      apiName: readText(row.api_name),
      title,
      description: readText(row.description),
      iconUrl: readText(row.icon_url),
      unlocked: row.unlocked === null ? day != null : readFlag(row.unlocked),
      day: day ?? null,
    };
    const known = byGame.get(gameId) ?? new Map<string, OldAchievement>();
    const key = achievement.apiName ?? JSON.stringify([title, achievement.description]);
    const before = known.get(key);
    if (before !== undefined) folded += 1;
    known.set(key, before === undefined ? achievement : foldTogether(before, achievement));
    byGame.set(gameId, known);
  }
  notes.missing.push(...own.missing.filter((name) => name !== "achievements.api_name"));
  notes.ignored.push(...own.ignored);
  const achievements = new Map([...byGame].map(([id, rows]) => [id, [...rows.values()]] as const));
  return { achievements, folded };
}

function foldTogether(one: OldAchievement, other: OldAchievement): OldAchievement {
  const days = [one.day, other.day].filter((day) => day !== null).sort();
  return {
    ...one,
    iconUrl: one.iconUrl ?? other.iconUrl,
    unlocked: one.unlocked || other.unlocked,
    day: days[0] ?? null,
  };
}

/** Neither description of the older tracker shows its table of tags: either a table between, or each tag with its game. */
function readTags(raw: Sqlite, notes: ReadingNotes): Map<number, string[]> {
  const columns = columnsOf(raw, "tags");
  const tags = new Map<number, string[]>();
  if (columns.length === 0) return tags;
  const name = ["name", "tag", "title"].find((known) => columns.includes(known));
  const between = columnsOf(raw, "game_tags");
  const sql = between.includes("tag_id")
    ? `SELECT game_id, tags."${name}" AS tag FROM game_tags JOIN tags ON tags.id = tag_id ORDER BY game_id, tag`
    : `SELECT game_id, "${name}" AS tag FROM tags ORDER BY game_id, tag`;
  const hasGames = between.includes("tag_id") || columns.includes("game_id");
  if (name === undefined || !hasGames) {
    notes.unreadable.push(
      `tags: expected a name and a game, found only the columns ${columns.join(", ")}`,
    );
    return tags;
  }
  for (const row of raw.query<{ game_id: unknown; tag: unknown }, []>(sql).all()) {
    const gameId = readNumber(row.game_id);
    const tag = readText(row.tag);
    if (typeof gameId !== "number" || tag === null) continue;
    if (tag.length > 50)
      notes.unreadable.push(`tags: one of game ${gameId} is longer than 50 characters`);
    else tags.set(gameId, [...(tags.get(gameId) ?? []), tag]);
  }
  return tags;
}

function readStatuses(raw: Sqlite, notes: ReadingNotes): OldImportStatus[] {
  const columns = [
    "steam_app_id",
    "game_imported",
    "achievements_imported",
    "error_message",
  ] as const;
  return readTable(raw, notes, "steam_import_status", columns).flatMap((row) => {
    const steamAppId = readNumber(row.steam_app_id);
    if (typeof steamAppId !== "number" || !Number.isInteger(steamAppId) || steamAppId < 1) {
      notes.unreadable.push(`steam_import_status: app ${String(row.steam_app_id)}; passed over`);
      return [];
    }
    const gameImported = readFlag(row.game_imported);
    return [{ steamAppId, gameImported, errorMessage: readText(row.error_message) }];
  });
}
