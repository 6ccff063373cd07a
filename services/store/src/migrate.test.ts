import { expect, test } from "bun:test";
import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { Database as Sqlite } from "bun:sqlite";
import { openDatabase } from "./database.ts";
import { DatabaseFolder } from "./fact-fixture.ts";
import * as schema from "./schema.ts";

const FIRST = "CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;\n";
const SECOND = `CREATE TABLE children (id INTEGER PRIMARY KEY,
  parent_id INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE) STRICT;`;
/** What a tool writes to change a column: with foreign keys on, dropping the parents deletes their children. */
const REBUILD = `CREATE TABLE next (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT 'x') STRICT;
INSERT INTO next SELECT * FROM parents;
DROP TABLE parents;
ALTER TABLE next RENAME TO parents;`;

function open(folder: DatabaseFolder, ...migrations: readonly string[]) {
  for (const [index, sql] of migrations.entries()) {
    writeFileSync(join(folder.path, `000${index + 1}_step.sql`), sql);
  }
  return openDatabase(join(folder.path, "tracker.db"), { migrationsFolder: folder.path });
}

function failure(work: () => Disposable): string {
  try {
    work()[Symbol.dispose]();
    return "no failure";
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : "no error";
  }
}

test("every table is in the drizzle schema as the migrations make it", () => {
  using database = openDatabase(":memory:");
  const tables: SQLiteTable[] = Object.values(schema);

  for (const table of tables) {
    const { name, columns, primaryKeys } = getTableConfig(table);
    const composite = primaryKeys[0]?.columns.map((column) => column.name) ?? [];
    const declared = columns.map((column) => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      notNull: column.notNull || column.primary,
      key: column.primary || composite.includes(column.name),
    }));
    const made = database.raw
      .query<{ name: string; type: string; notnull: number; pk: number }, []>(
        `SELECT name, type, "notnull", pk FROM pragma_table_xinfo('${name}')`,
      )
      .all()
      .map((column) => ({
        name: column.name,
        type: column.type,
        notNull: column.notnull === 1 || column.pk > 0,
        key: column.pk > 0,
      }));
    expect({ name, columns: declared }).toEqual({ name, columns: made });
  }
  const names = database.raw
    .query<{ name: string }, []>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_migrations'",
    )
    .all()
    .map(({ name }) => name);
  expect(names.sort()).toEqual(tables.map((table) => getTableConfig(table).name).sort());
});

