import { expect, test } from "bun:test";
import { importThroughChaos } from "./chaos/import-chaos.ts";

// The bounded slice of `./tracker test import-chaos`.
test("an import in which its processes are killed ends as one without, and asks at most for the game in flight again", async () => {
  const options = { seed: 5, games: 25 };

  const calm = await importThroughChaos({ ...options, limit: 50, kills: 0 });
  const rough = await importThroughChaos({ ...options, limit: 20, kills: 6 });

  expect(rough.killed["importer"]).toBeGreaterThan(0);
  expect(rough.job.state).toBe("done");
  expect(rough.dump).toEqual(calm.dump);
  expect(rough.job.result).toEqual(calm.job.result);
  expect(rough.askedAgain).toBeLessThanOrEqual(rough.killed["importer"] ?? 0);
}, 120_000);
