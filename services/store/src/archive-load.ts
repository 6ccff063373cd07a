import { messageOf } from "@tracker/service";
import type { Archive } from "./archive-read.ts";
import { refused } from "./archive-manifest.ts";
import {
  ARCHIVED_TABLES,
  type ArchivedTable,
  SHEETS,
  sheetFile,
  tableFile,
} from "./archive-table.ts";
import { archivedColumns } from "./archive-write.ts";
import { type Database, openDatabase } from "./database.ts";

type Value = string | number | null;

/**
 * Builds a database of its own from an archive: in the schema that the archive has, so that every CHECK and reference of it
 * judges the rows, and then migrated. What comes out can be taken over row by row.
 */
export async function loadArchive(archive: Archive, path: string): Promise<void> {
  {
    using database = openDatabase(path, { schemaVersion: archive.manifest.schema_version });
    database.raw.run("PRAGMA synchronous = OFF");
    database.raw.run("BEGIN");
    for (const table of ARCHIVED_TABLES) await loadTable(database, archive, table);
    database.raw.run("COMMIT");
  }
  // Nothing is taken from the sheets, but where they were damaged the rest may be too.
  for (const sheet of SHEETS) await archive.check(sheetFile(sheet));
  openDatabase(path)[Symbol.dispose]();
}

async function loadTable(
  database: Database,
  archive: Archive,
  table: ArchivedTable,
): Promise<void> {
  const columns = archivedColumns(database.raw, table);
  const file = tableFile(table.name);
  const isNamed = archive.manifest.files.some(({ name }) => name === file);
  // A table that came with a later schema is not there yet, and not in the archive either.
  if (columns.length === 0 && !isNamed) return;
  if (columns.length === 0) throw refused(`its schema has no table ${table.name}`);
  if (!isNamed) throw refused(`${file} is missing`);
  const insert = database.raw.query(
    `INSERT INTO ${table.name} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
  );
  let line = 0;
  await archive.readLines(file, (text) => {
    line += 1;
    const where = `${file}, line ${line}`;
    const values = readRow(text, columns, where);
    try {
      insert.run(...values);
    } catch (error) {
      throw refused(`${where}: ${messageOf(error)}`, error);
    }
  });
}

function readRow(text: string, columns: readonly string[], where: string): Value[] {
  const row = parse(text, where);
  const names = Object.keys(row);
  const stranger = names.find((name) => !columns.includes(name));
  if (stranger !== undefined)
    throw refused(`${where}: there is no column ${stranger.slice(0, 60)}`);
  return columns.map((column) => {
    const value = Object.hasOwn(row, column) ? row[column] : undefined;
    if (value === null || typeof value === "string" || typeof value === "number") return value;
    throw refused(`${where}: expected a text, a number or null for ${column}`);
  });
}

function parse(text: string, where: string): Record<string, unknown> {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch (error) {
    throw refused(`${where}: expected JSON`, error);
  }
  if (typeof row === "object" && row !== null && !Array.isArray(row)) {
    return row as Record<string, unknown>;
  }
  throw refused(`${where}: expected an object`);
}
