import { errorCode, messageOf } from "@tracker/service";
import { Database as Sqlite } from "bun:sqlite";
import { copyFileSync, existsSync, mkdtempSync, readSync, rmSync, statSync } from "node:fs";
import { closeSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ServiceError } from "@tracker/contracts";

/** An older tracker's database, open for reading. The file itself is never written, nor anything put beside it. */
export interface OldFile extends Disposable {
  readonly raw: Sqlite;
}

const MAGIC = "SQLite format 3\0";
const BUSY_TIMEOUT_MS = 2_000;
/** Where the header says how the file is written: 2 is a write-ahead log. */
const WRITE_VERSION_OFFSET = 18;
const WAL_VERSION = 2;

/** Opens an older tracker's database; one clear line for whatever else is found in its place. */
export function openOldFile(path: string): OldFile {
  const header = readHeader(path);
  const isPlain =
    header[WRITE_VERSION_OFFSET] !== WAL_VERSION &&
    !existsSync(`${path}-journal`) &&
    !existsSync(`${path}-wal`);
  const file = isPlain ? openInPlace(path) : openCopy(path);
  try {
    check(file.raw, path);
    return file;
  } catch (error) {
    file[Symbol.dispose]();
    throw translate(path, error);
  }
}

function readHeader(path: string): Uint8Array {
  const name = basename(path);
  if (!existsSync(path)) throw invalid(`there is no file ${path}`);
  if (!statSync(path).isFile()) throw invalid(`${name} is a folder, expected a file`);
  const header = new Uint8Array(100);
  let length = 0;
  try {
    const file = openSync(path, "r");
    length = readSync(file, header);
    closeSync(file);
  } catch (error) {
    throw invalid(`${name} cannot be read: make it readable for this user`, error);
  }
  const isSqlite = length === header.length && new TextDecoder().decode(header).startsWith(MAGIC);
  if (!isSqlite) throw invalid(`${name} is not a SQLite database`);
  return header;
}

function openInPlace(path: string): OldFile {
  try {
    const raw = new Sqlite(path, { readonly: true, strict: true });
    raw.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    return { raw, [Symbol.dispose]: () => raw.close() };
  } catch (error) {
    throw translate(path, error);
  }
}

/**
 * A log or journal beside the file holds a part of the data, and SQLite would write next to it, or into it, only to read. So a
 * copy of both is read, provided that nobody wrote meanwhile.
 */
function openCopy(path: string): OldFile {
  const folder = mkdtempSync(join(tmpdir(), "tracker-adopt-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const parts = ["", "-wal", "-journal"].filter((suffix) => existsSync(path + suffix));
    const before = parts.map((suffix) => stampOf(path + suffix));
    for (const suffix of parts) copyFileSync(path + suffix, join(folder, `old.db${suffix}`));
    const after = parts.map((suffix) => stampOf(path + suffix));
    if (!Bun.deepEquals(before, after)) {
      throw invalid(`${basename(path)} is being written: stop the old tracker first`);
    }
    const raw = new Sqlite(join(folder, "old.db"), {
      readwrite: true,
      create: false,
      strict: true,
    });
    return {
      raw,
      [Symbol.dispose]() {
        raw.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw translate(path, error);
  }
}

function stampOf(path: string): readonly number[] {
  const { size, mtimeMs } = statSync(path);
  return [size, mtimeMs];
}

function check(raw: Sqlite, path: string): void {
  const tables = new Set(
    raw
      .query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name }) => name.toLowerCase()),
  );
  if (tables.has("schema_migrations") && tables.has("playtime_changes")) {
    throw invalid(
      `${basename(path)} is a database of this program: put it in place with tracker restore FILE`,
    );
  }
  if (!tables.has("games")) {
    throw invalid(`${basename(path)} is no database of the older tracker: it has no table games`);
  }
  const [first] = raw
    .query<{ quick_check: string }, []>("PRAGMA quick_check(1)")
    .all()
    .map((row) => row.quick_check);
  if (first !== "ok") throw invalid(`${basename(path)} is damaged: ${first ?? "it has no pages"}`);
}

function translate(path: string, error: unknown): Error {
  if (error instanceof ServiceError) return error;
  const code = errorCode(error);
  const name = basename(path);
  if (code.startsWith("SQLITE_BUSY")) {
    return invalid(`${name} is held by another program: stop the old tracker first`, error);
  }
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return invalid(`${name} is damaged`, error);
  const reason = messageOf(error);
  return invalid(`${name} cannot be read: ${reason}`, error);
}

function invalid(message: string, cause?: unknown): ServiceError {
  return new ServiceError("INVALID", message, { cause });
}
