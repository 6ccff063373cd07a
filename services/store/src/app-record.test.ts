import { expect, test } from "bun:test";
import { App, type AppFacts, ServiceError } from "@tracker/contracts";
import { countDue, expireSlice } from "./app-due.ts";
import { planBatch } from "./app-plan.ts";
import { getApp, getAppHistory } from "./app-read.ts";
import { recordInParts } from "./app-record-part.ts";
import { recordBatch } from "./app-record.ts";
import { plan, record, takeList } from "./catalogue-fixture.ts";
import { type Database, openDatabase } from "./database.ts";
import { dump } from "./fact-fixture.ts";
import { instantOf } from "./instant.ts";
import { contractError, DAY_MS, insertGame, MINUTE_MS, NOW } from "./question-fixture.ts";

const FACTS: AppFacts = {
  type: "game",
  price: { currency: "USD", initial: 1_999, final: 999, discount_percent: 50 },
  owners: { low: 20_000, high: 50_000 },
  reviews: { positive: 90, negative: 10 },
  ccu: 7,
};
const listOf = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 1, `App ${index + 1}`]));

function code(work: () => unknown): string {
  try {
    work();
    return "no failure";
  } catch (error) {
    return error instanceof ServiceError ? error.code : String(error);
  }
}

test("a batch recorded twice is recorded once, and answered as at first", () => {
  using database = openDatabase(":memory:");
  takeList(database, listOf(3), { at: NOW - 1 });
  const [appId = 0] = plan(database, { batch_id: "batch-one", limit: 1 });
  const batch = {
    batch_id: "batch-one",
    source: "store_items",
    observed_at: instantOf(NOW),
    results: [{ app_id: appId, status: "success", facts: FACTS }],
  } as const;

  const first = recordBatch(database, structuredClone(batch) as never, NOW);
  const before = dump(database);
  const second = recordBatch(database, structuredClone(batch) as never, NOW + MINUTE_MS);

  expect(first).toEqual({
    first: true,
    succeeded: 1,
    failed: 0,
    not_found: 0,
    changed: 1,
    history: 1,
  });
  expect(second).toEqual({ ...first, first: false });
  expect(dump(database)).toEqual(before);
  expect(code(() => plan(database, { batch_id: "batch-one" }))).toBe("CONFLICT");
});

test("a batch recorded in parts ends as one recorded at once, also when it was cut short and comes again", async () => {
  const [whole, parts, cut] = [1, 2, 3].map(() => openDatabase(":memory:"));
  if (whole === undefined || parts === undefined || cut === undefined)
    throw new Error("no database");
  const results = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      app_id: index + 1,
      status: index % 7 === 0 ? "failed" : "success",
      ...(index % 7 === 0 ? { error: "503" } : { facts: FACTS }),
    }));
  const batch = (count: number) =>
    ({
      batch_id: "batch-one",
      source: "store_items",
      observed_at: instantOf(NOW),
      results: results(count),
    }) as never;
  for (const database of [whole, parts, cut]) {
    takeList(database, listOf(50), { at: NOW - 1 });
    plan(database, { batch_id: "batch-one", limit: 50 });
  }

  const atOnce = recordBatch(whole, batch(50), NOW);
  const inParts = await recordInParts(parts, batch(50), NOW);
  const interrupted = recordInParts(cut, batch(50), NOW);
  const again = recordBatch(cut, batch(50), NOW);
  await interrupted;

  expect(inParts).toEqual(atOnce);
  expect(again).toMatchObject({ succeeded: atOnce.succeeded, failed: atOnce.failed });
  const rowsOf = (database: Database) =>
    ["app_sources", "app_metadata", "app_history"].map((table) =>
      database.raw.query(`SELECT * FROM ${table} ORDER BY 1, 2`).all(),
    );
  expect(rowsOf(parts)).toEqual(rowsOf(whole));
  expect(rowsOf(cut)).toEqual(rowsOf(whole));
  for (const database of [whole, parts, cut]) database[Symbol.dispose]();
});

