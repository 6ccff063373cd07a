import { expect, test } from "bun:test";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listBackups } from "./backup-list.ts";
import { backUp } from "./backup.ts";
import { openDatabase } from "./database.ts";
import { DatabaseFolder } from "./fact-fixture.ts";

// What is listed can be downloaded and restored: a file that only looks like a backup must not be offered as a sound one.
test("each copy of the database is listed with its size, time, occasion and schema, newest first, and nothing else in the folder is", async () => {
  using folder = new DatabaseFolder();
  const backups = join(folder.path, "backups");
  using database = openDatabase(join(folder.path, "tracker.db"));
  const made = await backUp(database, backups, Date.now(), "nightly");
  writeFileSync(join(backups, "tracker-20200101T000000Z.db"), "no database at all");
  writeFileSync(join(backups, "tracker-replaced-20210101T000000Z.db"), "set aside");
  writeFileSync(join(backups, "tracker-20220101T000000Z.db.partial"), "half");
  writeFileSync(join(backups, "notes.txt"), "mine");
  symlinkSync("/etc/passwd", join(backups, "tracker-20230101T000000Z.db"));
  mkdirSync(join(backups, "tracker-20240101T000000Z.db"));

  const { items } = listBackups(backups);

  expect(items).toEqual([
    {
      name: made.file,
      bytes: made.bytes,
      made_at: expect.stringMatching(/^20\d\d-.*Z$/),
      made_for: "nightly",
      checked: true,
      schema_version: database.schemaVersion,
    },
    expect.objectContaining({ made_for: "replaced", checked: false, schema_version: null }),
    {
      name: "tracker-20200101T000000Z.db",
      bytes: 18,
      made_at: "2020-01-01T00:00:00.000Z",
      made_for: "by_hand",
      checked: false,
      schema_version: null,
    },
  ]);
});

test("before the first backup there is none to list", () => {
  using folder = new DatabaseFolder();

  expect(listBackups(join(folder.path, "backups"))).toEqual({ items: [] });
});
