import { expect, test } from "bun:test";
import { importThroughChaos } from "../chaos/import-chaos.ts";

const SEED = Number(process.env["IMPORT_CHAOS_SEED"] || Date.now() % 2 ** 31);

test("an import in which something is killed 60 times ends as one without, and asks at most for the game in flight again", async () => {
  process.stdout.write(`import-chaos: seed ${SEED}\n`);
  const options = { seed: SEED, games: 300, limit: 10 };

  const calm = await importThroughChaos({ ...options, limit: 50, kills: 0 });
  const rough = await importThroughChaos({ ...options, kills: 60 });
  const { dump: _, job, ...seen } = rough;
  process.stdout.write(`${JSON.stringify({ ...seen, job: job.result })}\n`);

  expect(job.state).toBe("done");
  expect(rough.dump).toEqual(calm.dump);
  expect(job.result?.["outcomes"]).toEqual(calm.job.result?.["outcomes"]);
  const killed = Object.values(rough.killed).reduce((sum, times) => sum + times, 0);
  expect(killed).toBeGreaterThanOrEqual(50);
  expect(rough.askedAgain).toBeLessThanOrEqual(rough.killed["importer"] ?? 0);
  expect(rough.mostInASecond).toBeLessThanOrEqual(options.limit);
}, 3_600_000);
