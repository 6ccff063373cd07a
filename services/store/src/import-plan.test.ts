import { expect, test } from "bun:test";
import { planImport as contract, ServiceError } from "@tracker/contracts";
import { addJob, addTrackedGame, record, statusOf, told } from "./achievement-fixture.ts";
import { openDatabase } from "./database.ts";
import { libraryFact } from "./fact-fixture.ts";
import { archiveGame } from "./game-archive.ts";
import { getGame } from "./game-row.ts";
import { checkArguments, planImport, recordCovers, recordOverview } from "./import-plan.ts";
import { cancelJob } from "./job.ts";
import { applyLibrarySample } from "./library.ts";
import { refreshPlayed } from "./played-refresh.ts";
import { applyPresence } from "./presence.ts";
import { presenceFact } from "./fact-fixture.ts";
import { CALENDAR, contractError, HOUR_MS, MINUTE_MS, NOW, READING } from "./question-fixture.ts";
import type { Database } from "./database.ts";

const apps = (database: Database, job: number) =>
  planImport(database, { job_id: job }).games.map((game) => game.app_id);

/** Three played games, the last the most. */
function library(database: Database, at = NOW - HOUR_MS): void {
  const games = [10, 20, 30].map((appId) => ({ appId, minutes: appId }));
  applyLibrarySample(database, CALENDAR, libraryFact(at, games));
}

test("a plan has the most played first, and goes on after what its job is done with", () => {
  using database = openDatabase(":memory:");
  library(database);
  const job = addJob(database);
  const whole = planImport(database, { job_id: job });

  record(database, [told("A")], { app_id: 30, job_id: job });
  record(database, [], {
    app_id: 20,
    job_id: job,
    outcome: "malformed",
    message: "no",
    settled: true,
  });
  record(database, [], {
    app_id: 10,
    job_id: job,
    outcome: "limited",
    message: "no",
    settled: false,
  });

  expect(whole).toMatchObject({ library: 3, done: {}, covers: [30, 20, 10] });
  expect(whole.games.map((game) => game.app_id)).toEqual([30, 20, 10]);
  expect(contractError(contract.output, whole)).toBeUndefined();
  expect(apps(database, job)).toEqual([10]);
  expect(planImport(database, { job_id: job }).done).toEqual({ ok: 1, malformed: 1 });
});

test("the next import passes over what is there, and asks again for what failed after what is new", () => {
  using database = openDatabase(":memory:");
  library(database);
  const first = addJob(database);
  record(database, [], { app_id: 30, job_id: first, outcome: "not_visible", message: "no" });
  record(database, [], { app_id: 20, job_id: first, outcome: "no_stats" });
  cancelJob(database, { id: first }, NOW);

  const second = addJob(database);
  expect(apps(database, second)).toEqual([10, 30]);
  cancelJob(database, { id: second }, NOW);
  const third = addJob(database, { full_refresh: true });
  expect(apps(database, third)).toEqual([10, 30, 20]);
  expect(planImport(database, { job_id: third }).games[0]?.full).toBe(true);
});

test("named games are asked for whatever is there, and nothing else; archived ones never", () => {
  using database = openDatabase(":memory:");
  library(database);
  record(database, [told("A")], { app_id: 30, job_id: 99 });
  archiveGame(database, { id: 2 }, NOW);
  const job = addJob(database, { app_ids: [20, 30] });

  expect(planImport(database, { job_id: job })).toMatchObject({ covers: [30] });
  expect(apps(database, job)).toEqual([30]);
});

test("apps that are not in the library are refused by name before anything is queued", () => {
  using database = openDatabase(":memory:");
  library(database);

  let refusal: unknown;
  try {
    checkArguments(database, "import", { app_ids: [10, 77, 88] });
  } catch (error) {
    refusal = error;
  }

  expect(refusal).toBeInstanceOf(ServiceError);
  expect(refusal).toMatchObject({
    code: "INVALID",
    field: "/app_ids",
    message: expect.stringContaining("got 77, 88"),
  });
});

