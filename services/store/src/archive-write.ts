import type { Database as Sqlite } from "bun:sqlite";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { configure, ZipWriter } from "@zip.js/zip.js";
import {
  FORMAT,
  FORMAT_VERSION,
  type Manifest,
  MANIFEST,
  type ManifestFile,
} from "./archive-manifest.ts";
import { SHEET_QUERIES, sheetLine } from "./archive-sheet.ts";
import {
  ARCHIVED_TABLES,
  type ArchivedTable,
  SHEETS,
  sheetFile,
  tableFile,
} from "./archive-table.ts";
import { syncFile } from "./copy.ts";

type Row = Readonly<Record<string, string | number | null>>;

configure({ useWebWorkers: false });

/** Zip has no "no date"; one date for all keeps the bytes the same. */
const ENTRY_OPTIONS = {
  lastModDate: new Date(1980, 0, 1),
  extendedTimestamp: false,
  level: 6,
} as const;
const CHUNK_BYTES = 64 * 1024;

/**
 * Writes everything into one zip at `path`, as of one instant, a few pages at a time. The name appears only once the file is whole
 * and on the disk. `raw` must be a connection of its own: it holds a read transaction meanwhile.
 */
export async function writeArchive(raw: Sqlite, path: string, now: number): Promise<Manifest> {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  rmSync(partial, { force: true });
  raw.run("BEGIN");
  try {
    const manifest = await writeZip(raw, partial, now);
    syncFile(partial);
    renameSync(partial, path);
    return manifest;
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  } finally {
    raw.run("ROLLBACK");
  }
}

async function writeZip(raw: Sqlite, path: string, now: number): Promise<Manifest> {
  const zip = new ZipWriter(fileStream(path), ENTRY_OPTIONS);
  const files: ManifestFile[] = [];
  const add = async (name: string, lines: Iterable<string>, headLines = 0) => {
    const counted = countLines(lines);
    await zip.add(name, counted.stream);
    const { rows, ...rest } = counted.result();
    files.push({ name, rows: rows - headLines, ...rest });
  };
  for (const table of ARCHIVED_TABLES) await add(tableFile(table.name), tableLines(raw, table));
  for (const sheet of SHEETS) await add(sheetFile(sheet), sheetLines(raw, SHEET_QUERIES[sheet]), 1);
  const manifest: Manifest = {
    format: FORMAT,
    format_version: FORMAT_VERSION,
    schema_version: schemaVersion(raw),
    exported_at: new Date(now).toISOString(),
    files,
  };
  await zip.add(MANIFEST, new Response(`${JSON.stringify(manifest, null, 1)}\n`).body ?? undefined);
  await zip.close();
  return manifest;
}

/** The columns of a table that go into an archive, in the table's order. */
export function archivedColumns(raw: Sqlite, { name, without = [] }: ArchivedTable): string[] {
  return raw
    .query<{ name: string }, [string]>("SELECT name FROM pragma_table_info(?)")
    .all(name)
    .map((column) => column.name)
    .filter((column) => !without.includes(column));
}

function* tableLines(raw: Sqlite, table: ArchivedTable): Generator<string> {
  const where = table.where === undefined ? "" : `WHERE ${table.where}`;
  const rows = raw.query<Row, []>(
    `SELECT ${archivedColumns(raw, table).join(", ")} FROM ${table.name} ${where} ORDER BY ${table.key.join(", ")}`,
  );
  for (const row of rows.iterate()) yield `${JSON.stringify(row)}\n`;
}

function* sheetLines(raw: Sqlite, sql: string): Generator<string> {
  const rows = raw.query<Row, []>(sql);
  yield sheetLine(rows.columnNames);
  for (const row of rows.iterate()) yield sheetLine(Object.values(row));
}

function countLines(lines: Iterable<string>) {
  const iterator = lines[Symbol.iterator]();
  const encoder = new TextEncoder();
  const hash = new Bun.CryptoHasher("sha256");
  let rows = 0;
  let bytes = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      let text = "";
      while (text.length < CHUNK_BYTES) {
        const next = iterator.next();
        if (next.done === true) break;
        text += next.value;
        rows += 1;
      }
      if (text === "") {
        controller.close();
        return;
      }
      const chunk = encoder.encode(text);
      hash.update(chunk);
      bytes += chunk.length;
      controller.enqueue(chunk);
    },
  });
  return { stream, result: () => ({ rows, bytes, sha256: hash.digest("hex") }) };
}

/** Waits for each piece to be written before it takes the next, so that nothing piles up. */
function fileStream(path: string): WritableStream<Uint8Array> {
  const writer = Bun.file(path).writer();
  return new WritableStream<Uint8Array>({
    async write(chunk) {
      await writer.write(chunk);
      await writer.flush();
    },
    async close() {
      await writer.end();
    },
    async abort() {
      await writer.end();
    },
  });
}

function schemaVersion(raw: Sqlite): number {
  return (
    raw
      .query<{ version: number }, []>("SELECT max(version) AS version FROM schema_migrations")
      .get()?.version ?? 0
  );
}
