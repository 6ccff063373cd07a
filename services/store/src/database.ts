import { Database as Sqlite, type SQLQueryBindings, type Statement } from "bun:sqlite";
import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { ServiceError } from "@tracker/contracts";
import { ConfigError } from "@tracker/service";
import { type BunSQLiteDatabase, drizzle } from "drizzle-orm/bun-sqlite";
import { defineFold } from "./fold.ts";
import { migrate } from "./migrate.ts";
import * as schema from "./schema.ts";
import { openingProblem, writeProblemOf } from "./trouble.ts";

export interface DatabaseOptions {
  /** Where the copy made before a migration goes; default `backups` beside the file. */
  readonly backupsFolder?: string;
  /** For tests of the migrations themselves. */
  readonly migrationsFolder?: string;
  /** Stops at this version, for data of an older schema that is migrated once it is there. */
  readonly schemaVersion?: number;
}

/** The open file: drizzle for typed queries, `raw` for everything else. Disposing folds the log into the file and closes it. */
export interface Database extends Disposable {
  readonly path: string;
  readonly raw: Sqlite;
  readonly drizzle: BunSQLiteDatabase<typeof schema>;
  readonly schemaVersion: number;
  /** Why the newest write failed (disk full, read-only file), in words for people, and when; null while writes work. */
  writeProblem: { readonly words: string; readonly at: number } | null;
  /** Browser logins that could not be written down (a full disk), by hash, until when: they hold while the process lives. */
  readonly unkeptLogins: Map<string, number>;
  /** Called after each committed transaction, so that what waits for commits need not poll. */
  readonly commitListeners: Set<() => void>;
  /** A prepared statement, kept for the next caller of the same SQL: `query()` of the driver keeps only 20. */
  prepare<Row>(sql: string): Statement<Row, SQLQueryBindings[]>;
}

const BUSY_TIMEOUT_MS = 5_000;

/** Opens (or makes) the database, brings its schema up to date and checks that it can be written. `:memory:` is for tests. */
export function openDatabase(path: string, options: DatabaseOptions = {}): Database {
  const inMemory = path === ":memory:";
  const statements = new Map<string, Statement>();
  let raw: Sqlite | undefined;
  try {
    if (!inMemory) makePrivate(path);
    raw = new Sqlite(path, { create: true, strict: true });
    configure(raw);
    const schemaVersion = migrate(raw, {
      backupsFolder: inMemory ? null : (options.backupsFolder ?? join(dirname(path), "backups")),
      ...(options.migrationsFolder === undefined ? {} : { folder: options.migrationsFolder }),
      ...(options.schemaVersion === undefined ? {} : { until: options.schemaVersion }),
    });
    return handle(path, raw, schemaVersion, statements);
  } catch (error) {
    raw?.close();
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(openingProblem(path, error), { cause: error });
  }
}

/** Nobody else reads the file, nor the log beside it, which takes its mode: also in a folder that others may read. */
function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!existsSync(path)) closeSync(openSync(path, "a", 0o600));
}

/** synchronous=FULL: what was committed survives a power cut, at 0.2 ms a commit. */
function configure(raw: Sqlite): void {
  raw.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  raw.run("PRAGMA journal_mode = WAL");
  raw.run("PRAGMA synchronous = FULL");
  raw.run("PRAGMA foreign_keys = ON");
  raw.run("PRAGMA cache_size = -16000");
  raw.run("PRAGMA temp_store = MEMORY");
  defineFold(raw);
  // SQLite opens a file that cannot be written as read-only, without an error, and lets a transaction begin. Only a write fails.
  raw.run("BEGIN IMMEDIATE");
  raw.run("PRAGMA user_version = 1");
  raw.run("ROLLBACK");
}

function handle(
  path: string,
  raw: Sqlite,
  schemaVersion: number,
  statements: Map<string, Statement>,
): Database {
  return {
    path,
    raw,
    drizzle: drizzle(raw, { schema }),
    schemaVersion,
    writeProblem: null,
    unkeptLogins: new Map(),
    commitListeners: new Set(),
    prepare<Row>(sql: string) {
      let statement = statements.get(sql);
      if (statement === undefined) {
        statement = raw.prepare(sql);
        statements.set(sql, statement);
      }
      return statement as Statement<Row, SQLQueryBindings[]>;
    },
    [Symbol.dispose]() {
      for (const statement of statements.values()) statement.finalize();
      if (path !== ":memory:") checkpoint(raw);
      raw.close();
    },
  };
}

function checkpoint(raw: Sqlite): void {
  try {
    raw.run("PRAGMA optimize");
    raw.run("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch {
    // A full disk must not keep the process from stopping; the log is folded in at the next start.
  }
}

/**
 * Runs `work` in one transaction and rolls all of it back when it throws. Synchronous on purpose: an async callback
 * would commit before its awaits ran. Inside another transaction it takes part in that one.
 */
export function inTransaction<T>(database: Database, work: () => T): T {
  if (database.raw.inTransaction) return work();
  try {
    database.raw.run("BEGIN IMMEDIATE");
    const before = countChanges(database);
    const result = work();
    if (result instanceof Promise) throw new Error("a transaction must not be async");
    const hasWritten = countChanges(database) > before;
    database.raw.run("COMMIT");
    // A transaction that wrote nothing works on a full disk too, and nobody waits for it.
    if (!hasWritten) return result;
    database.writeProblem = null;
    for (const listener of database.commitListeners) listener();
    return result;
  } catch (error) {
    if (database.raw.inTransaction) database.raw.run("ROLLBACK");
    const problem = writeProblemOf(error);
    if (problem === null) throw error;
    database.writeProblem = { words: problem, at: Date.now() };
    throw new ServiceError("UNAVAILABLE", `this was not kept: ${problem}`, { cause: error });
  }
}

function countChanges(database: Database): number {
  return (
    database.prepare<{ changes: number }>("SELECT total_changes() AS changes").get()?.changes ?? 0
  );
}
