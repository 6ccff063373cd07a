import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { BlobReader, TextWriter, ZipReader } from "@zip.js/zip.js";
import { storeAnswers } from "./answers.ts";
import { ArchivePlace } from "./archive-fixture.ts";
import { importArchive } from "./archive-import.ts";
import { ARCHIVED_TABLES, UNARCHIVED_TABLES } from "./archive-table.ts";
import { record, takeList } from "./catalogue-fixture.ts";
import { openDatabase } from "./database.ts";
import { dump, libraryFact, presenceFact } from "./fact-fixture.ts";
import { applyLibrarySample } from "./library.ts";
import { applyPresence } from "./presence.ts";
import {
  CALENDAR,
  DAY_MS,
  HOUR_MS,
  insertAchievement,
  insertGame,
  MINUTE_MS,
  NOW,
} from "./question-fixture.ts";
import { recutDays } from "./rebuild.ts";
import type { Database } from "./database.ts";
import { writeSnapshots } from "./snapshot.ts";
import { setGameTags } from "./tag.ts";

/** A tracked month with everything in it that an archive knows, drawn from `seed`. */
function fill(database: Database, seed: number, words: string): void {
  recutDays(database, CALENDAR, NOW);
  const start = NOW - 20 * DAY_MS;
  const total = new Map([1, 2, 3].map((appId) => [appId, appId * 100]));
  for (let hour = 0; hour < 300; hour += 1 + (seed % 5)) {
    const at = start + hour * HOUR_MS;
    const played = ((hour * 7 + seed) % 3) + 1;
    if ((hour + seed) % 4 === 0) {
      applyPresence(database, CALENDAR, presenceFact(at - 40 * MINUTE_MS, played));
      applyPresence(database, CALENDAR, presenceFact(at - 39 * MINUTE_MS, null));
      total.set(played, (total.get(played) ?? 0) + ((seed + hour) % 50));
    }
    const games = [...total].map(([appId, minutes]) => ({
      appId,
      minutes,
      name: `${words}${appId}`,
    }));
    applyLibrarySample(database, CALENDAR, libraryFact(at, games));
  }
  const id = insertGame(database, { title: `=HYPERLINK("x")${words}`, notes: words, rating: 7.5 });
  setGameTags(database, id, ["müde", 'a,b"c']);
  insertAchievement(database, 1, "ONE", NOW - DAY_MS);
  insertAchievement(database, 1, "TWO", null);
  writeSnapshots(database, CALENDAR, NOW);
  takeList(database, { 1: "Portal", 7: `七 ${words}` });
  record(database, { 1: { genres: ["Puzzle"], owners: { low: 10, high: 20 }, ccu: 3 } });
  database.raw.run(
    `INSERT INTO month_records VALUES (1, 1, '2024-03', 3600, 2, ${NOW});
     INSERT INTO review_years (account_id, year, asked_at, outcome, job_id) VALUES (1, 2024, ${NOW}, 'ok', 5);
     INSERT INTO steam_import_status (steam_app_id, game_imported, updated_at, job_id) VALUES (1, 1, ${NOW}, 5);
     INSERT INTO purged_apps VALUES (99, ${NOW});
     INSERT INTO session_edits (game_id, kind, arguments, created_at) VALUES (1, 'remove', '{"session":1}', ${NOW});`,
  );
}

test("every table is either archived or named as one that stays behind", () => {
  using database = openDatabase(":memory:");
  // What a full-text index keeps itself in goes with it.
  const tables = Object.keys(dump(database)).filter((name) => !name.startsWith("app_names_"));

  expect([...ARCHIVED_TABLES.map(({ name }) => name), ...UNARCHIVED_TABLES].sort()).toEqual(tables);
});

