import { expect, test } from "bun:test";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { backupMadeAt } from "./backup-list.ts";
import { backUp, lastBackupAt, occasionOf } from "./backup.ts";
import { openDatabase } from "./database.ts";
import { DatabaseFolder, dump, libraryFact } from "./fact-fixture.ts";
import { fileStamp } from "./instant.ts";
import { claimJob, startJob } from "./job.ts";
import { applyLibrarySample } from "./library.ts";
import { listTokens } from "./access.ts";
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
  writeOld(old);

  const second = await backUp(database, backups, Date.now());

  expect(second.removed).toBe(1);
  expect(readdirSync(backups)).not.toContain(basename(old));
  expect(first.bytes).toBeGreaterThan(0);
  using copy = openDatabase(join(backups, second.file));
  expect(dump(copy, ["settings"])).toEqual(before);
});

// On a small disk a copy for every update and restore would one day leave no room to write.
test("copies made before an update, an adoption or a restore go with age too, but for the newest of each", async () => {
  using folder = new DatabaseFolder();
  const backups = join(folder.path, "backups");
  using database = openDatabase(join(folder.path, "tracker.db"));
  const last = [
    "tracker-before-10-20200301T000000Z.db",
    "tracker-before-adoption-20200201T000000Z.db",
    "tracker-replaced-20200201T000000Z.db",
  ];
  const earlier = [
    "tracker-before-9-20200201T000000Z.db",
    "tracker-before-adoption-20200101T000000Z.db",
    "tracker-replaced-20200101T000000Z.db",
    "tracker-replaced-20200101T000000Z.db-wal",
  ];
  mkdirSync(backups);
  for (const name of [...earlier, ...last]) writeOld(join(backups, name));

  const { file, removed } = await backUp(database, backups, Date.now());

  expect(removed).toBe(3);
  expect(readdirSync(backups).toSorted()).toEqual([...last, file].toSorted());
});

// A tracker that stood still for a month may be restored twice in a row: the second must not cost what the first set aside.
test("what a restore set aside is kept 14 days from then, however long ago it was last written", async () => {
  using folder = new DatabaseFolder();
  const backups = join(folder.path, "backups");
  const path = join(folder.path, "tracker.db");
  const from = join(folder.path, "from.db");
  for (const file of [path, from]) openDatabase(file)[Symbol.dispose]();
  mkdirSync(backups);
  const setAside = join(backups, `tracker-replaced-${fileStamp(Date.now() - 60_000)}.db`);
  writeOld(setAside);
  restoreDatabase(folder.path, from);
  using database = openDatabase(path);

  const { removed } = await backUp(database, backups, Date.now());

  expect(removed).toBe(0);
  expect(readdirSync(backups)).toContain(basename(setAside));
});

function writeOld(path: string): void {
  writeFileSync(path, "old");
  utimesSync(path, 0, 0);
}

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

test("a token that was revoked after the backup stays revoked when that is restored", async () => {
  using folder = new DatabaseFolder();
  const path = join(folder.path, "tracker.db");
  {
    using database = openDatabase(path);
    const insert = database.prepare(
      "INSERT INTO api_tokens (hash, name, scopes, created_at) VALUES (?, ?, '[\"read\"]', ?)",
    );
    for (const name of ["a", "b"]) insert.run(name.repeat(64), name, NOON);
    await backUp(database, join(folder.path, "backups"), Date.now());
    database.prepare("UPDATE api_tokens SET revoked_at = ? WHERE name = 'a'").run(NOON + 1);
  }
  const [file = ""] = readdirSync(join(folder.path, "backups"));

  restoreDatabase(folder.path, join(folder.path, "backups", file));

  using restored = openDatabase(path);
  expect(listTokens(restored).items.map(({ name, revoked_at: at }) => [name, at !== null])).toEqual(
    [
      ["a", true],
      ["b", false],
    ],
  );
});

test("an empty file is refused, and so a backup that a full disk cut to nothing", () => {
  using folder = new DatabaseFolder();
  const path = join(folder.path, "tracker.db");
  openDatabase(path)[Symbol.dispose]();
  const empty = join(folder.path, "empty.db");
  writeFileSync(empty, "");

  expect(failure(() => restoreDatabase(folder.path, empty))).toContain("the file is empty");
  expect(readdirSync(folder.path)).toContain("tracker.db");
});

