import { expect, test } from "bun:test";
import { ServiceError } from "@tracker/contracts";
import { finishList } from "./app-list-finish.ts";
import { stageList } from "./app-list.ts";
import { getList, listFreshness } from "./app-list-state.ts";
import { getApp } from "./app-read.ts";
import { searchApps } from "./app-search.ts";
import { record, takeList } from "./catalogue-fixture.ts";
import { openDatabase } from "./database.ts";
import { dump } from "./fact-fixture.ts";
import { instantOf } from "./instant.ts";
import { DAY_MS, NOW } from "./question-fixture.ts";

const LISTS = ["app_lists", "app_list_entries", "sqlite_sequence"];
const namesOf = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 1, `App ${index + 1}`]));

function failure(work: () => unknown): string {
  try {
    work();
    return "no failure";
  } catch (error) {
    return error instanceof ServiceError
      ? `${error.code} ${error.field ?? ""}`.trim()
      : String(error);
  }
}

test("an empty list and one that is cut off change nothing", () => {
  using database = openDatabase(":memory:");
  takeList(database, namesOf(100), { at: NOW });
  const before = dump(database, LISTS);

  const empty = failure(() => finishList(database, { list_id: "list-empty" }, NOW));
  const cut = takeList(
    database,
    { ...namesOf(50), 51: "Renamed", 500: "New" },
    { at: NOW + DAY_MS },
  );

  expect(empty).toBe("INVALID /list_id");
  expect(cut).toMatchObject({
    state: "refused",
    reason: expect.stringContaining("expected at least 90 apps"),
  });
  expect(dump(database, LISTS)).toEqual(before);
});

test("a list that is staged and not finished changes nothing, and goes on where it stopped", () => {
  using database = openDatabase(":memory:");
  takeList(database, namesOf(3), { at: NOW });
  const before = dump(database, LISTS);
  const part = {
    list_id: "list-of-parts",
    kind: "full",
    scope: "all",
    observed_at: instantOf(NOW + 1),
  } as const;
  const app = (app_id: number) => ({
    app_id,
    name: "Other",
    last_modified: null,
    price_change_number: null,
  });

  stageList(database, { ...part, apps: [app(1), app(2)] }, NOW);
  const again = stageList(database, { ...part, apps: [app(1), app(2)] }, NOW);

  expect(again).toEqual({ staged: 2, last_app_id: 2 });
  expect(dump(database, LISTS)).toEqual(before);
  expect(getList(database, { list_id: "list-of-parts" })).toMatchObject({
    state: "staging",
    last_app_id: 2,
  });
  expect(failure(() => stageList(database, { ...part, apps: [app(4), app(3)] }, NOW))).toBe(
    "INVALID /apps/1/app_id",
  );
  expect(
    failure(() => stageList(database, { ...part, kind: "incremental", apps: [app(3)] }, NOW)),
  ).toBe("INVALID /kind");
});

test("an app that is missing from three successive full lists has left, and is active again when it returns", () => {
  using database = openDatabase(":memory:");
  const all = namesOf(20);
  const { 7: _, ...without } = all;
  const at = (day: number) => NOW + day * DAY_MS;
  takeList(database, all, { at: at(0) });

  const missing = takeList(database, without, { at: at(1) });
  takeList(database, { 1: "App 1" }, { at: at(1) + 1, kind: "incremental" });
  const second = takeList(database, without, { at: at(2) });
  expect(getApp(database, { app_id: 7 }).is_active).toBe(true);
  const third = takeList(database, without, { at: at(3) });

  expect([missing, second, third].map(({ changes }) => [changes.missing, changes.left])).toEqual([
    [1, 0],
    [0, 0],
    [0, 1],
  ]);
  expect(getApp(database, { app_id: 7 })).toMatchObject({
    is_active: false,
    left_at: instantOf(at(1)),
  });
  expect(searchApps(database, { q: "app 7" }).items).toEqual([]);
  expect(searchApps(database, { q: "app 7", active: false }).items).toHaveLength(1);
  const back = takeList(database, all, { at: at(4) });
  expect(back.changes).toMatchObject({ reappeared: 1, returned: 1, added: 0 });
  expect(getApp(database, { app_id: 7 })).toMatchObject({
    is_active: true,
    left_at: null,
    absences: [{ left_at: instantOf(at(1)), returned_at: instantOf(at(4)) }],
  });
});

test("an app that comes and goes from day to day never leaves", () => {
  using database = openDatabase(":memory:");
  const all = namesOf(20);
  const { 7: _, ...without } = all;

  for (let day = 0; day < 12; day++) {
    takeList(database, day % 3 === 0 ? all : without, { at: NOW + day * DAY_MS });
    expect(getApp(database, { app_id: 7 }).is_active).toBe(true);
  }
});

test("an app is found by its new name and no longer by the old one, whatever another source calls it", () => {
  using database = openDatabase(":memory:");
  takeList(database, { 1: "Old Title" }, { at: NOW });

  const { changes } = takeList(database, { 1: "New Title" }, { at: NOW + 1, kind: "incremental" });
  record(
    database,
    { 1: { name: "SteamSpy's title" } },
    { at: NOW + 2, source: "steamspy_details" },
  );

  expect(changes).toMatchObject({ renamed: 1, added: 0 });
  expect(searchApps(database, { q: "old" }).items).toEqual([]);
  expect(searchApps(database, { q: "new ti" }).items.map((app) => app.name)).toEqual(["New Title"]);
  expect(listFreshness(database, { scope: "all" })).toEqual({
    last_full_at: instantOf(NOW),
    last_list_at: instantOf(NOW + 1),
    modified_since: null,
    apps: 1,
    active_apps: 1,
  });
});
