import { expect, test } from "bun:test";
import { readCatalogueSearch } from "../catalogue/search.ts";
import { readLibrarySearch } from "../library/search.ts";
import { readStatisticsSearch } from "./search.ts";

const RANGE = { from: "2026-02-01", to: "2026-02-28" };

test("days that there are and that follow each other are a range, and nothing else is", () => {
  expect(readStatisticsSearch({ ...RANGE, range: "week" })).toEqual({ ...RANGE, range: "week" });
  for (const given of [
    { from: "garbage", to: 1 },
    { from: "2026-02-30", to: "2026-03-01" },
    { from: "2026-99-99", to: "2026-99-99" },
    { from: RANGE.to, to: RANGE.from },
    { from: RANGE.from },
  ]) {
    expect(readStatisticsSearch(given)).toEqual({});
  }
});

// The router lays what is read over what was typed: a name that is left out would keep the typed value.
test("what does not fit is named with nothing, so that the typed value is gone", () => {
  const typed = { from: "garbage", to: 1, range: "never" };

  expect(Object.assign(typed, readStatisticsSearch(typed))).toEqual({} as never);
  const sorted = { sort: "x" };
  expect({ ...sorted, ...readLibrarySearch(sorted) }.sort).toBeUndefined();
  const released = { released_from: "soon" };
  expect({ ...released, ...readCatalogueSearch(released) }.released_from).toBeUndefined();
});