test("no app is handed out twice while its lease lasts, and all come back when their holder is gone", () => {
  using database = openDatabase(":memory:");
  takeList(database, listOf(25), { at: NOW - 1 });
  const input = {
    batch_id: "batch-kept",
    source: "store_items",
    limit: 10,
    lease_seconds: 60,
  } as const;

  const first = planBatch(database, input, NOW).app_ids;
  const again = planBatch(database, input, NOW + 1).app_ids;
  const others = [plan(database, { limit: 10 }), plan(database, { limit: 10 }), plan(database)];

  expect(again).toEqual(first);
  expect([first, ...others].map((ids) => ids.length)).toEqual([10, 10, 5, 0]);
  expect(new Set([...first, ...others.flat()]).size).toBe(25);
  const due = countDue(database, { source: "store_items" }, NOW);
  expect(due).toEqual({
    due: 0,
    leased: 25,
    apps: 25,
    next_due_at: instantOf(NOW + MINUTE_MS),
  });
  expect(new Set(plan(database, {}, NOW + MINUTE_MS))).toEqual(new Set(first));
});

test("the library and the wishlist come first, then the popular, and the tail does not starve", () => {
  using database = openDatabase(":memory:");
  takeList(database, { 990: "App 990" }, { at: NOW - 3 * DAY_MS });
  takeList(database, listOf(1_000), { at: NOW - 2 * DAY_MS });
  for (const appId of [900, 950]) insertGame(database, { steamAppId: appId });
  insertGame(database, { steamAppId: 5_000, status: "Wishlist", title: "Unlisted" });
  const known = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [
      801 + index,
      { reviews: { positive: 2 ** Math.floor(index / 10), negative: 0 } },
    ]),
  );
  record(database, known, { at: NOW - DAY_MS, source: "steamspy_details" });

  const batch = plan(database, { limit: 83 });

  expect(batch.slice(0, 3).toSorted((a, b) => a - b)).toEqual([900, 950, 5_000]);
  const popular = batch.slice(23);
  expect(popular).toHaveLength(60);
  expect(Math.min(...popular)).toBeGreaterThan(800);
  expect(batch[3]).toBe(990);
  expect(getApp(database, { app_id: 5_000 })).toMatchObject({ name: "Unlisted", game_id: 3 });
});

test("a passing failure is asked again soon and then ever later, `not_found` rarely, and neither takes away what is known", () => {
  using database = openDatabase(":memory:");
  takeList(database, listOf(2), { at: NOW - 1 });
  record(database, { 1: FACTS });
  const end = (status: "failed" | "not_found", at: number) =>
    recordBatch(
      database,
      {
        batch_id: `ending-${at}`,
        source: "store_items",
        observed_at: instantOf(at),
        results: [{ app_id: 1, status, ...(status === "failed" && { error: "HTTP 500" }) }],
      },
      at,
    );
  const sourceOf = () =>
    getApp(database, { app_id: 1 }).sources.find(({ source }) => source === "store_items");

  const waits = [1, 2, 3, 20].map((attempts) => {
    const at = NOW + attempts * DAY_MS;
    while ((sourceOf()?.fetch_attempts ?? 0) < attempts) {
      end("failed", at + (sourceOf()?.fetch_attempts ?? 0));
    }
    return Math.round((Date.parse(sourceOf()?.next_due ?? "") - at) / 1_000);
  });
  expect(waits).toEqual([15, 60, 240, 86_400]);
  expect(sourceOf()).toMatchObject({
    fetch_status: "failed",
    error: "HTTP 500",
    last_updated: instantOf(NOW),
  });
  end("not_found", NOW + 50 * DAY_MS);
  expect(sourceOf()).toMatchObject({
    fetch_status: "not_found",
    fetch_attempts: 0,
    next_due: instantOf(NOW + 80 * DAY_MS),
  });
  const app = getApp(database, { app_id: 1 });
  expect(app).toMatchObject({ price: FACTS.price, owners: FACTS.owners });
  expect(contractError(App, app)).toBeUndefined();
});

test("the history has a row when owners, reviews, players or price changed, and none when they did not", () => {
  using database = openDatabase(":memory:");
  record(database, { 1: FACTS });
  record(database, { 1: FACTS }, { at: NOW + 1 });
  record(database, { 1: { ...FACTS, developers: ["Another"] } }, { at: NOW + 2 });
  record(database, { 1: { ccu: 8 } }, { at: NOW + 3 });
  record(database, { 1: { ccu: 7 } }, { at: NOW - 5 });
  record(database, { 1: { price: null } }, { at: NOW + 4 });

  const page = getAppHistory(database, { app_id: 1, limit: 2 });
  const rest = getAppHistory(database, { app_id: 1, cursor: page.next_cursor ?? "" });

  expect(
    [...page.items, ...rest.items].map(({ at, ccu, price }) => [at, ccu, price?.final ?? null]),
  ).toEqual([
    [instantOf(NOW + 4), 8, null],
    [instantOf(NOW + 3), 8, 999],
    [instantOf(NOW), 7, 999],
  ]);
  expect(code(() => getAppHistory(database, { app_id: 2, cursor: page.next_cursor ?? "" }))).toBe(
    "INVALID",
  );
  expect(code(() => getAppHistory(database, { app_id: 2 }))).toBe("NOT_FOUND");
});

