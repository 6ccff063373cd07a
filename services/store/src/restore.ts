import { Database as Sqlite } from "bun:sqlite";
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ConfigError } from "@tracker/service";
import { backupsFolder, databasePath } from "./config.ts";
import { checkCopy, syncFile } from "./copy.ts";
import { openDatabase } from "./database.ts";

/**
 * Puts a backup in the place of the database and answers what it did. The backup is checked, and brought up to date where it is
 * of an older version, before anything is touched; the database that was there is kept beside the backups.
 */
export function restoreDatabase(dataDir: string, file: string): string {
  const path = databasePath(dataDir);
  const next = `${path}.restored`;
  mkdirSync(dirname(path), { recursive: true });
  prepare(file, next, backupsFolder(dataDir));
  const replaced = setAside(path, backupsFolder(dataDir));
  renameSync(next, path);
  const kept = replaced === null ? "" : `; the database that was there is now ${replaced}`;
  return `restored ${basename(file)}${kept}`;
}

function prepare(file: string, next: string, backups: string): void {
  if (!existsSync(file)) throw new ConfigError(`there is no file ${file}`);
  removeFiles(next);
  try {
    checkCopy(file);
    copyFileSync(file, next);
    openDatabase(next, { backupsFolder: backups })[Symbol.dispose]();
    syncFile(next);
  } catch (error) {
    removeFiles(next);
    const reason = error instanceof Error ? error.message : "unknown error";
    throw new ConfigError(`${file} cannot be restored: ${reason}`, { cause: error });
  }
}

/** Moves the present database away, and answers where to; null when there is none. */
function setAside(path: string, backups: string): string | null {
  if (!existsSync(path)) return null;
  foldLog(path);
  mkdirSync(backups, { recursive: true });
  const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const kept = join(backups, `tracker-replaced-${stamp}.db`);
  for (const suffix of ["", "-wal", "-shm"]) {
    if (existsSync(path + suffix)) renameSync(path + suffix, kept + suffix);
  }
  return kept;
}

/** Leaving WAL mode takes the last change into the file, and is refused while anybody else has it open. */
export function foldLog(path: string): void {
  try {
    using database = new Sqlite(path, { readwrite: true, create: false, strict: true });
    database.run("PRAGMA journal_mode = DELETE");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!code.startsWith("SQLITE_BUSY")) return; // Damaged: it is moved away as it is.
    throw new ConfigError("the database is in use: stop the tracker first", { cause: error });
  }
}

function removeFiles(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
}