test("an overview is shown until the achievements themselves are there, and completes nothing", () => {
  using database = openDatabase(":memory:");
  const id = addTrackedGame(database);
  const items = [
    { app_id: 620, counts: { unlocked: 4, total: 4 } },
    { app_id: 999, counts: { unlocked: 1, total: 2 } },
  ];

  expect(recordOverview(database, { items }, NOW)).toEqual({ recorded: 1 });
  const overviewed = getGame(database, { id });
  record(database, [told("A", NOW), told("B")]);
  const imported = getGame(database, { id });

  expect(overviewed).toMatchObject({
    unlocked_achievements: 4,
    total_achievements: 4,
    completion_percentage: 100,
    status: "Backlog",
  });
  expect(imported).toMatchObject({ unlocked_achievements: 1, total_achievements: 2 });
});

// The poller knows only the old address, which one game in twenty does not have any more.
test("a cover that the store told stays through later samples; where there is none, none is shown", () => {
  using database = openDatabase(":memory:");
  const sample = (at: number) => {
    const fact = libraryFact(at, [
      { appId: 10, minutes: 1 },
      { appId: 20, minutes: 1 },
    ]);
    for (const game of fact.games) game.cover_url = `https://old.test/${at}.jpg`;
    applyLibrarySample(database, CALENDAR, fact);
  };
  sample(NOW - HOUR_MS);
  const items = [
    { app_id: 10, cover_url: "https://new.test/hash/header.jpg?t=1" },
    { app_id: 20, cover_url: null },
  ];

  expect(recordCovers(database, { items }, NOW)).toEqual({ changed: 2 });
  expect(recordCovers(database, { items }, NOW)).toEqual({ changed: 0 });
  sample(NOW);

  expect(getGame(database, { id: 1 }).cover_url).toBe(items[0]?.cover_url ?? "");
  expect(getGame(database, { id: 2 }).cover_url).toBeNull();
  expect(planImport(database, { job_id: addJob(database) }).covers).toEqual([]);
});

test("a game that was played is asked for once its session has ended, alone, and only for its unlocks", () => {
  using database = openDatabase(":memory:");
  library(database);
  for (const appId of [10, 20, 30]) {
    record(database, [told("A")], { app_id: appId, job_id: 99 }, NOW - 50 * MINUTE_MS);
  }
  const at = (minutes: number) => NOW + minutes * MINUTE_MS;
  applyPresence(database, CALENDAR, presenceFact(at(-20), 20));
  for (let minute = -18; minute <= 0; minute += 2) {
    applyPresence(database, CALENDAR, presenceFact(at(minute), 20, at(minute - 2)));
  }
  const totals = (played: number) =>
    libraryFact(NOW, [
      { appId: 10, minutes: 10 },
      { appId: 20, minutes: 20 + played },
      { appId: 30, minutes: 30 },
    ]);
  applyLibrarySample(database, CALENDAR, totals(15));

  expect(refreshPlayed(database, READING)).toEqual([]);
  applyPresence(database, CALENDAR, presenceFact(at(2), null, at(0)));
  const due = refreshPlayed(database, { ...READING, now: at(3) });
  const plan = planImport(database, { job_id: 1 });

  expect(due).toEqual([20]);
  expect(plan.games).toEqual([
    { app_id: 20, known: 1, overview_total: null, overviewed: true, full: false },
  ]);
  expect(plan.covers).toEqual([]);
  expect(refreshPlayed(database, { ...READING, now: at(3) })).toEqual([]);
  cancelJob(database, { id: 1 }, at(3));
  expect(refreshPlayed(database, { ...READING, now: at(32) })).toEqual([]);
  expect(refreshPlayed(database, { ...READING, now: at(34) })).toEqual([20]);
  record(database, [told("A", NOW)], { app_id: 20, job_id: 2 }, at(34));
  expect(statusOf(database, 20)?.stale_since).toBeNull();
  cancelJob(database, { id: 2 }, at(35));
  expect(refreshPlayed(database, { ...READING, now: at(90) })).toEqual([]);
});

test("a library whose achievements were never imported is not asked for because it is played", () => {
  using database = openDatabase(":memory:");
  library(database);
  const games = [10, 20, 30].map((appId) => ({ appId, minutes: appId + 5 }));
  applyLibrarySample(database, CALENDAR, libraryFact(NOW, games));

  expect(refreshPlayed(database, { ...READING, now: NOW + 2 * HOUR_MS })).toEqual([]);
});
