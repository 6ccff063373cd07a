import { expect, test } from "bun:test";
import { mergeNames, mergeNewNames } from "./app-name-merge.ts";
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

// Without this a search in the midst of a first crawl looks into seventeen pieces.
test("while names are written the index is kept in few pieces, and nothing is done when nothing was written", () => {
  using database = openDatabase(":memory:");
  const written = { changes: 0 };
  let most = 0;
  for (let appId = 1; appId <= 200; appId++) {
    record(database, { [appId]: { name: `Portal ${appId} ${"of the dark ".repeat(20)}` } });
    for (const _step of mergeNewNames(database, written));
    const { pieces } = database.raw.query<{ pieces: number }, []>(PIECES).get() ?? { pieces: 99 };
    most = Math.max(most, pieces);
  }
  const before = database.raw.query("SELECT total_changes() AS changes").get();

  const idle = [...mergeNewNames(database, written)];

  expect(most).toBeLessThanOrEqual(8);
  expect(searchApps(database, { q: "portal", limit: 1_000 }).items).toHaveLength(200);
  expect(idle).toEqual([]);
  expect(database.raw.query("SELECT total_changes() AS changes").get()).toEqual(before);
});
