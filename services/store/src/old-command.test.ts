import { expect, test } from "bun:test";
import { Database as Sqlite } from "bun:sqlite";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "./database.ts";
import { libraryFact } from "./fact-fixture.ts";
import { applyLibrarySample } from "./library.ts";
import { adoptDatabase } from "./old-command.ts";
import { OldDatabaseFixture } from "./old-database-fixture.ts";
import { CALENDAR, NOW } from "./question-fixture.ts";

class Place implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "tracker-place-"));
  readonly env = { DATA_DIR: join(this.path, "data"), TIME_ZONE: "America/New_York" };
  readonly database = join(this.path, "data", "tracker.db");

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function oldLibrary(): OldDatabaseFixture {
  const old = new OldDatabaseFixture("paper");
  const id = old.insert("games", { title: "Portal", hours_played: 12, steam_app_id: 400 });
  old.night("2025-03-01", new Map([[id, 600]]));
  old.night("2025-03-02", new Map([[id, 720]]));
  return old;
}

function failure(work: () => unknown): string {
  try {
    work();
    return "no failure";
  } catch (error) {
    return error instanceof Error ? error.message : "no error";
  }
}

test("a dry run explains each day and writes nothing, neither here nor there", () => {
  using old = oldLibrary();
  using place = new Place();
  const before = readFileSync(old.path);

  const report = adoptDatabase(place.env, { file: old.path, apply: false, now: NOW });

  expect(report).toContain("1 games there: 1 come in");
  expect(report).toContain(
    "2025-03-02 | Portal | 10.0 → 12.0 | 114 | 2025-03-01 05:00 – 2025-03-02 05:00 | day 2025-03-01 (114)",
  );
  expect(report).toContain("--apply");
  expect(existsSync(place.env.DATA_DIR)).toBe(false);
  expect(readFileSync(old.path)).toEqual(before);
});

test("what is applied is what the dry run showed, with a copy of what was there; a second time there is nothing to do", () => {
  using old = oldLibrary();
  using place = new Place();
  const options = { file: old.path, apply: true, now: NOW };
  {
    using database = openDatabase(place.database);
    applyLibrarySample(database, CALENDAR, libraryFact(NOW, [{ appId: 400, minutes: 725 }]));
  }

  const shown = adoptDatabase(place.env, { ...options, apply: false }).split(
    "\n\nNothing was written",
  );
  const report = adoptDatabase(place.env, options).split("\n\nTaken over");
  const again = adoptDatabase(place.env, options);

  expect(report[0]).toBe(shown[0] ?? "");
  expect(again).toContain("Nothing was written: all of it is here already");
  const copies = readdirSync(join(place.env.DATA_DIR, "backups"));
  expect(copies.join()).toMatch(/before-adoption/);
  expect(copies).toHaveLength(1);
  expect(report[1]).toContain(copies[0] ?? "no copy");
  using database = openDatabase(place.database);
  expect(database.raw.query("SELECT playtime_minutes FROM games").all()).toEqual([
    { playtime_minutes: 725 },
  ]);
});

test("a running tracker is not written to, and its database is left as it is", () => {
  using old = oldLibrary();
  using place = new Place();
  using running = openDatabase(place.database);
  applyLibrarySample(running, CALENDAR, libraryFact(NOW, [{ appId: 400, minutes: 725 }]));

  const refused = failure(() =>
    adoptDatabase(place.env, { file: old.path, apply: true, now: NOW }),
  );
  const report = adoptDatabase(place.env, { file: old.path, apply: false, now: NOW });

  expect(refused).toContain("the database is in use: stop the tracker first");
  expect(report).toContain("Portal");
  expect(running.raw.query("SELECT count(*) AS rows FROM playtime_changes").get()).toEqual({
    rows: 1,
  });
});

test("what is no database of an older tracker is refused in one line that says what it is", () => {
  using old = oldLibrary();
  using place = new Place();
  const made = (name: string, text: string | Uint8Array) => {
    const path = join(place.path, name);
    writeFileSync(path, text);
    return path;
  };
  const whole = readFileSync(old.path);
  const damaged = whole.subarray(0, whole.length - 9_000);
  openDatabase(join(place.path, "own.db"))[Symbol.dispose]();
  using stranger = new Sqlite(join(place.path, "stranger.db"), { create: true });
  stranger.run("CREATE TABLE notes (id)");
  const cases: readonly (readonly [string, string])[] = [
    [join(place.path, "nothing.db"), "there is no file"],
    [place.path, "is a folder"],
    [made("empty.db", ""), "is not a SQLite database"],
    [made("text.db", "hello ".repeat(100)), "is not a SQLite database"],
    [made("damaged.db", damaged), "is damaged"],
    [join(place.path, "own.db"), "tracker restore"],
    [join(place.path, "stranger.db"), "it has no table games"],
  ];

  for (const [path, words] of cases) {
    const said = failure(() => adoptDatabase(place.env, { file: path, apply: true, now: NOW }));
    expect(said).toContain(words);
    expect(said).not.toContain("\n");
  }
  expect(existsSync(place.database)).toBe(false);
});

test("a file that another program holds is told; one with a log is read whole, and nothing is put beside it", () => {
  using old = oldLibrary();
  using place = new Place();
  using holder = new Sqlite(old.path, { readwrite: true });
  holder.run("BEGIN EXCLUSIVE");
  const held = failure(() => adoptDatabase(place.env, { file: old.path, apply: false, now: NOW }));
  holder.run("ROLLBACK");
  holder.run("PRAGMA journal_mode = WAL");
  holder.run("UPDATE games SET title = 'Portal 2'");
  const copy = join(place.path, "wal.db");
  copyFileSync(old.path, copy);
  copyFileSync(`${old.path}-wal`, `${copy}-wal`);
  const before = readdirSync(place.path);

  const report = adoptDatabase(place.env, { file: copy, apply: false, now: NOW });

  expect(held).toContain("is held by another program: stop the old tracker first");
  expect(report).toContain("Portal 2");
  expect(readdirSync(place.path)).toEqual(before);
});
