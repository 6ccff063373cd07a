import { expect, test } from "bun:test";
import { crawlProblems, type CrawlTally, STEAMSPY_GIANTS } from "./steamspy-crawl.ts";

const PLAUSIBLE: CrawlTally = {
  pages: 10,
  rows: 9_544,
  distinctApps: 9_544,
  repeatedApps: 0,
  isComplete: true,
  ownersHighMax: 100_000_000,
  giantsMissing: [],
};

function problemsOf(change: Partial<CrawlTally>, previousApps: number | null = null) {
  return crawlProblems({ ...PLAUSIBLE, ...change }, previousApps);
}

test("a plausible crawl counts, the first one and the next", () => {
  expect(problemsOf({})).toEqual([]);
  expect(problemsOf({}, 9_900)).toEqual([]);
});

test.each([...STEAMSPY_GIANTS])(
  "a crawl without the giant %p is refused, and says which",
  (giant) => {
    expect(problemsOf({ giantsMissing: [giant] })).toEqual([
      `expected the apps 730, 570, 440, 620 on the first page, missing ${giant}`,
    ]);
  },
);

test("a crawl in which nothing is owned by many is refused", () => {
  expect(problemsOf({ ownersHighMax: 5_000_000 })).toEqual([
    "expected an app with up to 50000000 owners on the first page, got at most 5000000",
  ]);
});

test("an overlap of 8 % is how SteamSpy is; one of a quarter is pages in place of others", () => {
  const overlapping = (share: number) => {
    const repeatedApps = Math.round(PLAUSIBLE.rows * share);
    return problemsOf({ repeatedApps, distinctApps: PLAUSIBLE.rows - repeatedApps });
  };

  expect(overlapping(0.08)).toEqual([]);
  expect(overlapping(0.25)).toEqual([
    "expected at most 15 % of the rows to repeat an earlier page, got 2386 of 9544",
  ]);
});

test("a crawl without its end, or with a hole, is refused", () => {
  expect(problemsOf({ isComplete: false })).toEqual([
    "expected every page up to the last one, got 10",
  ]);
});

test("a crawl that ends early is refused by what the last one found", () => {
  const early = { pages: 4, rows: 3_544, distinctApps: 3_544 };

  expect(problemsOf(early, 9_544)).toEqual([
    "expected about as many apps as in the last crawl (9544), got 3544",
  ]);
  expect(problemsOf(early)).toEqual([]);
});

test("no crawl at all is not plausible", () => {
  const nothing = { pages: 0, rows: 0, distinctApps: 0, isComplete: false, ownersHighMax: 0 };

  expect(problemsOf({ ...nothing, giantsMissing: STEAMSPY_GIANTS })).toHaveLength(3);
});
