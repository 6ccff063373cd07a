import { expect, test } from "bun:test";
import { crawlThroughChaos } from "./crawl/chaos.ts";

// tests/suites/crawl-chaos.ts is the same with 50 kills.
test("a crawl whose collector, store and NATS are killed ends complete, with at most one batch fetched again and nothing twice", async () => {
  const result = await crawlThroughChaos({
    seed: 3,
    apps: 900,
    batchSize: 40,
    limits: { STEAMSPY_API_LIMIT: "900/15seconds", STEAMSPY_ALL_LIMIT: "60/minute" },
    kills: ["store", "nats-server", "steamspy-collector", "store", "nats-server"],
  });

  process.stdout.write(`crawl chaos: ${JSON.stringify(result)}\n`);
  expect([result.wrong, result.problems]).toEqual([[], []]);
  expect(result.repeatedHistory).toBe(0);
  expect(result.fetchedAgain).toBeLessThanOrEqual(result.fetchedAgainMax);
}, 400_000);
