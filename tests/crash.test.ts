import { expect, test } from "bun:test";
import { liveThroughChaos, VICTIMS } from "./chaos/chaos.ts";

// The bounded slice of `./tracker test chaos`.
test("days with every process killed now and then end as the same days without", async () => {
  const options = { seed: 11, days: 14 };

  const calm = await liveThroughChaos({ ...options, kills: 0 });
  const rough = await liveThroughChaos({ ...options, kills: VICTIMS.length });

  expect(new Set(Object.keys(rough.killed))).toEqual(new Set(VICTIMS));
  expect(rough.dump).toEqual(calm.dump);
}, 300_000);
