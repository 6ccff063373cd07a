import { Database as Sqlite } from "bun:sqlite";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, join } from "node:path";
import { ConfigError, errorCode, messageOf } from "@tracker/service";
import { backupsFolder, databasePath } from "./config.ts";
import { checkCopy, syncFile } from "./copy.ts";
import { backupMadeAt, newestBackupAt } from "./backup-list.ts";
import { lastBackupAt, noteBackup } from "./backup.ts";
import { type Database, openDatabase } from "./database.ts";
import { fileStamp } from "./instant.ts";
import { makeWritableFolder } from "./trouble.ts";

/**
 * Puts a backup in the place of the database and answers what it did. The backup is checked, and brought up to date where it is
 * of an older version, before anything is touched; the database that was there is kept beside the backups.
 */
export function restoreDatabase(dataDir: string, file: string): string {
  const path = databasePath(dataDir);
  const next = `${path}.restored`;
  makeWritableFolder(path);
  const replaced = replaceBy(file, { path, next, backups: backupsFolder(dataDir) });
  const kept = replaced === null ? "" : `; the database that was there is now ${replaced}`;
  return `restored ${basename(file)}${kept}`;
}

interface Places {
  readonly path: string;
  /** Where the copy that takes its place is made ready. Nothing is left there, whatever happens. */
  readonly next: string;
  readonly backups: string;
}

function replaceBy(file: string, { path, next, backups }: Places): string | null {
  if (!existsSync(file)) throw new ConfigError(`there is no file ${file}`);
  // A folder or a device would be read for ever, or not at all.
  if (!statSync(file).isFile()) throw new ConfigError(`${file}: expected a file`);
  try {
    removeFiles(next);
    prepare(file, next, backups);
    keepRevocations(path, next);
    const replaced = setAside(path, backups);
    renameSync(next, path);
    return replaced;
  } finally {
    removeFiles(next);
  }
}

function prepare(file: string, next: string, backups: string): void {
  try {
    checkCopy(file);
    copyFileSync(file, next);
    chmodSync(next, 0o600);
    {
      using database = openDatabase(next, { backupsFolder: backups });
      endJobs(database, file);
      noteKnownBackups(database, file, backups);
    }
    syncFile(next);
  } catch (error) {
    const reason = messageOf(error);
    throw new ConfigError(`${file} cannot be restored: ${reason}`, { cause: error });
  }
}

/**
 * A backup holds itself as a running job, which has made it and is done, and whatever else ran: that is over, and must not be done
 * again.
 */
function endJobs(database: Database, file: string): void {
  const madeAt = backupMadeAt(file);
  if (madeAt !== null) {
    const result = { file: basename(file), bytes: statSync(file).size, removed: 0 };
    database
      .prepare(
        `UPDATE jobs SET state = 'done', finished_at = max(started_at, ?), result = ?
         WHERE kind = 'backup' AND state = 'running'`,
      )
      .run(madeAt, JSON.stringify(result));
  }
  database
    .prepare(
      `UPDATE jobs SET state = 'failed', error = 'interrupted by a restore', finished_at = ?
       WHERE state IN ('queued', 'running', 'paused')`,
    )
    .run(Date.now());
}

/** A copy of the database cannot know of itself, nor of those that were made after it. */
function noteKnownBackups(database: Database, file: string, backups: string): void {
  const newest = Math.max(backupMadeAt(file) ?? 0, newestBackupAt(backups) ?? 0);
  if (newest > (lastBackupAt(database) ?? 0)) noteBackup(database, newest);
}

/** A token that was revoked since the backup stays revoked. */
function keepRevocations(path: string, next: string): void {
  const revoked = existsSync(path) ? readRevocations(path) : [];
  using restored = new Sqlite(next, { readwrite: true, create: false, strict: true });
  using update = restored.prepare("UPDATE api_tokens SET revoked_at = ? WHERE hash = ?");
  for (const { hash, revoked_at: at } of revoked) update.run(at, hash);
}

interface Revocation {
  readonly hash: string;
  readonly revoked_at: number;
}

/** A present database that cannot be read has nothing to tell. */
function readRevocations(path: string): Revocation[] {
  try {
    using present = new Sqlite(path, { readwrite: true, create: false, strict: true });
    using select = present.prepare<Revocation, []>(
      "SELECT hash, revoked_at FROM api_tokens WHERE revoked_at IS NOT NULL",
    );
    return select.all();
  } catch (error) {
    if (isDamage(error)) return [];
    throw error;
  }
}

/** Of a file that is no database, or none of ours. */
function isDamage(error: unknown): boolean {
  const code = errorCode(error);
  return /^SQLITE_(?:CORRUPT|NOTADB|ERROR|CANTOPEN)/.test(code);
}

/** Moves the present database away, and answers where to; null when there is none. */
function setAside(path: string, backups: string): string | null {
  if (!existsSync(path)) return null;
  foldLog(path);
  mkdirSync(backups, { recursive: true, mode: 0o700 });
  const kept = join(backups, `tracker-replaced-${fileStamp(Date.now())}.db`);
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
    const code = errorCode(error);
    if (!code.startsWith("SQLITE_BUSY")) return; // Damaged: it is moved away as it is.
    throw new ConfigError("the database is in use: stop the tracker first", { cause: error });
  }
}

function removeFiles(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
}