test("what ran when the backup was made has failed once it is restored, but for the backup itself, which is done and the last", async () => {
  using folder = new DatabaseFolder();
  using other = new DatabaseFolder();
  const asked = { arguments: {}, requestedBy: "operator" };
  using database = openDatabase(join(folder.path, "tracker.db"));
  claimJob(database, startJob(database, "backup", asked, NOON), NOON);
  startJob(database, "import", asked, NOON);
  const { file } = await backUp(database, folder.path, Date.now(), "by hand");

  restoreDatabase(other.path, join(folder.path, file));

  using restored = openDatabase(join(other.path, "tracker.db"));
  expect(dump(restored)["jobs"]).toMatchObject([
    { kind: "backup", state: "done", error: null },
    { kind: "import", state: "failed", error: "interrupted by a restore" },
  ]);
  expect(lastBackupAt(restored)).toBe(backupMadeAt(file));
});

test("a copy from before an update made no backup, and newer backups beside it are not forgotten", async () => {
  using folder = new DatabaseFolder();
  using other = new DatabaseFolder();
  const asked = { arguments: {}, requestedBy: "operator" };
  using database = openDatabase(join(folder.path, "tracker.db"));
  claimJob(database, startJob(database, "backup", asked, NOON), NOON);
  const { file } = await backUp(database, join(other.path, "backups"), Date.now(), "by hand");
  const before = join(folder.path, "tracker-before-2-20200101T000000Z.db");
  copyFileSync(join(other.path, "backups", file), before);

  restoreDatabase(other.path, before);

  using restored = openDatabase(join(other.path, "tracker.db"));
  expect(dump(restored)["jobs"]).toMatchObject([{ kind: "backup", state: "failed" }]);
  expect(lastBackupAt(restored)).toBe(backupMadeAt(file));
});

test("a backup made by hand is named otherwise than the night's, and goes with age as they do", async () => {
  using folder = new DatabaseFolder();
  const backups = join(folder.path, "backups");
  using database = openDatabase(join(folder.path, "tracker.db"));
  const night = await backUp(database, backups, Date.now(), occasionOf(by("schedule backup")));
  const hand = await backUp(database, backups, Date.now(), occasionOf(by("operator")));
  const old = "tracker-20200101T000000Z.db";
  const left = [`${hand.file}.partial`, `${hand.file}.partial-journal`];
  for (const name of [...left, "mine.db.partial"]) writeFileSync(join(backups, name), "killed");
  renameSync(join(backups, hand.file), join(backups, old));
  utimesSync(join(backups, old), 0, 0);

  const { removed } = await backUp(database, backups, Date.now());

  expect(night.file).toMatch(/^tracker-nightly-\d{8}T\d{6}Z\.db$/);
  expect(hand.file).toMatch(/^tracker-\d{8}T\d{6}Z\.db$/);
  expect(removed).toBe(1);
  expect(readdirSync(backups)).not.toContain(old);
  // What a killed copy left goes with the next one; what is not the store's stays.
  expect(readdirSync(backups).filter((name) => name.includes("partial"))).toEqual([
    "mine.db.partial",
  ]);
});

// Everything that a person ever played is in these files; DATA_DIR may have been there before, readable for all.
test("the database, its log, its backups and what is restored are readable for their owner only", async () => {
  using folder = new DatabaseFolder();
  chmodSync(folder.path, 0o755);
  const path = join(folder.path, "tracker.db");
  const backups = join(folder.path, "backups");
  const modes: string[] = [];
  const note = (file: string) => modes.push((statSync(file).mode & 0o777).toString(8));
  {
    using database = openDatabase(path);
    applyLibrarySample(database, CALENDAR, libraryFact(NOON, [{ appId: 10, minutes: 100 }]));
    for (const file of [path, `${path}-wal`]) note(file);
    const { file } = await backUp(database, backups, Date.now());
    note(join(backups, file));
    copyFileSync(join(backups, file), join(folder.path, "open.db"));
    chmodSync(join(folder.path, "open.db"), 0o644);
  }
  restoreDatabase(folder.path, join(folder.path, "open.db"));
  note(path);

  expect(modes).toEqual(["600", "600", "600", "600"]);
  expect((statSync(backups).mode & 0o777).toString(8)).toBe("700");
});

test("a restore that is refused, whatever for, leaves nothing behind", async () => {
  using folder = new DatabaseFolder();
  using database = openDatabase(join(folder.path, "tracker.db"));
  const { file } = await backUp(database, join(folder.path, "backups"), Date.now());
  const refuse = (path: string) => failure(() => restoreDatabase(folder.path, path));

  expect(refuse(join(folder.path, "backups", file))).toContain("the database is in use");
  expect(refuse(folder.path)).toBe(`ConfigError: ${folder.path}: expected a file`);
  expect(refuse("/dev/zero")).toBe("ConfigError: /dev/zero: expected a file");

  expect(readdirSync(folder.path).filter((name) => name.includes("restored"))).toEqual([]);
});

function by(requestedBy: string) {
  return { requested_by: requestedBy };
}

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
