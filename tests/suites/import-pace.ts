import { expect, test } from "bun:test";
import { measurePace } from "../import-pace.ts";

// Steam's own pace, so it takes a quarter of an hour: `./tracker test import-pace`.
test("300 games come in at one request a second: never two in any second, within 10 % of the least time, with an ETA to rely on", async () => {
  const pace = await measurePace({ games: 300, limit: 1 });
  process.stdout.write(`${JSON.stringify(pace)}\n`);

  expect(pace.job.state).toBe("done");
  expect(pace.mostInASecond).toBe(1);
  expect(pace.overFloor).toBeLessThan(1.1);
  expect(pace.worstEta).toBeLessThan(0.15);
  expect([pace.askedTwice, pace.incomplete]).toEqual([0, 0]);
}, 3_600_000);
