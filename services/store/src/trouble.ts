import { errorCode, messageOf } from "@tracker/service";
import { SQLiteError } from "bun:sqlite";
import { accessSync, constants, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { ConfigError } from "@tracker/service";

/** Trouble of the file, not of what is written: the same write works once it is over. */
const WRITE_PROBLEMS: readonly (readonly [prefix: string, words: string])[] = [
  ["SQLITE_FULL", "the disk is full: free some space; what Steam tells waits until then"],
  ["SQLITE_READONLY", "the database file cannot be written: make it and its folder writable"],
  ["SQLITE_IOERR", "the disk cannot be read or written: check it"],
  ["SQLITE_CANTOPEN", "the database file cannot be opened: check that DATA_DIR is there"],
  ["SQLITE_BUSY", "another program holds the database: end it"],
  ["SQLITE_CORRUPT", "the database is damaged: stop the tracker and restore a backup"],
  ["SQLITE_NOTADB", "the database is damaged: stop the tracker and restore a backup"],
];

/** Why a write failed, in words for people; null when the file is not to blame. */
export function writeProblemOf(error: unknown): string | null {
  const code = codeOf(error);
  return WRITE_PROBLEMS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
}

/** Why the database could not be opened: one line that names the file and what to do. */
export function openingProblem(path: string, error: unknown): string {
  const code = codeOf(error);
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB") {
    return `the database ${path} is damaged: restore a backup (tracker restore FILE)`;
  }
  if (code === "SQLITE_FULL" || code === "ENOSPC") {
    return `the disk that holds ${path} is full: free some space and start again`;
  }
  if (code.startsWith("SQLITE_BUSY")) {
    return `the database ${path} is held by another program: end it and start again`;
  }
  if (/^(SQLITE_(READONLY|CANTOPEN|IOERR|PERM)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST)/.test(code)) {
    return `the database ${path} cannot be written: make the file and its folder writable for this user, or set DATA_DIR`;
  }
  return `the database ${path} cannot be opened: ${messageOf(error)}`;
}

/** Makes the folder of a database, and throws unless files can be put there: told before any work is done. */
export function makeWritableFolder(path: string): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigError(openingProblem(path, error), { cause: error });
  }
}

function codeOf(error: unknown): string {
  if (error instanceof SQLiteError) return error.code ?? "";
  return errorCode(error);
}
