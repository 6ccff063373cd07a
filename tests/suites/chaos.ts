import { expect, test } from "bun:test";
import { liveThroughChaos } from "../chaos/chaos.ts";

const SEED = 7;
const DAYS = 90;
const KILLS_MIN = 50;

// A droplet reboots, runs out of memory, is updated in the middle of an evening. None of it may cost a minute of history.
test("ninety days with at least 50 kills end as the same days without", async () => {
  const calm = await liveThroughChaos({ seed: SEED, days: DAYS, kills: 0 });
  const rough = await liveThroughChaos({ seed: SEED, days: DAYS, kills: KILLS_MIN });

  process.stdout.write(
    `chaos: ${rough.steps} looks; killed ${JSON.stringify(rough.killed)}; ${calm.seconds.toFixed(0)} s calm, ${rough.seconds.toFixed(0)} s rough\n`,
  );
  expect(rough.dump).toEqual(calm.dump);
}, 600_000);
