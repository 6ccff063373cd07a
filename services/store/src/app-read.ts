import {
  APP_SOURCES,
  type App,
  type AppSource,
  type AppSummary,
  type FetchStatus,
  type getApp as definition,
  type getAppHistory as historyDefinition,
  type Input,
  type Output,
  PAGE_LIMIT_DEFAULT,
  ServiceError,
} from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import {
  APP_COLUMNS,
  type AppRow,
  type FigureRow,
  ownersOf,
  priceOf,
  reviewsOf,
  toAppSummary,
} from "./app-row.ts";
import { decodeCursor, encodeCursor, type ListQuery, pageOf } from "./cursor.ts";
import type { Database } from "./database.ts";
import { instantOf, instantOrNull } from "./instant.ts";

const SELECT = `SELECT ${APP_COLUMNS}, a.first_seen_at, a.missing_since, m.developers, m.publishers, m.languages,
    m.average_forever, m.average_2weeks, m.median_forever, m.median_2weeks
  FROM apps a LEFT JOIN app_metadata m ON m.app_id = a.app_id WHERE a.app_id = ?`;

interface DetailRow extends AppRow {
  readonly first_seen_at: number;
  readonly missing_since: number | null;
  readonly developers: string | null;
  readonly publishers: string | null;
  readonly languages: string | null;
  readonly average_forever: number | null;
  readonly average_2weeks: number | null;
  readonly median_forever: number | null;
  readonly median_2weeks: number | null;
}

/** Everything known of one app. */
export function getApp(
  database: Database,
  { app_id: appId }: Input<typeof definition>,
): Output<typeof definition> {
  const row = database.prepare<DetailRow>(SELECT).get(appId);
  if (row === null)
    throw new ServiceError("NOT_FOUND", `there is no app ${appId} in the catalogue`);
  return {
    ...toAppSummary(row),
    developers: namesOf(row.developers),
    publishers: namesOf(row.publishers),
    languages: namesOf(row.languages),
    genres: genresOf(database, appId),
    tags: tagsOf(database, appId),
    playtime: {
      average_forever: row.average_forever,
      average_2weeks: row.average_2weeks,
      median_forever: row.median_forever,
      median_2weeks: row.median_2weeks,
    },
    first_seen_at: instantOf(row.first_seen_at),
    left_at: row.is_active === 1 ? null : instantOrNull(row.missing_since),
    absences: absencesOf(database, appId),
    sources: sourcesOf(database, appId),
  };
}

/** What a game of the library shows of its app; null when the catalogue does not know it. */
export function findAppSummary(database: Database, appId: number | null): AppSummary | null {
  if (appId === null) return null;
  const row = database
    .prepare<AppRow>(
      `SELECT ${APP_COLUMNS} FROM apps a LEFT JOIN app_metadata m ON m.app_id = a.app_id WHERE a.app_id = ?`,
    )
    .get(appId);
  return row === null ? null : toAppSummary(row);
}

/** How its figures changed, newest first. */
export function getAppHistory(
  database: Database,
  { app_id: appId, limit = PAGE_LIMIT_DEFAULT, cursor }: Input<typeof historyDefinition>,
): Output<typeof historyDefinition> {
  const query: ListQuery = ["app-history", appId];
  const before = decodeCursor(query, Type.Integer(), cursor) ?? Number.MAX_SAFE_INTEGER;
  if (database.prepare("SELECT 1 FROM apps WHERE app_id = ?").get(appId) === null) {
    throw new ServiceError("NOT_FOUND", `there is no app ${appId} in the catalogue`);
  }
  const rows = database
    .prepare<FigureRow & { at: number }>(
      "SELECT * FROM app_history WHERE app_id = ? AND at < ? ORDER BY at DESC LIMIT ?",
    )
    .all(appId, before, limit + 1);
  const toItem = (row: FigureRow & { at: number }) => ({
    at: instantOf(row.at),
    owners: ownersOf(row),
    reviews: reviewsOf(row),
    ccu: row.ccu,
    price: priceOf(row),
  });
  return pageOf(rows, limit, toItem, (row) => encodeCursor(query, row.at));
}

function namesOf(json: string | null): string[] {
  return json === null ? [] : (JSON.parse(json) as string[]);
}

function genresOf(database: Database, appId: number): string[] {
  return database
    .prepare<{ name: string }>(
      "SELECT w.name FROM app_genres g JOIN app_words w ON w.id = g.word_id WHERE g.app_id = ? ORDER BY w.name",
    )
    .all(appId)
    .map(({ name }) => name);
}

function tagsOf(database: Database, appId: number): App["tags"] {
  return database
    .prepare<App["tags"][number]>(
      `SELECT w.name, t.weight FROM app_tags t JOIN app_words w ON w.id = t.word_id
       WHERE t.app_id = ? ORDER BY t.weight DESC, w.name`,
    )
    .all(appId);
}

function absencesOf(database: Database, appId: number): App["absences"] {
  return database
    .prepare<{ left_at: number; returned_at: number | null }>(
      "SELECT left_at, returned_at FROM app_tombstones WHERE app_id = ? ORDER BY left_at DESC",
    )
    .all(appId)
    .map((row) => ({
      left_at: instantOf(row.left_at),
      returned_at: instantOrNull(row.returned_at),
    }));
}

interface SourceRow {
  readonly source: AppSource;
  readonly fetch_status: FetchStatus;
  readonly fetch_attempts: number;
  readonly last_updated: number | null;
  readonly next_due: number | null;
  readonly error: string | null;
}

function sourcesOf(database: Database, appId: number): App["sources"] {
  return database
    .prepare<SourceRow>(
      `SELECT source, fetch_status, fetch_attempts, last_updated, next_due, error FROM app_sources
       WHERE source IN (?, ?, ?, ?) AND app_id = ? ORDER BY source`,
    )
    .all(...APP_SOURCES, appId)
    .map(({ last_updated: updated, next_due: due, ...same }) =>
      Object.assign(same, {
        last_updated: instantOrNull(updated),
        next_due: instantOrNull(due),
      }),
    );
}
