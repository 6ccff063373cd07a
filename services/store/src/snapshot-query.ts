import {
  type getSnapshot as oneDefinition,
  type Input,
  type listSnapshots as listDefinition,
  type Output,
  PAGE_LIMIT_DEFAULT,
  ServiceError,
  type Snapshot,
} from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { decodeCursor, encodeCursor, type ListQuery, pageOf } from "./cursor.ts";
import type { Database } from "./database.ts";
import { readDay } from "./day-range.ts";
import { hoursOf } from "./game-row.ts";
import { invalid } from "./invalid.ts";

const AFTER_EVERY_DAY = "9999-99-99";

interface GameSnapshotRow {
  readonly game_id: number;
  readonly game_title: string;
  readonly cover_url: string | null;
  readonly minutes: number;
}

/** The nightly totals, newest first. */
export function listSnapshots(
  database: Database,
  input: Input<typeof listDefinition>,
): Output<typeof listDefinition> {
  const from = input.from === undefined ? "" : readDay(input.from, "/from");
  const to = input.to === undefined ? AFTER_EVERY_DAY : readDay(input.to, "/to");
  if (from > to) throw invalid("/from", `a day not after ${to}`, from);
  const limit = input.limit ?? PAGE_LIMIT_DEFAULT;
  const query: ListQuery = ["snapshots", input.from, input.to];
  const before = decodeCursor(query, Type.String(), input.cursor) ?? AFTER_EVERY_DAY;
  const rows = database
    .prepare<Snapshot>(
      `SELECT date, total_minutes, games_played FROM daily_snapshots
       WHERE date BETWEEN ? AND ? AND date < ? ORDER BY date DESC LIMIT ?`,
    )
    .all(from, to, before, limit + 1);
  return pageOf(
    rows,
    limit,
    (row) => row,
    (row) => encodeCursor(query, row.date),
  );
}

/** The library at the end of a day: each game's newest row up to it, most played first. NOT_FOUND for a day that has no snapshot. */
export function getSnapshot(
  database: Database,
  input: Input<typeof oneDefinition>,
): Output<typeof oneDefinition> {
  const date = readDay(input.date, "/date");
  const snapshot = database
    .prepare<Snapshot>(
      "SELECT date, total_minutes, games_played FROM daily_snapshots WHERE date = ?",
    )
    .get(date);
  if (snapshot === null) throw new ServiceError("NOT_FOUND", `there is no snapshot of ${date}`);
  const games = database
    .prepare<GameSnapshotRow>(
      `SELECT game_id, game_title, cover_url, minutes FROM daily_game_snapshots r
       WHERE date = (SELECT max(date) FROM daily_game_snapshots n
                     WHERE n.game_id = r.game_id AND n.date <= ?)
       ORDER BY minutes DESC, game_id`,
    )
    .all(date);
  return {
    ...snapshot,
    games: games.map(({ game_id, game_title, cover_url, minutes }) => {
      return { game_id, game_title, cover_url, minutes, hours_played: hoursOf(minutes) };
    }),
  };
}
