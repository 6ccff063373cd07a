import { expect, test } from "bun:test";
import { LIKELY, measurePrefixes, measureSearch, timesOf } from "./bench/catalogue.ts";
import { FilledCatalogue } from "./bench/catalogue-scenario.ts";

const APPS = 20_000;
const SEED = 285;
const SEARCH_MS_MAX = 10;
const READ_MS_MAX = 20;

// A tenth of Steam, so that it takes seconds; `./tracker bench catalogue` holds all of it to the same bounds.
test("searches and the commits that they may have to wait for stay short", () => {
  using catalogue = new FilledCatalogue(APPS, SEED);
  const { database, names } = catalogue;
  const listing = timesOf(catalogue.list());
  catalogue.own(200);
  const crawling = timesOf(catalogue.crawl("store_items"));
  const merging = timesOf(catalogue.merge());
  const prefixes = measurePrefixes(database, names, 2_000, SEED);
  const filters = Object.entries(LIKELY).map(
    ([name, search]) => [name, measureSearch(database, search, 30)] as const,
  );

  process.stdout.write(
    `catalogue speed: p99 of a listing's commit ${listing.p99.toFixed(1)}, of a batch's ${crawling.p99.toFixed(1)}, of a beginning of a name ${prefixes.p99.toFixed(1)} ms\n`,
  );
  expect(prefixes.p99).toBeLessThan(SEARCH_MS_MAX);
  for (const [name, { p50 }] of filters) expect([name, p50 < SEARCH_MS_MAX]).toEqual([name, true]);
  expect(merging.p50).toBeLessThan(READ_MS_MAX);
  expect(listing.p50).toBeLessThan(READ_MS_MAX);
  expect(crawling.p50).toBeLessThan(READ_MS_MAX);
}, 120_000);
