import { Database as Sqlite } from "bun:sqlite";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { fileStamp } from "./instant.ts";

const PARTIAL = /^tracker-[\w-]+\.db\.partial(?:-journal)?$/;

/**
 * Writes a copy of an open database into `folder`, checks that it is sound, and answers its path. The name, which tells what
 * the copy was made for unless that is empty, appears only once the copy is whole, so that a file that is there can be trusted.
 */
export function copyDatabase(raw: Sqlite, folder: string, label: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = freePath(join(folder, `tracker-${label === "" ? "" : `${label}-`}`));
  const partial = `${path}.partial`;
  removePartials(folder);
  try {
    // An empty file is taken as it is, with the mode that it was made with.
    closeSync(openSync(partial, "wx", 0o600));
    raw.run("VACUUM INTO ?", [partial]);
    checkCopy(partial);
    syncFile(partial);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  return path;
}

/** What copies that were killed have left: only one copy is made at a time, so nobody writes them any more. */
function removePartials(folder: string): void {
  const names = readdirSync(folder).filter((name) => PARTIAL.test(name));
  for (const name of names) rmSync(join(folder, name), { force: true });
}

/** A name tells the second of the copy, or the next one that is free: a copy never takes the place of another. */
function freePath(prefix: string): string {
  let at = Date.now();
  const path = () => `${prefix}${fileStamp(at)}.db`;
  while (existsSync(path())) at += 1000;
  return path();
}

/** Waits until a file is on the disk, as VACUUM INTO does not: a name that is there after a power cut must hold it all. */
export function syncFile(path: string): void {
  const file = openSync(path, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Throws unless the file is a sound database of this tracker. */
export function checkCopy(path: string): void {
  // SQLite takes an empty file for a database in which nothing is.
  if (statSync(path).size === 0) throw new Error("the file is empty");
  using copy = new Sqlite(path, { readonly: true, strict: true });
  const integrity = copy
    .query<{ integrity_check: string }, []>("PRAGMA integrity_check(3)")
    .all()
    .map((row) => row.integrity_check);
  if (integrity.join() !== "ok") throw new Error(`the copy is damaged: ${integrity.join(", ")}`);
  if (copy.query("PRAGMA foreign_key_check").all().length > 0) {
    throw new Error("the copy is damaged: rows refer to rows that are not there");
  }
}
