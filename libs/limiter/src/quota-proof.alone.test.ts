import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { proveQuota } from "./quota-proof-fixture.ts";
import { maxInAnyWindow, slotMs } from "./quota-proof-report-fixture.ts";

/** `QUOTA_PROOF_SECONDS=300 bun test libs/limiter/src/quota-proof.alone.test.ts` for a longer look. */
const SECONDS = Number(process.env["QUOTA_PROOF_SECONDS"] || "20");
const SEED = Number(process.env["QUOTA_PROOF_SEED"] || Date.now() % 2 ** 31);
const WINDOW_MS = Math.min(20_000, Math.max(5_000, SECONDS * 100));
const QUOTA = { api: "steam-store", limit: 200, windowMs: WINDOW_MS } as const;
/** Whole windows only: a burst more or less at the end would say nothing about the use that is made of the quota. */
const RUN_MS = Math.round((SECONDS * 1_000) / slotMs(QUOTA)) * slotMs(QUOTA);

/** Mulberry32: the moments of the kills can be had again; what happens at them cannot. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// Steam cuts off the address of whoever asks its store more than 200 times in 5 minutes, for all of the household.
test(
  "four processes that compete for 200 requests per window never send more, and use 95 % of them, while they and NATS are killed",
  async () => {
    process.stdout.write(`quota-proof.alone.test.ts: ${RUN_MS} ms, seed ${SEED}\n`);

    const report = await proveQuota({
      quota: QUOTA,
      runMs: RUN_MS,
      workers: 4,
      workerKillEveryMs: 1_500,
      serverKillEveryMs: 5_000,
      random: seeded(SEED),
    });
    process.stdout.write(`${JSON.stringify(report)}\n`);

    expect(report.maxInAnyWindow).toBeLessThanOrEqual(QUOTA.limit);
    expect(report.shareOfPossible).toBeGreaterThanOrEqual(0.95);
    // Waiting is quiet: hardly anybody asks in vain, and nobody asks all the time.
    expect(report.counts.rejected).toBeLessThan(report.counts.granted * 0.05);
    expect(report.counts.wasted).toBeLessThan(report.counts.granted * 0.05);
    expect(report.counts.looks).toBeLessThan(report.counts.granted * 2);
    expect(report.workerKills).toBeGreaterThan(0);
    expect(report.serverKills).toBeGreaterThan(0);
    // Whoever is there gets its part.
    expect(Math.min(...report.byWorker)).toBeGreaterThan(Math.max(...report.byWorker) / 3);
  },
  RUN_MS + 30_000,
);

test("the proof's own counting is right", () => {
  const times = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 50 }), (all, windowMs) => {
      const from = (start: number) => all.filter((t) => t >= start && t < start + windowMs).length;
      expect(maxInAnyWindow(all, windowMs)).toBe(Math.max(...all.map(from)));
    }),
    { numRuns: 1_000, seed: SEED },
  );
});
