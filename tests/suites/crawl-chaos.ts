import { expect, test } from "bun:test";
import { crawlThroughChaos } from "../crawl/chaos.ts";

const KILLS = 54;

// A droplet reboots, runs out of memory, is updated in the middle of a crawl of days.
test("50 kills at random points cost at most one batch each, lose nothing, and write nothing twice", async () => {
  const result = await crawlThroughChaos({
    seed: 11,
    apps: 6_000,
    batchSize: 50,
    limits: { STEAMSPY_API_LIMIT: "600/15seconds", STEAMSPY_ALL_LIMIT: "60/minute" },
    kills: KILLS,
  });

  process.stdout.write(`crawl chaos: ${JSON.stringify(result)}\n`);
  expect([result.wrong, result.problems]).toEqual([[], []]);
  expect(result.repeatedHistory).toBe(0);
  expect(result.fetchedAgain).toBeLessThanOrEqual(result.fetchedAgainMax);
}, 3_600_000);
