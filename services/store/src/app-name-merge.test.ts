import { expect, test } from "bun:test";
import { mergeNames } from "./app-name-merge.ts";
import { searchApps } from "./app-search.ts";
import { record } from "./catalogue-fixture.ts";
import { openDatabase } from "./database.ts";

const PIECES = "SELECT count(DISTINCT segid) AS pieces FROM app_names_idx";

test("merging the name index ends, leaves one piece and finds what it found", () => {
  using database = openDatabase(":memory:");
  for (let appId = 1; appId <= 15; appId++)
    record(database, { [appId]: { name: `Portal ${appId}` } });
  const found = () => searchApps(database, { q: "porta" }).items.map((app) => app.app_id);
  const before = found();

  const steps = [...mergeNames(database)].length;

  expect(steps).toBeGreaterThan(0);
  expect(database.raw.query(PIECES).get()).toEqual({ pieces: 1 });
  expect(found()).toEqual(before);
  expect([...mergeNames(database)]).toEqual([]);
});