test("export, import, export: the same bytes but for the manifest's time", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1_000),
      fc.string({ unit: "grapheme", maxLength: 12 }),
      async (seed, words) => {
        using place = new ArchivePlace();
        {
          using database = place.database("one");
          fill(database, seed, `${words.trim()}Ō`);
        }
        const first = await place.export("one", NOW);
        await importArchive(place.dataDir("two"), first);
        const second = await place.export("two", NOW);
        const later = await place.export("two", NOW + 1_000);

        expect(readFileSync(second).equals(readFileSync(first))).toBe(true);
        expect(readFileSync(later).equals(readFileSync(first))).toBe(false);
        const [files, others] = [await contents(first), await contents(later)];
        for (const [name, text] of files) {
          const other = others.get(name) ?? "";
          const sameTime = other.replace(
            new Date(NOW + 1_000).toISOString(),
            new Date(NOW).toISOString(),
          );
          expect(name === "manifest.json" ? sameTime : other).toBe(text);
        }
      },
    ),
    { numRuns: 8 },
  );
}, 60_000);

async function contents(path: string): Promise<Map<string, string>> {
  const reader = new ZipReader(new BlobReader(Bun.file(path)), { useWebWorkers: false });
  const files = new Map<string, string>();
  for (const entry of await reader.getEntries()) {
    if (!entry.directory) files.set(entry.filename, await entry.getData(new TextWriter()));
  }
  await reader.close();
  return files;
}

const READS: readonly (readonly [string, unknown])[] = [
  ["store.games.list", { limit: 1_000 }],
  ["store.games.list", { archived: true }],
  ["store.games.get", { id: 1 }],
  ["store.tags.list", {}],
  ["store.feed.list", {}],
  ["store.days.list", {}],
  ["store.days.get", { day: "2026-11-10" }],
  ["store.sessions.list", { limit: 1_000 }],
  ["store.snapshots.list", { limit: 1_000 }],
  ["store.snapshots.get", { date: "2026-11-10" }],
  ["store.runs.list", { limit: 1_000 }],
  ["store.achievements.list", { game_id: 1 }],
  ["store.history.get", { id: 1 }],
  ["store.apps.search", { q: "port" }],
  ["store.apps.search", { q: "七" }],
  ["store.apps.get", { app_id: 1 }],
  ["store.apps.history", { app_id: 1 }],
];

test("an imported tracker answers every read as the one that was exported, also after a start", async () => {
  using place = new ArchivePlace();
  {
    using database = place.database("one");
    fill(database, 7, "Spiel ");
  }
  await importArchive(place.dataDir("two"), await place.export("one", NOW));
  using one = place.database("one");
  using two = place.database("two");
  expect(recutDays(two, CALENDAR, NOW)).toBe(false);
  expect(writeSnapshots(two, CALENDAR, NOW)).toBe(0);

  const answersOf = (database: Database) =>
    storeAnswers({
      database,
      calendar: CALENDAR,
      pollIntervalMs: 30 * MINUTE_MS,
      clock: () => NOW,
    });
  const [asked, others] = [answersOf(one), answersOf(two)];
  for (const [subject, input] of READS) {
    const read = (answers: typeof asked) =>
      answers.find(({ definition }) => definition.subject === subject)?.handle(input, "api");
    const answer: unknown = await read(asked);
    expect([subject, answer]).toEqual([subject, expect.anything()]);
    expect(JSON.stringify(await read(others))).toBe(JSON.stringify(answer));
  }
});

test("credentials and the work of the running tracker stay behind", async () => {
  using place = new ArchivePlace();
  const secret = "c0ffee".padEnd(64, "0");
  {
    using database = place.database("one");
    fill(database, 1, "x");
    database.raw.run(
      `INSERT INTO api_tokens (hash, name, scopes, created_at) VALUES ('${secret}', 'c0ffee', '[]', 1);
       INSERT INTO ui_sessions VALUES ('${secret}', 1, 2);
       INSERT INTO jobs (kind, arguments, state, requested_by, created_at) VALUES ('poll', '{"c0ffee":1}', 'done', 'c0ffee', 1);
       INSERT INTO settings VALUES ('secret', 'c0ffee')`,
    );
  }

  const files = await contents(await place.export("one", NOW));

  expect([...files.values()].join("\n")).not.toContain("c0ffee");
  expect(files.get("csv/games.csv")).toContain(`"'=HYPERLINK(""x"")x"`);
  expect(files.get("tables/games.jsonl")).toContain(`"title":"=HYPERLINK(\\"x\\")x"`);
});
