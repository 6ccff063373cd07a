import { expect, test } from "bun:test";
import { measureCrawl } from "./crawl/measure.ts";

/** SteamSpy's details 60 times as fast as they really may be asked for, the other quotas so that they take about as long. */
const LIMITS = {
  STEAMSPY_API_LIMIT: "900/15seconds",
  STEAMSPY_ALL_LIMIT: "6/15seconds",
  STEAM_WEB_API_LIMIT: "60/minute",
  MAX_WORKERS: "8",
};

// tests/suites/crawl.ts is the same with 100,000 apps.
test("each quota is used to 95 % while there is work and exceeded in no window, and the collector stays small", async () => {
  const measure = await measureCrawl(3_000, LIMITS);

  const { STEAMSPY_API_LIMIT: details, STEAM_WEB_API_LIMIT: items } = measure.quotas;
  const { job: _job, wrong: _wrong, ...figures } = measure;
  process.stdout.write(`crawl: ${JSON.stringify(figures)}\n`);
  expect([measure.job.state, measure.wrong]).toEqual(["done", []]);
  expect([measure.repeatedHistory, measure.askedTwice]).toEqual([0, 0]);
  for (const { fullestWindow } of Object.values(measure.quotas)) {
    expect(fullestWindow).toBeLessThanOrEqual(1);
  }
  expect(details?.share).toBeGreaterThanOrEqual(0.95);
  expect(items?.share).toBeGreaterThanOrEqual(0.95);
  expect(measure.collectorPeakMib).toBeLessThan(120);
}, 180_000);
