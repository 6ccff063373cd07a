import { expect, test } from "bun:test";
import { join } from "node:path";
import { ServiceError } from "@tracker/contracts";
import { countUnbalanced } from "./balance.ts";
import { openDatabase } from "./database.ts";
import { DatabaseFolder, dump, libraryFact } from "./fact-fixture.ts";
import { archiveGame, purgeGame } from "./game-archive.ts";
import { getGameHistory } from "./game-history.ts";
import { applyLibrarySample } from "./library.ts";
import { CALENDAR, DAY_MS, NOW } from "./question-fixture.ts";
import { listRuns } from "./run.ts";
import { yearAnswer } from "./review-fixture.ts";
import { listReviewedYears, recordYear } from "./year-in-review.ts";

const STEAM_ID = "76561190000000001";

function openWith(...games: readonly { appId: number; minutes: number }[]) {
  const database = openDatabase(":memory:");
  applyLibrarySample(database, CALENDAR, libraryFact(NOW, games));
  return database;
}

const before = (database: ReturnType<typeof openDatabase>, id = 1) =>
  getGameHistory(database, { id }, CALENDAR).before;

function refusal(work: () => unknown): string {
  try {
    work();
    return "accepted";
  } catch (error) {
    if (error instanceof ServiceError) return `${error.code} ${error.field}`;
    throw error;
  }
}

test("a year's months say when the baseline was played, and recording the year again changes nothing", () => {
  using database = openWith({ appId: 10, minutes: 500 });
  const answer = yearAnswer(2024, { 10: { "05": 60, "12": 90 } }, { job_id: 7 });

  expect(recordYear(database, answer)).toEqual({ games: 1, months: 2, changed: 2 });
  const recorded = dump(database);
  const again = recordYear(database, answer);

  expect(again).toEqual({ games: 1, months: 2, changed: 0 });
  expect(dump(database)).toEqual(recorded);
  expect(before(database)).toEqual({
    minutes: 500,
    unknown_minutes: 350,
    months: [
      { month: "2024-05", minutes: 60 },
      { month: "2024-12", minutes: 90 },
    ],
  });
});

test("what another job is told again leaves every figure with the time of its first telling", () => {
  using database = openWith({ appId: 10, minutes: 500 });
  recordYear(database, yearAnswer(2024, { 10: { "05": 60 } }));
  const recorded = dump(database, ["review_years", "sync_runs"]);

  const later = { asked_at: "2027-01-05T00:00:00.000Z", job_id: 8 };
  recordYear(database, yearAnswer(2024, { 10: { "05": 60 } }, later));

  expect(dump(database, ["review_years", "sync_runs"])).toEqual(recorded);
});

test("each look says which year it asked for, those from before the column was there too", () => {
  using folder = new DatabaseFolder();
  const path = join(folder.path, "tracker.db");
  {
    using old = openDatabase(path, { schemaVersion: 9 });
    old.raw.run(
      "INSERT INTO accounts (id, steam_id, state, state_since) VALUES (12, '76561190000000012', 'ok', 0)",
    );
    old.raw.run(
      `INSERT INTO sync_runs (id, account_id, kind, trigger, started_at, observed_at, outcome)
       VALUES ('review-12-2023-1790000000000', 12, 'year_in_review', 'job', 1, 1, 'ok'),
         ('sample-1', 12, 'library', 'interval', 1, 1, 'ok')`,
    );
  }

  using database = openDatabase(path);
  applyLibrarySample(database, CALENDAR, libraryFact(NOW, []));
  recordYear(database, yearAnswer(2024, {}));

  const years = listRuns(database, {}).items.map(
    ({ kind, review_year }) => `${kind} ${review_year}`,
  );
  expect(new Set(years)).toEqual(
    new Set(["library null", "year_in_review 2023", "year_in_review 2024"]),
  );
});

// The last two weeks of a year are missing until the next Replay; and some years are told without their seconds later.
test("the later of two answers counts, and a month that it lacks stays", () => {
  using database = openWith({ appId: 10, minutes: 500 });
  const early = yearAnswer(2025, { 10: { "03": 30, "12": 40 } });
  const replay = { asked_at: "2026-12-19T00:00:00.000Z" };
  const months = { "2025-03": 30, "2025-12": 100 };

  recordYear(database, early);
  const { changed } = recordYear(database, yearAnswer(2025, { 10: { "12": 100 } }, replay));
  const told = before(database).months;
  recordYear(database, early);

  expect(changed).toBe(1);
  expect(Object.fromEntries(told.map(({ month, minutes }) => [month, minutes]))).toEqual(months);
  expect(before(database).months).toEqual(told);
});

