import { Database as Sqlite } from "bun:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The technical paper's schema, and the shorter one of the overview. Neither shows the tags; these two shapes are likely. */
const SCHEMAS = {
  paper: `
    CREATE TABLE games (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, platform TEXT, status TEXT, rating INTEGER,
      hours_played REAL, steam_app_id INTEGER, cover_url TEXT, completion_date TEXT, last_played_at TEXT,
      is_favorite INTEGER DEFAULT 0, created_at TEXT DEFAULT (datetime('now')));
    CREATE TABLE daily_game_snapshots (id INTEGER PRIMARY KEY AUTOINCREMENT, date TEXT NOT NULL, game_id INTEGER NOT NULL,
      game_title TEXT NOT NULL, hours_played REAL NOT NULL, cover_url TEXT, UNIQUE(date, game_id),
      FOREIGN KEY(game_id) REFERENCES games(id) ON DELETE CASCADE);
    CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE game_tags (game_id INTEGER, tag_id INTEGER, PRIMARY KEY (game_id, tag_id));`,
  overview: `
    CREATE TABLE games (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, platform TEXT, status TEXT, rating INTEGER,
      hours_played REAL, steam_app_id INTEGER, cover_url TEXT, completion_date TEXT, is_favorite INTEGER DEFAULT 0);
    CREATE TABLE daily_game_snapshots (id INTEGER PRIMARY KEY AUTOINCREMENT, date TEXT NOT NULL, game_id INTEGER NOT NULL,
      game_title TEXT NOT NULL, hours_played REAL NOT NULL, UNIQUE(date, game_id),
      FOREIGN KEY(game_id) REFERENCES games(id) ON DELETE CASCADE);
    CREATE TABLE tags (id INTEGER PRIMARY KEY, game_id INTEGER, name TEXT NOT NULL);`,
} as const;

const BOTH = `
  CREATE TABLE achievements (id INTEGER PRIMARY KEY AUTOINCREMENT, game_id INTEGER, title TEXT NOT NULL, description TEXT,
    date TEXT, unlocked INTEGER DEFAULT 1, icon_url TEXT, FOREIGN KEY(game_id) REFERENCES games(id) ON DELETE CASCADE);
  CREATE TABLE daily_snapshots (id INTEGER PRIMARY KEY AUTOINCREMENT, date TEXT NOT NULL UNIQUE, total_hours REAL NOT NULL,
    games_played INTEGER NOT NULL);
  CREATE TABLE steam_import_status (steam_app_id INTEGER UNIQUE, game_imported INTEGER DEFAULT 0,
    achievements_imported INTEGER DEFAULT 0, error_message TEXT);`;

export type OldVariant = keyof typeof SCHEMAS;
export const OLD_VARIANTS: readonly OldVariant[] = ["paper", "overview"];

type Value = string | number | null;

/** An older tracker's database in a folder of its own, filled the way its code filled it. */
export class OldDatabaseFixture implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "tracker-old-"));
  readonly path = join(this.folder, "old.db");
  readonly raw: Sqlite;

  constructor(variant: OldVariant) {
    this.raw = new Sqlite(this.path, { create: true, strict: true });
    this.raw.run("PRAGMA synchronous = OFF");
    this.raw.run(SCHEMAS[variant] + BOTH);
  }

  insert(table: string, row: Readonly<Record<string, Value>>): number {
    const names = Object.keys(row);
    const { lastInsertRowid } = this.raw
      .query(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => "?").join()})`)
      .run(...Object.values(row));
    return Number(lastInsertRowid);
  }

  /** Writes one night as `record_daily_snapshot` did: hours rounded to 0.1 of every game that has any. */
  night(date: string, minutes: ReadonlyMap<number, number>): void {
    for (const [id, total] of minutes) {
      if (total > 0) {
        this.insert("daily_game_snapshots", {
          date,
          game_id: id,
          game_title: this.#title(id),
          hours_played: Math.round(total / 6) / 10,
        });
      }
    }
    const hours = [...minutes.values()].reduce((sum, total) => sum + total / 60, 0);
    this.insert("daily_snapshots", { date, total_hours: hours, games_played: minutes.size });
  }

  #title(id: number): string {
    return (
      this.raw.query<{ title: string }, [number]>("SELECT title FROM games WHERE id = ?").get(id)
        ?.title ?? "Gone"
    );
  }

  [Symbol.dispose](): void {
    this.raw.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
