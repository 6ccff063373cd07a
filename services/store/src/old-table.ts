import type { Database as Sqlite } from "bun:sqlite";

/** A row of an older tracker, as it is: the file promises no types, and columns that it lacks are null. */
export type OldRow<Column extends string> = Readonly<Record<Column, unknown>>;

/** What is noted while an older database is read: for the report, in words for people. */
export class ReadingNotes {
  /** Values and rows that cannot be read, and why. */
  readonly unreadable: string[] = [];
  /** What is there that has no place here. */
  readonly ignored: string[] = [];
  /** What was expected and is not there. */
  readonly missing: string[] = [];
}

/** Reads the known columns of a table; notes which of them it lacks and which others it has. A table that is not there is empty. */
export function readTable<Column extends string>(
  raw: Sqlite,
  notes: ReadingNotes,
  table: string,
  columns: readonly Column[],
): OldRow<Column>[] {
  const present = columnsOf(raw, table);
  if (present.length === 0) {
    notes.missing.push(`table ${table}`);
    return [];
  }
  const absent = columns.filter((column) => !present.includes(column));
  const extra = present.filter((column) => !columns.some((known) => known === column));
  notes.missing.push(...absent.map((column) => `${table}.${column}`));
  notes.ignored.push(
    ...extra.filter((column) => column !== "id").map((name) => `${table}.${name}`),
  );
  const selected = columns.map((column) =>
    absent.includes(column) ? `NULL AS ${quoted(column)}` : quoted(column),
  );
  return raw
    .query<OldRow<Column>, []>(`SELECT ${selected.join(", ")} FROM ${quoted(table)} ORDER BY rowid`)
    .all();
}

export function columnsOf(raw: Sqlite, table: string): string[] {
  return raw
    .query<{ name: string }, [string]>("SELECT name FROM pragma_table_info(?)")
    .all(table)
    .map(({ name }) => name);
}

/** Names every table that nothing is read from. */
export function noteOtherTables(raw: Sqlite, notes: ReadingNotes, known: readonly string[]): void {
  const names = raw
    .query<{ name: string }, []>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .all();
  for (const { name } of names) if (!known.includes(name)) notes.ignored.push(`table ${name}`);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