test("a game that the library does not know yet has its past once it comes", () => {
  using database = openWith({ appId: 10, minutes: 5 });
  recordYear(database, yearAnswer(2024, { 99: { "05": 60 } }));

  const games = [
    { appId: 10, minutes: 5 },
    { appId: 99, minutes: 3_000, lastPlayedAt: NOW - 400 * DAY_MS },
  ];
  applyLibrarySample(database, CALENDAR, libraryFact(NOW + DAY_MS, games));

  expect(before(database, 2)).toEqual({
    minutes: 3_000,
    unknown_minutes: 2_940,
    months: [{ month: "2024-05", minutes: 60 }],
  });
});

test("a year may be recorded before the first sample of the library", () => {
  using database = openDatabase(":memory:");
  recordYear(database, yearAnswer(2024, { 10: { "05": 60 } }));
  applyLibrarySample(database, CALENDAR, libraryFact(NOW, [{ appId: 10, minutes: 100 }]));

  expect(before(database).months).toEqual([{ month: "2024-05", minutes: 60 }]);
});

test("months belong to no day: sessions, days and snapshots are what they were", () => {
  using database = openWith({ appId: 10, minutes: 500 });
  const own = ["month_records", "review_years", "sync_runs"];
  const untouched = dump(database, own);

  recordYear(database, yearAnswer(2026, { 10: { "10": 60, "11": 90 } }));

  expect(dump(database, own)).toEqual(untouched);
  expect(countUnbalanced(database)).toBe(0);
});

test("a year that Steam does not show is kept with its reason and is not done; what was told before stays", () => {
  using database = openWith({ appId: 10, minutes: 500 });
  const hidden = { outcome: "private" as const, reason: "Steam shows no Year in Review." };
  recordYear(database, yearAnswer(2023, {}, { ...hidden, job_id: 1 }));
  recordYear(database, yearAnswer(2024, { 10: { "05": 60 } }, { job_id: 1 }));
  const later = { asked_at: "2026-11-21T00:00:00.000Z", job_id: 2 };
  recordYear(database, yearAnswer(2024, {}, { ...hidden, ...later }));

  const { items } = listReviewedYears(database, { steam_id: STEAM_ID });
  const first = "2026-11-20T22:30:00.000Z";
  const unanswered = { asked_at: first, answered_at: null, months: 0, games: 0 };
  const answered = { asked_at: later.asked_at, answered_at: first, months: 1, games: 1 };
  expect(items).toEqual([
    { year: 2023, ...hidden, job_id: 1, ...unanswered },
    { year: 2024, ...hidden, job_id: 2, ...answered },
  ]);
  expect(before(database).months).toEqual([{ month: "2024-05", minutes: 60 }]);
  expect(listReviewedYears(database, { steam_id: "76561190000000009" }).items).toEqual([]);
});

test("each question is a run of its own, and says nothing of the account's state", () => {
  using database = openWith({ appId: 10, minutes: 500 });
  const late = { asked_at: "2026-11-21T00:00:00.000Z", outcome: "private" as const, reason: "x" };
  recordYear(database, yearAnswer(2023, {}, late));
  const look = { outcome: "unreachable" as const, reason: "no answer" };
  applyLibrarySample(database, CALENDAR, libraryFact(NOW + 60_000, [], look));

  const [newest] = listRuns(database, {}).items;
  expect(newest).toMatchObject({ kind: "year_in_review", outcome: "private", reason: "x" });
  // The look is older than the question and still the newest look.
  expect(dump(database)["accounts"]).toMatchObject([{ state: "unreachable" }]);
});

test("months of another year, games of a failed one and days that no calendar has are refused with their field", () => {
  using database = openWith({ appId: 10, minutes: 500 });
  const untouched = dump(database);
  const answer = yearAnswer(2024, { 10: { "05": 60 } });

  expect(refusal(() => recordYear(database, { ...answer, year: 2023 }))).toBe(
    "INVALID /games/0/months",
  );
  expect(refusal(() => recordYear(database, { ...answer, outcome: "private" }))).toBe(
    "INVALID /games",
  );
  const never = { ...answer, asked_at: "2026-02-30T00:00:00.000Z" };
  expect(refusal(() => recordYear(database, never))).toBe("INVALID /asked_at");
  expect(dump(database)).toEqual(untouched);
});

test("a purged game's months go with it, and later years pass it over", () => {
  using database = openWith({ appId: 10, minutes: 500 }, { appId: 20, minutes: 50 });
  recordYear(database, yearAnswer(2024, { 10: { "05": 60 }, 20: { "05": 10 } }));
  archiveGame(database, { id: 1 }, NOW);
  purgeGame(database, { id: 1 }, NOW);

  recordYear(database, yearAnswer(2023, { 10: { "05": 60 }, 20: { "05": 10 } }));

  const apps = database.raw.query("SELECT DISTINCT steam_app_id FROM month_records").values();
  expect(apps).toEqual([[20]]);
});
