import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { Database as Sqlite } from "bun:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "@tracker/service";
import { readConfig } from "./config.ts";
import { copyDatabase } from "./copy.ts";
import { type Database, openDatabase } from "./database.ts";
import { adoptLibrary, type AdoptionResult } from "./old-adoption.ts";
import { openOldFile } from "./old-file.ts";
import { type OldLibrary, readOldLibrary } from "./old-library.ts";
import { adoptionReport } from "./old-report.ts";
import { recutDays, storedCalendar } from "./rebuild.ts";
import { foldLog } from "./restore.ts";

export interface AdoptOptions {
  readonly file: string;
  /** Without it nothing is written: the report is of a copy on which the adoption was tried. */
  readonly apply: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Takes over an older tracker's database, or shows what that would do, and answers the report. A dry run works on a copy of this
 * tracker's database, so that what it shows is what will be; it may be made while the tracker runs.
 */
export function adoptDatabase(env: Environment, options: AdoptOptions): string {
  const library = readFile(options.file);
  return options.apply ? applyTo(env, library, options.now) : tryOut(env, library, options);
}

function readFile(path: string): OldLibrary {
  using file = openOldFile(path);
  return readOldLibrary(file.raw);
}

function tryOut(env: Environment, library: OldLibrary, { file, now }: AdoptOptions): string {
  const { databasePath } = readConfig(env);
  const folder = mkdtempSync(join(tmpdir(), "tracker-adopt-"));
  try {
    const copy = join(folder, "tracker.db");
    if (existsSync(databasePath)) copyTo(databasePath, copy);
    using database = openDatabase(copy);
    const report = adoptionReport(library, adopt(env, database, library, now));
    return `${report}\n\nNothing was written. To take it over, stop the tracker and say: tracker adopt ${file} --apply`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyTo(source: string, target: string): void {
  using raw = new Sqlite(source, { readonly: true, strict: true });
  raw.run("VACUUM INTO ?", [target]);
}

function applyTo(env: Environment, library: OldLibrary, now: number): string {
  const { databasePath, backupsFolder } = readConfig(env);
  const isFirst = !existsSync(databasePath);
  // Refused while anybody else has it open.
  if (!isFirst) foldLog(databasePath);
  using database = openDatabase(databasePath, { backupsFolder });
  const copy = isFirst ? null : copyDatabase(database.raw, backupsFolder, "before-adoption");
  const result = adopt(env, database, library, now);
  const report = adoptionReport(library, result);
  if (!result.changed) {
    // The newest copy outlives all others, so it has to be the one from before something was taken over.
    if (copy !== null) rmSync(copy);
    return `${report}\n\nNothing was written: all of it is here already`;
  }
  const kept = copy === null ? "" : `; the database as it was before is ${copy}`;
  return `${report}\n\nTaken over${kept}`;
}

function adopt(
  env: Environment,
  database: Database,
  library: OldLibrary,
  now: number,
): AdoptionResult {
  // The days of a database that has some are cut as they were; its own next start takes over another zone.
  const calendar = storedCalendar(database) ?? readConfig(env).calendar;
  recutDays(database, calendar, now);
  return adoptLibrary(database, calendar, library, now);
}