test("two sources that disagree do not write a history in turns", () => {
  using database = openDatabase(":memory:");
  const store = {
    price: FACTS.price ?? null,
    reviews: { positive: 900, negative: 100 },
    tags: [{ name: "Store", weight: 1 }],
  };
  const spy = {
    price: null,
    reviews: { positive: 905, negative: 101 },
    tags: [{ name: "Spy", weight: 9 }],
  };
  for (let day = 0; day < 10; day++) {
    record(database, { 1: store }, { at: NOW + day * DAY_MS });
    record(database, { 1: spy }, { at: NOW + day * DAY_MS + 1, source: "steamspy_details" });
  }

  expect(getApp(database, { app_id: 1 })).toMatchObject({
    price: FACTS.price,
    reviews: { positive: 905, negative: 101 },
    tags: [{ name: "Spy", weight: 9 }],
  });
  expect(getAppHistory(database, { app_id: 1 }).items).toHaveLength(2);
  record(database, { 1: store }, { at: NOW + 60 * DAY_MS });
  expect(getApp(database, { app_id: 1 }).reviews?.positive).toBe(900);
});

test("apps of a batch that was cut short are due again at once; empty tags take nothing away; playtime 0 is unknown", () => {
  using database = openDatabase(":memory:");
  takeList(database, listOf(2), { at: NOW - 1 });
  record(database, { 1: { tags: [{ name: "RPG", weight: 1 }] } });
  const batch_id = "batch-left-out";
  plan(database, { batch_id, source: "steamspy_details" });
  const playtime = {
    average_forever: 0,
    average_2weeks: 0,
    median_forever: 5,
    median_2weeks: null,
  };
  const results = [{ app_id: 1, status: "success" as const, facts: { tags: [], playtime } }];
  const observed_at = instantOf(NOW);

  const summary = recordBatch(
    database,
    { batch_id, source: "steamspy_details", observed_at, results },
    NOW,
  );

  expect(summary).toMatchObject({ succeeded: 1, failed: 0 });
  expect(getApp(database, { app_id: 1 })).toMatchObject({
    tags: [{ name: "RPG", weight: 1 }],
    playtime: { average_forever: null, median_forever: 5 },
  });
  expect(plan(database, { source: "steamspy_details" })).toEqual([2]);
});

test("starting over makes due what was not asked since, however often it is begun", () => {
  using database = openDatabase(":memory:");
  takeList(database, listOf(5), { at: NOW - DAY_MS });
  record(database, Object.fromEntries([1, 2, 3, 4, 5].map((appId) => [appId, FACTS])), {
    at: NOW - 1,
  });
  const over = () =>
    expireSlice(
      database,
      { source: "store_items", not_asked_since: instantOf(NOW), after_app_id: 0 },
      NOW + 1,
    );
  expect(plan(database, {}, NOW + 1)).toEqual([]);

  expect(over()).toEqual({ expired: 5, next_app_id: null });
  const batch = plan(database, { limit: 2 }, NOW + 1);
  record(database, Object.fromEntries(batch.map((appId) => [appId, FACTS])), { at: NOW + 1 });
  expect(over()).toEqual({ expired: 0, next_app_id: null });

  expect(plan(database, {}, NOW + 1)).toHaveLength(3);
});

test("SteamSpy is not asked about what it does not track, unless it is in the library", () => {
  using database = openDatabase(":memory:");
  takeList(database, listOf(4), { at: NOW - 1 });
  record(database, { 1: { type: "dlc" }, 2: { type: "music" }, 3: { type: "game" } });
  insertGame(database, { steamAppId: 2 });

  expect(countDue(database, { source: "steamspy_details" }, NOW)).toMatchObject({
    due: 3,
    apps: 3,
  });
  expect(new Set(plan(database, { source: "steamspy_details" }))).toEqual(new Set([2, 3, 4]));
});