test("every table is STRICT", () => {
  using database = openDatabase(":memory:");
  expect(
    database.raw
      .query(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .all(),
  ).toEqual([]);
});

test("the ledger takes new rows only, and loses some only with their whole game", () => {
  using database = openDatabase(":memory:");
  database.raw.run(
    "INSERT INTO games (title, platform, status, created_at, updated_at) VALUES ('A', 'PC', 'Backlog', 1, 1)",
  );
  database.raw.run(
    "INSERT INTO playtime_changes (game_id, observed_at, minutes, total_after, kind, source) VALUES (1, 1, 5, 5, 'baseline', 'owned')",
  );

  expect(() => database.raw.run("UPDATE playtime_changes SET minutes = 6")).toThrow("append-only");
  expect(() => database.raw.run("DELETE FROM playtime_changes")).toThrow("append-only");
  expect(() =>
    database.raw.run(
      "REPLACE INTO playtime_changes (id, game_id, observed_at, minutes, total_after, kind, source) VALUES (1, 1, 1, 6, 6, 'baseline', 'owned')",
    ),
  ).toThrow("append-only");
  database.raw.run("DELETE FROM games");
  expect(database.raw.query("SELECT * FROM playtime_changes").all()).toEqual([]);
});

test("a migration that rebuilds a parent table keeps its children, and a checked copy is made before it", () => {
  using folder = new DatabaseFolder();
  const before = open(folder, FIRST, SECOND);
  before.raw.run("INSERT INTO parents VALUES (1, 'a')");
  before.raw.run("INSERT INTO children VALUES (1, 1), (2, 1)");
  before[Symbol.dispose]();
  expect(readdirSync(folder.path)).not.toContain("backups");

  using after = open(folder, FIRST, SECOND, REBUILD);

  expect(after.schemaVersion).toBe(3);
  expect(after.raw.query("SELECT id FROM children").all()).toHaveLength(2);
  expect(after.raw.query("PRAGMA foreign_keys").get()).toEqual({ foreign_keys: 1 });
  const copies = readdirSync(join(folder.path, "backups"));
  expect(copies).toHaveLength(1);
  using copy = new Sqlite(join(folder.path, "backups", copies[0] ?? ""), { readonly: true });
  expect(copy.query("SELECT count(*) AS n FROM schema_migrations").get()).toEqual({ n: 2 });
});

test("a migration that would leave rows without their parents is undone", () => {
  using folder = new DatabaseFolder();
  const before = open(folder, FIRST, SECOND);
  before.raw.run("INSERT INTO parents VALUES (1, 'a')");
  before.raw.run("INSERT INTO children VALUES (1, 1)");
  before[Symbol.dispose]();

  const wrong = failure(() => open(folder, FIRST, SECOND, "DELETE FROM parents;"));

  expect(wrong).toContain("would leave 1 rows");
  writeFileSync(join(folder.path, "0003_step.sql"), "CREATE TABLE third (id INTEGER) STRICT;");
  using after = openDatabase(join(folder.path, "tracker.db"), { migrationsFolder: folder.path });
  expect(after.raw.query("SELECT * FROM parents").all()).toHaveLength(1);
});

test("an edited migration, a newer database and a stranger's are refused in one line", () => {
  using folder = new DatabaseFolder();
  open(folder, FIRST, SECOND)[Symbol.dispose]();

  expect(failure(() => open(folder, `${FIRST} `))).toMatch(
    /^ConfigError: .*another 0001_step\.sql/,
  );
  writeFileSync(join(folder.path, "0001_step.sql"), FIRST);
  using older = new DatabaseFolder();
  writeFileSync(join(older.path, "0001_step.sql"), FIRST);
  const newer = failure(() =>
    openDatabase(join(folder.path, "tracker.db"), { migrationsFolder: older.path }),
  );
  expect(newer).toBe(
    "ConfigError: the database is from a newer version (schema 2, this program knows 1): start that version or restore a backup",
  );
  const strange = join(folder.path, "strange.db");
  using other = new Sqlite(strange);
  other.run("CREATE TABLE games (id INTEGER)");
  expect(failure(() => openDatabase(strange))).toContain("was not made by this program");
});

test("a damaged file, a folder in its place and a missing disk are told in one line that names what to do", () => {
  using folder = new DatabaseFolder();
  const damaged = join(folder.path, "damaged.db");
  writeFileSync(damaged, "not a database at all, but long enough to be taken for one".repeat(50));

  expect(failure(() => openDatabase(damaged))).toMatch(
    /^ConfigError: .*is damaged: restore a backup/,
  );
  expect(failure(() => openDatabase(folder.path))).toMatch(/^ConfigError: .*cannot be written/);
  expect(failure(() => openDatabase(join(damaged, "tracker.db")))).toMatch(
    /^ConfigError: .*cannot be written/,
  );
});

// Root may write everywhere, so the opening is done by a process of an ordinary user.
const isRoot = process.getuid?.() === 0;

test.skipIf(isRoot && Bun.which("setpriv") === null)(
  "a file that cannot be written is told in one line",
  async () => {
    using folder = new DatabaseFolder();
    const path = folder.fresh();
    chmodSync(path, 0o444);
    chmodSync(folder.path, 0o555);
    const source = `import { openDatabase } from ${JSON.stringify(join(import.meta.dir, "database.ts"))};
    try { openDatabase(${JSON.stringify(path)}); console.log("opened"); } catch (error) { console.log(error.name + ": " + error.message); }`;
    const drop = isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];

    try {
      const child = Bun.spawn([...drop, process.execPath, "-e", source], {
        stdout: "pipe",
        env: { HOME: folder.path },
      });

      expect(await new Response(child.stdout).text()).toMatch(/^ConfigError: .*cannot be written/);
    } finally {
      chmodSync(folder.path, 0o755);
    }
  },
);
