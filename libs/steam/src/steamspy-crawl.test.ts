import { expect, test } from "bun:test";
import {
  crawlProblems,
  STEAMSPY_GIANTS,
  type TalliedPage,
  tallySteamSpyCrawl,
} from "./steamspy-crawl.ts";

const HUGE = { appId: 730, ownersHigh: 100_000_000 };

/** Pages of a thousand apps, of which the last is not full; page 0 has the giants. */
function crawl(pages: number): TalliedPage[] {
  return Array.from({ length: pages }, (_, page) => {
    const isLast = page === pages - 1;
    const rows = isLast ? 544 : 1_000;
    const ids = Array.from({ length: rows }, (_, index) => 1_000_000 + page * 1_000 + index);
    if (page === 0) ids.splice(0, STEAMSPY_GIANTS.length, ...STEAMSPY_GIANTS);
    const apps = ids.map((appId) => (appId === 730 ? HUGE : { appId, ownersHigh: 20_000 }));
    return { page, apps, rows, isLast };
  });
}

function problemsOf(pages: readonly TalliedPage[], previousApps: number | null = null) {
  return crawlProblems(tallySteamSpyCrawl(pages), previousApps);
}

function changed(pages: readonly TalliedPage[], at: number, change: Partial<TalliedPage>) {
  return pages.map((page) => (page.page === at ? { ...page, ...change } : page));
}

test("a plausible crawl counts, and every app in it once", () => {
  const tally = tallySteamSpyCrawl(crawl(10));

  expect(tally).toEqual({
    pages: 10,
    rows: 9_544,
    distinctApps: 9_544,
    repeatedApps: 0,
    isComplete: true,
    ownersHighMax: 100_000_000,
    giantsMissing: [],
  });
  expect(crawlProblems(tally, null)).toEqual([]);
  expect(crawlProblems(tally, 9_900)).toEqual([]);
});

test.each([...STEAMSPY_GIANTS])(
  "a crawl without the giant %p is refused, and says which",
  (giant) => {
    const pages = crawl(3);
    const apps = [...(pages[0]?.apps ?? [])].filter(({ appId }) => appId !== giant);

    const problems = problemsOf(changed(pages, 0, { apps }));

    expect(problems[0]).toEndWith(`missing ${giant}`);
  },
);

test("a giant on a later page does not make the first one plausible", () => {
  const [first, second, third] = crawl(3);
  const pages = [{ ...first, page: 1 }, { ...second, page: 0 }, third] as TalliedPage[];

  expect(problemsOf(pages)).toHaveLength(2);
});

test("a crawl in which nothing is owned by many is refused", () => {
  const apps = STEAMSPY_GIANTS.map((appId) => ({ appId, ownersHigh: 5_000_000 }));

  expect(problemsOf(changed(crawl(2), 0, { apps }))).toEqual([
    "expected an app with up to 50000000 owners on the first page, got at most 5000000",
  ]);
});

test("an overlap of 8 % is how SteamSpy is; one of a quarter is pages in place of others", () => {
  const overlapping = (count: number) => {
    const pages = crawl(11);
    for (const [index, page] of pages.entries()) {
      const before = [...(pages[index - 1]?.apps ?? [])].slice(-count);
      pages[index] = { ...page, apps: [...before, ...[...page.apps].slice(before.length)] };
    }
    return pages;
  };

  expect(problemsOf(overlapping(80))).toEqual([]);
  expect(problemsOf(overlapping(250))).toHaveLength(1);
});

test("a crawl without its end, or with a hole, is refused", () => {
  const pages = crawl(5);

  expect(problemsOf(pages.slice(0, 4))).toHaveLength(1);
  expect(problemsOf(pages.filter(({ page }) => page !== 2))).toHaveLength(1);
});

test("a crawl that ends early is refused by what the last one found", () => {
  expect(problemsOf(crawl(4), 9_544)).toHaveLength(1);
  expect(problemsOf(crawl(4), null)).toEqual([]);
});

test("no crawl at all is not plausible", () => {
  expect(problemsOf([]).length).toBeGreaterThan(0);
});

test.each([[[3, 2, 1, 0]], [[1, 1, 3, 0, 2, 3]], [[2, 0, 2, 1, 0, 3]]])(
  "a tally is the same when the pages come in the order %p",
  (order) => {
    const pages = crawl(4);

    expect(tallySteamSpyCrawl(order.flatMap((index) => pages[index] ?? []))).toEqual(
      tallySteamSpyCrawl(pages),
    );
  },
);
