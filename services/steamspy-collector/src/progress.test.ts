import { expect, test } from "bun:test";
import type { JobProgress } from "@tracker/contracts";
import { VirtualClock } from "@tracker/service";
import { CrawlProgress } from "./progress.ts";
import { CrawlReport } from "./report.ts";

const NOTHING: JobProgress = {
  done: 0,
  total: null,
  rate_per_minute: null,
  eta_seconds: null,
  message: null,
};

/** A progress whose reports and lines are kept. */
function start(done = 0) {
  const clock = new VirtualClock(Date.parse("2026-11-20T05:10:00.000Z"));
  const lines: unknown[] = [];
  const keep = (_message: string, fields?: object) => void lines.push(fields);
  const log = { debug() {}, info: keep, warn() {}, error() {} };
  const reports: Partial<JobProgress>[] = [];
  const job = {
    id: 1,
    kind: "crawl" as const,
    arguments: {},
    state: "running" as const,
    progress: { ...NOTHING, done },
    result: null,
    error: null,
    requested_by: "test",
    created_at: "2026-11-20T05:10:00.000Z",
    started_at: null,
    heartbeat_at: null,
    finished_at: null,
  };
  const work = {
    job,
    signal: new AbortController().signal,
    tell: async (progress: Partial<JobProgress>) => {
      await Promise.resolve();
      reports.push(progress);
    },
  };
  const report = new CrawlReport("full", null);
  return { clock, lines, reports, progress: new CrawlProgress({ work, report, clock, log }) };
}

test("done, total, rate and what is left of the time are those of all stages, the slowest telling the end", async () => {
  const { clock, reports, progress } = start();
  progress.expect("store_items", 3_000);
  progress.expect("steamspy_details", 600);

  for (let second = 0; second < 30; second++) {
    await clock.advance(1_000);
    await progress.advance("store_items", 100);
    await progress.advance("steamspy_details", 1);
  }

  expect(reports.at(-1)).toMatchObject({
    done: 3_029,
    total: 3_600,
    message: "SteamSpy details 29",
  });
  await progress.tell();
  expect(reports.at(-1)).toEqual({
    done: 3_030,
    total: 3_600,
    rate_per_minute: 6_060,
    eta_seconds: 570,
    message: "SteamSpy details 30",
  });
});

// A hundred apps in the first second are no 6,000 a minute, and an hour that becomes a day is worse than none.
test("nothing is said of pace or end before both can be known: not at once, and not while a stage cannot tell", async () => {
  const { clock, reports, progress } = start();
  const last = () => {
    const { rate_per_minute: rate, eta_seconds: eta } = reports.at(-1) ?? {};
    return { rate, eta };
  };
  progress.expect("store_items", 3_000);

  await clock.advance(1_000);
  await progress.advance("store_items", 100);
  const atOnce = last();
  await clock.advance(29_000);
  await progress.advance("store_items", 100);
  const alone = last();
  await progress.advance("steamspy_all", 1_000);
  await progress.tell();
  const beside = last();
  progress.expect("steamspy_all", 0);
  await progress.tell();

  expect(atOnce).toEqual({ rate: null, eta: null });
  expect(alone).toEqual({ rate: 400, eta: 420 });
  expect(beside.eta).toBeNull();
  expect(last().eta).toBe(420);
});

test("there is a line in the log for every hundred apps", async () => {
  const { lines, progress } = start();

  for (let count = 0; count < 1_050; count++) await progress.advance("steamspy_details", 1);

  expect(lines.length).toBe(10);
  expect(lines[4]).toMatchObject({ done: 500 });
});

test("a crawl that is taken up again counts on from where it was", async () => {
  const { reports, progress } = start(5_000);

  await progress.advance("steamspy_details", 50);

  expect(reports).toMatchObject([{ done: 5_050 }]);
});
