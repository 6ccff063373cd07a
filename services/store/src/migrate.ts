import type { Database as Sqlite } from "bun:sqlite";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "@tracker/service";
import { copyDatabase } from "./copy.ts";

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

const MIGRATIONS_FOLDER = join(import.meta.dir, "../../../migrations");
const NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

export interface MigrateOptions {
  readonly folder?: string;
  readonly backupsFolder: string | null;
  /** The last one to apply, for data of an older schema; default the newest. */
  readonly until?: number;
}

/** The schema that this program knows. */
export function newestSchemaVersion(): number {
  return readMigrations(MIGRATIONS_FOLDER).length;
}

/**
 * Applies the migrations that the database does not have yet, each in a transaction of its own, and answers its version.
 * Foreign keys are off meanwhile, because rebuilding a table with them on deletes its children (drizzle#4938), and checked
 * before each commit. A database that already has a schema is copied into `backupsFolder` first, and the copy checked.
 */
export function migrate(
  raw: Sqlite,
  { folder = MIGRATIONS_FOLDER, backupsFolder, until = Infinity }: MigrateOptions,
): number {
  const known = readMigrations(folder);
  const version = checkApplied(raw, known);
  const pending = known.filter(
    (migration) => migration.version > version && migration.version <= until,
  );
  if (pending.length === 0) return version;
  if (version > 0 && backupsFolder !== null)
    copyDatabase(raw, backupsFolder, `before-${version + 1}`);
  raw.run("PRAGMA foreign_keys = OFF");
  try {
    for (const migration of pending) apply(raw, migration);
  } finally {
    raw.run("PRAGMA foreign_keys = ON");
  }
  return pending.at(-1)?.version ?? version;
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  return names.map((name, index) => {
    const version = Number(NAME.exec(name)?.[1]);
    if (version !== index + 1) {
      throw new Error(`migrations: expected number ${index + 1}, got ${name}`);
    }
    const sql = readFileSync(join(folder, name), "utf8");
    return { version, name, sql, sha256: new Bun.CryptoHasher("sha256").update(sql).digest("hex") };
  });
}

/** The version of the database, after making sure that it is ours and that its past is the one we know. */
function checkApplied(raw: Sqlite, known: readonly Migration[]): number {
  const tables = raw
    .query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map(({ name }) => name);
  if (!tables.includes("schema_migrations")) {
    if (tables.length === 0) return 0;
    throw new ConfigError(
      "the database was not made by this program: set another DATA_DIR, or take it over with tracker adopt FILE",
    );
  }
  const applied = raw
    .query<{ version: number; sha256: string }, []>(
      "SELECT version, sha256 FROM schema_migrations ORDER BY version",
    )
    .all();
  for (const { version, sha256 } of applied) {
    const migration = known[version - 1];
    if (migration === undefined) {
      throw new ConfigError(
        `the database is from a newer version (schema ${applied.length}, this program knows ${known.length}): start that version or restore a backup`,
      );
    }
    if (migration.sha256 !== sha256) {
      throw new ConfigError(
        `the database was made with another ${migration.name}: a migration is never edited once released; restore the file`,
      );
    }
  }
  return applied.length;
}

function apply(raw: Sqlite, { version, name, sql, sha256 }: Migration): void {
  raw.transaction(() => {
    raw.run(
      "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT",
    );
    raw.run(sql);
    const broken = raw.query("PRAGMA foreign_key_check").all();
    if (broken.length > 0) {
      throw new Error(`${name} would leave ${broken.length} rows without what they refer to`);
    }
    raw.run("INSERT INTO schema_migrations VALUES (?, ?, ?, ?)", [
      version,
      name,
      sha256,
      Date.now(),
    ]);
  })();
}
