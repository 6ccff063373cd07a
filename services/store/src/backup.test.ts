import { expect, test } from "bun:test";
import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { backUp } from "./backup.ts";
import { openDatabase } from "./database.ts";
import { DatabaseFolder, dump, libraryFact } from "./fact-fixture.ts";
import { applyLibrarySample } from "./library.ts";
import { restoreDatabase } from "./restore.ts";

const CALENDAR = { zone: "America/New_York", dayStartHour: 0 };
const NOON = Date.parse("2026-03-02T17:00:00Z");

function failure(work: () => unknown): string {
  try {
    work();
    return "no failure";
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : "no error";
  }
}

test("a backup holds everything, and copies older than 14 days go", async () => {
  using folder = new DatabaseFolder();
  const backups = join(folder.path, "backups");
  using database = openDatabase(join(folder.path, "tracker.db"));
  applyLibrarySample(database, CALENDAR, libraryFact(NOON, [{ appId: 10, minutes: 100 }]));
  const before = dump(database, ["settings"]);
  const first = await backUp(database, backups, Date.now());
  const old = join(backups, "tracker-nightly-20200101T000000Z.db");
  writeFileSync(old, "old");
  utimesSync(old, 0, 0);
  writeFileSync(join(backups, "tracker-before-2-20200101T000000Z.db"), "kept");

  const second = await backUp(database, backups, Date.now());

  expect(second.removed).toBe(1);
  expect(readdirSync(backups)).toContain("tracker-before-2-20200101T000000Z.db");
  expect(first.bytes).toBeGreaterThan(0);
  using copy = openDatabase(join(backups, second.file));
  expect(dump(copy, ["settings"])).toEqual(before);
});

test("a restored backup takes the database's place, which is kept beside it", async () => {
  using folder = new DatabaseFolder();
  const path = join(folder.path, "tracker.db");
  const database = openDatabase(path);
  applyLibrarySample(database, CALENDAR, libraryFact(NOON, [{ appId: 10, minutes: 100 }]));
  const { file } = await backUp(database, join(folder.path, "backups"), Date.now());
  applyLibrarySample(database, CALENDAR, libraryFact(NOON + 1, [{ appId: 10, minutes: 150 }]));
  const backup = join(folder.path, "backups", file);

  expect(failure(() => restoreDatabase(folder.path, backup))).toBe(
    "ConfigError: the database is in use: stop the tracker first",
  );
  database[Symbol.dispose]();
  const done = restoreDatabase(folder.path, backup);

  expect(done).toMatch(
    /^restored tracker-nightly-.*; the database that was there is now .*tracker-replaced-/,
  );
  using restored = openDatabase(path);
  expect(dump(restored)["games"]).toMatchObject([{ playtime_minutes: 100 }]);
  const replaced = readdirSync(join(folder.path, "backups")).find((name) =>
    name.includes("replaced"),
  );
  using kept = openDatabase(join(folder.path, "backups", replaced ?? ""));
  expect(dump(kept)["games"]).toMatchObject([{ playtime_minutes: 150 }]);
});

test("a file that is no sound backup is refused, and the database stays as it was", () => {
  using folder = new DatabaseFolder();
  const path = join(folder.path, "tracker.db");
  openDatabase(path)[Symbol.dispose]();
  const damaged = join(folder.path, "damaged.db");
  writeFileSync(damaged, "x".repeat(8_192));

  expect(failure(() => restoreDatabase(folder.path, damaged))).toMatch(
    /^ConfigError: .*cannot be restored/,
  );
  expect(failure(() => restoreDatabase(folder.path, join(folder.path, "none.db")))).toContain(
    "no file",
  );

  using database = openDatabase(path);
  expect(database.schemaVersion).toBeGreaterThan(0);
  expect(readdirSync(folder.path).filter((name) => name.includes("restored"))).toEqual([]);
});
