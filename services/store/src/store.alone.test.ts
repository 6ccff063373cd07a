import { expect, test } from "bun:test";
import { join } from "node:path";
import { type Database, openDatabase } from "./database.ts";
import { DatabaseFolder, libraryFact, MINUTE_MS, presenceFact } from "./fact-fixture.ts";
import { applyLibrarySample } from "./library.ts";
import { applyPresence } from "./presence.ts";
import { rebuildSessions } from "./rebuild.ts";
import { writeSnapshots } from "./snapshot.ts";
import { getStoreStatus } from "./status.ts";

const CALENDAR = { zone: "America/New_York", dayStartHour: 0 };
const GAMES = 300;
const CHANGED = 3;
const DAYS = 365;
const DAY_MS = 86_400_000;
const STARTED_AT = Date.parse("2025-03-01T20:00:00Z");

/** A library of 300 games of which three were played for half an hour before each of the day's samples. */
class Library {
  readonly #minutes = Array.from({ length: GAMES }, (_, index) => 100 + index);
  readonly #database: Database;
  #played = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  sample(at: number, trigger: "interval" | "replay" = "interval"): void {
    const games = this.#minutes.map((minutes, index) => ({ appId: index + 1, minutes }));
    applyLibrarySample(this.#database, CALENDAR, libraryFact(at, games, { trigger }));
  }

  play(): void {
    for (let count = 0; count < CHANGED; count++) {
      const index = this.#played++ % GAMES;
      this.#minutes[index] = (this.#minutes[index] ?? 0) + 30;
    }
  }
}

function measure(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function say(what: string, ms: number): void {
  process.stdout.write(`store speed: ${what}: ${ms.toFixed(2)} ms\n`);
}

test("a sample of 300 games with 3 changed takes less than 10 ms, and a missed year of snapshots less than 2 s", () => {
  using folder = new DatabaseFolder();
  using database = openDatabase(join(folder.path, "tracker.db"));
  const library = new Library(database);
  for (let day = 0; day < DAYS; day++) {
    for (const minute of [0, 31, 62]) {
      library.sample(STARTED_AT + day * DAY_MS + minute * MINUTE_MS, "replay");
      library.play();
    }
  }
  const now = STARTED_AT + DAYS * DAY_MS;

  const year = measure(() => writeSnapshots(database, CALENDAR, now));
  const samples = Array.from({ length: 31 }, (_, index) => {
    library.play();
    return measure(() => library.sample(now + index * 31 * MINUTE_MS));
  });
  const equal = Array.from({ length: 31 }, (_, index) =>
    measure(() => library.sample(now + DAY_MS + index * 31 * MINUTE_MS)),
  );
  const looks = Array.from({ length: 121 }, (_, index) => {
    const fact = presenceFact(now + 3 * DAY_MS + index * MINUTE_MS, 1);
    return measure(() => void applyPresence(database, CALENDAR, fact));
  });
  const rebuild = measure(() => rebuildSessions(database, CALENDAR, now));
  const status = measure(() => void getStoreStatus(database, CALENDAR, now));

  say(`${DAYS} missed snapshots of ${GAMES} games`, year);
  say(`a sample of ${GAMES} games, ${CHANGED} changed (median)`, median(samples));
  say(`a sample of ${GAMES} games, equal to the last (median)`, median(equal));
  say("a look at presence (median)", median(looks));
  say(`placing ${DAYS} days of history anew`, rebuild);
  say("the store's status", status);
  expect(median(samples)).toBeLessThan(10);
  expect(year).toBeLessThan(2_000);
}, 60_000);
