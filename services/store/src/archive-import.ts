import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { ServiceError } from "@tracker/contracts";
import { countUnbalanced } from "./balance.ts";
import { indexApp } from "./app-index.ts";
import { loadArchive } from "./archive-load.ts";
import { openArchive } from "./archive-read.ts";
import { ARCHIVED_TABLES } from "./archive-table.ts";
import { databasePath } from "./config.ts";
import { type Database, inTransaction, openDatabase } from "./database.ts";
import { newestSchemaVersion } from "./migrate.ts";
import { foldLog } from "./restore.ts";
import { makeWritableFolder } from "./trouble.ts";

/** A tracker that was only started has a calendar, and nothing that could be lost. */
const MAY_BE_THERE = "settings";

/**
 * Brings an archive into an empty tracker that is not running, and answers what it did. The archive is first built into a database
 * of its own and judged there; what is empty is then filled in one transaction, and on any trouble nothing has changed.
 */
export async function importArchive(dataDir: string, file: string): Promise<string> {
  const path = databasePath(dataDir);
  const isFirst = !existsSync(path);
  await using archive = await openArchive(file, newestSchemaVersion());
  // Before the long work: refused while anybody else has it open, or when there is something in it.
  if (!isFirst) {
    foldLog(path);
    using database = openDatabase(path);
    refuseFilled(database);
  }
  makeWritableFolder(path);
  const folder = mkdtempSync(join(dataDir, "import-"));
  try {
    const staged = join(folder, "tracker.db");
    await loadArchive(archive, staged);
    const games = takeOver(path, staged);
    return `imported ${basename(file)}, exported at ${archive.manifest.exported_at}: ${games} games`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function refuseFilled(database: Database): void {
  for (const { name } of ARCHIVED_TABLES) {
    if (name === MAY_BE_THERE) continue;
    const { rows } = database.raw
      .query<{ rows: number }, []>(`SELECT count(*) AS rows FROM ${name}`)
      .get() ?? { rows: 0 };
    if (rows > 0) {
      throw new ServiceError(
        "CONFLICT",
        `this tracker is not empty (${rows} rows in ${name}): an archive is only brought into an empty one; set another DATA_DIR`,
      );
    }
  }
}

/** Copies every row of the staged database, and answers how many games there are now. */
function takeOver(path: string, staged: string): number {
  using database = openDatabase(path);
  database.raw.run("ATTACH ? AS staged", [staged]);
  return inTransaction(database, () => {
    refuseFilled(database);
    for (const { name } of ARCHIVED_TABLES) {
      const columns = database.raw
        .query<{ name: string }, [string]>("SELECT name FROM pragma_table_info(?)")
        .all(name)
        .map((column) => column.name)
        .join(", ");
      const verb = name === MAY_BE_THERE ? "INSERT OR REPLACE" : "INSERT";
      database.raw.run(
        `${verb} INTO main.${name} (${columns}) SELECT ${columns} FROM staged.${name}`,
      );
    }
    indexApps(database);
    const unbalanced = countUnbalanced(database);
    if (unbalanced > 0) {
      throw new ServiceError(
        "INVALID",
        `the archive is refused: ${unbalanced} games do not add up`,
      );
    }
    return (
      database.raw.query<{ games: number }, []>("SELECT count(*) AS games FROM games").get()
        ?.games ?? 0
    );
  });
}

/** What search looks at is derived, and in no archive. */
function indexApps(database: Database): void {
  const apps = database.raw.query<{ app_id: number }, []>("SELECT app_id FROM apps");
  for (const { app_id: appId } of apps.all()) indexApp(database, appId, true);
}
