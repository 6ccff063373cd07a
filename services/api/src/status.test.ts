import { expect, test } from "bun:test";
import { getCollectorStatus, getPollerStatus, ServiceError } from "@tracker/contracts";
import type { Ask } from "./question.ts";
import { Health } from "@tracker/service";
import { systemStatus } from "./status.ts";

const quota = (api: string, used: number, waiting: number) => ({
  api,
  windows: [{ limit: 100, window_ms: 60_000, used }],
  paused_until: null,
  waiting,
});

const ANSWERS: ReadonlyMap<unknown, unknown> = new Map<unknown, unknown>([
  [
    getPollerStatus,
    {
      configured: true,
      steam_id: null,
      presence: { outcome: "ok", reason: null, observed_at: null },
      next_sample_at: null,
      quotas: [quota("steam-web-api", 40, 1)],
    },
  ],
  [
    getCollectorStatus,
    {
      configured: true,
      job_id: 7,
      quotas: [quota("steam-web-api", 40, 3), quota("steamspy-details", 58, 2)],
      sources: [{ source: "steamspy_details", due: 120, leased: 50, apps: 900 }],
    },
  ],
]);

// Both use the Steam Web API's quota, which is one: shown twice it would look half used, or twice as much.
test("each quota is told once, with its use and everybody who waits for it, and what of the catalogue is due", async () => {
  const ask = ((question) => {
    const known = ANSWERS.get(question);
    if (known !== undefined) return Promise.resolve(known);
    return Promise.reject(new ServiceError("UNAVAILABLE", "store does not answer"));
  }) as Ask;

  const status = await systemStatus({
    ask,
    roll: { call: () => Promise.resolve([]) },
    version: "1",
    health: new Health("1"),
  });

  expect(status.quotas).toEqual([quota("steam-web-api", 40, 4), quota("steamspy-details", 58, 2)]);
  expect(status.collector).toMatchObject({ job_id: 7, sources: [{ due: 120, leased: 50 }] });
});
