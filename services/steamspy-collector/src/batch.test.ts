import { expect, test } from "bun:test";
import type { AppResult } from "@tracker/contracts";
import { VirtualClock } from "@tracker/service";
import { type FailureKind, SteamFailure } from "@tracker/steam";
import * as fc from "fast-check";
import { fetchBatch } from "./batch.ts";
import { PACE, Patience } from "./patience.ts";
import { CrawlReport } from "./report.ts";
import { Slots } from "./slots.ts";

const SEED = Number(process.env["SEED"] ?? Date.now() % 1_000_000);

/** A source that fails as it is told, an app at a time: so often, and with that kind. */
function start(failures: ReadonlyMap<number, readonly FailureKind[]>, workers = 3) {
  const clock = new VirtualClock(0);
  const stop = new AbortController();
  const left = new Map([...failures].map(([app, kinds]) => [app, [...kinds]]));
  let inFlight = 0;
  let most = 0;
  const source = {
    name: "steamspy_details" as const,
    appsPerRequest: 1,
    async ask([app_id = 0]: readonly number[]): Promise<readonly AppResult[]> {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await clock.wait(10, stop.signal);
      inFlight -= 1;
      const kind = left.get(app_id)?.shift();
      if (kind === undefined) return [{ app_id, status: "success", facts: {} }];
      throw new SteamFailure(kind, { endpoint: "appdetails", message: kind });
    },
  };
  const report = new CrawlReport("detail", null);
  const patience = new Patience(clock, PACE, stop.signal);
  const parts = { source, slots: new Slots(workers), patience, report };
  return {
    report,
    most: () => most,
    async fetch(appIds: readonly number[]): Promise<AppResult[]> {
      const results = fetchBatch(parts, appIds, stop.signal);
      await clock.advance(4 * 3_600_000);
      return results;
    },
  };
}

test("an app that fails and then answers has its answer; one that always fails is given up for now, with its reason", async () => {
  const always = Array.from({ length: 20 }, () => "malformed" as const);
  const batch = start(
    new Map<number, readonly FailureKind[]>([
      [2, ["unreachable", "limited", "limited", "limited", "limited", "limited", "limited"]],
      [4, always],
    ]),
  );

  const results = await batch.fetch([1, 2, 3, 4, 5, 6, 7, 8]);

  const statuses = new Map(results.map((result) => [result.app_id, result]));
  expect(statuses.get(2)?.status).toBe("success");
  expect(statuses.get(4)).toEqual({ app_id: 4, status: "failed", error: "malformed" });
  expect(results.length).toBe(8);
});

test("whatever fails, every app of a batch has exactly one result, and no more requests are in flight than there are workers", async () => {
  process.stdout.write(`batch: SEED=${SEED}\n`);
  const kind = fc.constantFrom<FailureKind[]>("limited", "unreachable", "malformed", "empty");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(kind, { maxLength: 9 }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 6 }),
      async (plans, workers) => {
        const batch = start(new Map(plans.entries()), workers);
        const results = await batch.fetch([...plans.keys()]);
        const apps = results.map(({ app_id }) => app_id).sort((a, b) => a - b);
        expect(apps).toEqual([...plans.keys()]);
        expect(batch.most()).toBeLessThanOrEqual(workers);
        // What only asked us to stay away is never held against an app.
        for (const { app_id, status } of results) {
          if (plans[app_id]?.every((each) => each === "limited")) expect(status).toBe("success");
        }
        const met = Object.values(batch.report.result.met).reduce(
          (sum, { times }) => sum + times,
          0,
        );
        expect(met).toBeLessThanOrEqual(plans.flat().length);
      },
    ),
    { numRuns: 150, seed: SEED },
  );
});
