import { expect, test } from "bun:test";
import { measureCrawl } from "../crawl/measure.ts";

const APPS = 100_000;
/** SteamSpy's real rates are 60 and 1 a minute: 60 times faster here, so that a day of details takes 24 minutes. Steam's limit is set to bind as long. */
const LIMITS = {
  STEAMSPY_API_LIMIT: "3600/minute",
  STEAMSPY_ALL_LIMIT: "60/minute",
  STEAM_WEB_API_LIMIT: "45/minute",
  MAX_WORKERS: "16",
};

test("100,000 apps: each quota is used to 95 % and never exceeded, the collector stays small, reads stay quick", async () => {
  const measure = await measureCrawl(APPS, LIMITS);

  const { job, wrong, ...figures } = measure;
  process.stdout.write(`crawl: ${JSON.stringify({ ...figures, result: job.result }, null, 2)}\n`);
  expect(job.state).toBe("done");
  expect(wrong).toEqual([]);
  expect([measure.repeatedHistory, measure.askedTwice]).toEqual([0, 0]);
  for (const { share, fullestWindow } of Object.values(measure.quotas)) {
    expect(fullestWindow).toBeLessThanOrEqual(1);
    expect(share).toBeGreaterThanOrEqual(0.95);
  }
  expect(measure.collectorPeakMib).toBeLessThan(120);
  expect(measure.readP99Ms).toBeLessThan(20);
}, 3_600_000);
