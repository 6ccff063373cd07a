import { expect, test } from "bun:test";
import { request } from "@tracker/bus";
import { cancelJob, type Job, listRuns } from "@tracker/contracts";
import { type HistoryTracker, startHistoryTracker } from "./history-tracker.ts";
import { startTracker } from "./running-tracker.ts";
import { startServiceProcess, until } from "./service-process.ts";
import {
  EMPTY_TRUTH,
  SIM_KEY,
  SIM_STEAM_ID,
  startSteamSim,
  type SteamSim,
} from "./steam-sim/sim.ts";
import { type Truth, truthGame } from "./steam-sim/truth.ts";

const HOUR_MS = 3_600_000;
const ASKING = "GetUserYearInReview";
const YEARS = Array.from({ length: new Date().getUTCFullYear() - 2021 }, (_, i) => 2022 + i);

const sat = (appId: number, at: string, hours: number) => ({
  appId,
  startedAt: Date.parse(at),
  endedAt: Date.parse(at) + hours * HOUR_MS,
  mode: "online" as const,
});

/** One game with a past before 2022, one without, and one that the library does not hold. */
const TRUTH: Truth = {
  ...EMPTY_TRUTH,
  games: [truthGame(10, { minutesBefore: 600 }), truthGame(20), truthGame(30)],
  sittings: [
    sat(10, "2022-06-10T10:00:00Z", 2),
    sat(20, "2022-06-11T10:00:00Z", 1),
    sat(10, "2023-12-31T22:00:00Z", 3),
    sat(30, "2024-03-01T10:00:00Z", 5),
    sat(10, "2024-03-02T10:00:00Z", 4),
  ],
};
const LIBRARY = { 10: 600 + 540, 20: 60 };
/** The last two weeks of 2023 came with the Replay of 2024. */
const MONTHS_OF_10 = [
  { month: "2022-06", minutes: 120 },
  { month: "2023-12", minutes: 120 },
  { month: "2024-01", minutes: 60 },
  { month: "2024-03", minutes: 240 },
];

async function startBoth(truth = TRUTH, library: Readonly<Record<number, number>> = LIBRARY) {
  const sim = await startSteamSim({ truth });
  const tracker = await startHistoryTracker(sim.url);
  await tracker.sample(library);
  return {
    sim,
    tracker,
    async [Symbol.asyncDispose]() {
      await tracker[Symbol.asyncDispose]();
      await sim[Symbol.asyncDispose]();
    },
  };
}

const yearsOf = (job: Job) => (job.result?.["years"] ?? []) as { year: number; outcome: string }[];

test("every shape in which Steam tells the years gives the same past, and asking again changes nothing", async () => {
  await using both = await startBoth();
  const { sim, tracker } = both;
  const job = await tracker.ask();
  const told = tracker.months();

  expect(job).toMatchObject({ state: "done", progress: { done: YEARS.length } });
  expect(yearsOf(job).map(({ year, outcome }) => [year, outcome])).toEqual(
    YEARS.map((year) => [year, "ok"]),
  );
  const { before, reconciles, steam_total } = await tracker.history(1);
  expect({ before, reconciles, steam_total }).toEqual({
    before: { minutes: 1_140, unknown_minutes: 600, months: MONTHS_OF_10 },
    reconciles: true,
    steam_total: 1_140,
  });
  for (const yearInReview of ["months_beside_games", "months_in_both"] as const) {
    await sim.control.configure({ yearInReview });
    const again = await tracker.ask();

    expect(again.state).toBe("done");
    expect(tracker.months()).toEqual(told);
    expect((await tracker.history(1)).before.months).toEqual(MONTHS_OF_10);
  }
}, 60_000);

test("a baseline smaller than the months is explained from the newest backwards", async () => {
  await using both = await startBoth(TRUTH, { 10: 250, 20: 60 });

  await both.tracker.ask();

  const { before } = await both.tracker.history(1);
  expect(before).toEqual({
    minutes: 250,
    unknown_minutes: 0,
    months: [
      { month: "2024-01", minutes: 10 },
      { month: "2024-03", minutes: 240 },
    ],
  });
}, 60_000);

test("an account whose years are private is told the reason; once it shows them they come in", async () => {
  await using both = await startBoth();
  const { sim, tracker } = both;
  await sim.control.configure({ yearInReview: "off" });

  const hidden = await tracker.ask();
  await sim.control.configure({ yearInReview: "months_in_games" });
  const shown = await tracker.ask();

  expect(hidden).toMatchObject({ state: "failed" });
  expect(hidden.error).toContain("Steam shows no Year in Review");
  const { items } = await request(tracker.api, listRuns, { limit: 50 });
  const runs = items.filter(({ kind }) => kind === "year_in_review");
  expect(runs).toHaveLength(2 * YEARS.length);
  expect(runs.at(-1)).toMatchObject({ outcome: "private", reason: hidden.error });
  expect(shown.state).toBe("done");
  expect((await tracker.history(1)).before.months).toEqual(MONTHS_OF_10);
}, 60_000);

test("a year that is not answered is told and asked for again by the next job, and the others are there", async () => {
  await using both = await startBoth();
  const { sim, tracker } = both;
  await sim.control.fail({ kind: "silent_empty", endpoint: ASKING, times: 1 });

  const job = await tracker.ask();
  const without = (await tracker.history(1)).before;
  await tracker.ask();

  expect(job.state).toBe("done");
  expect(yearsOf(job)[0]).toMatchObject({ year: 2022, outcome: "private" });
  expect(job.progress.message).toContain("2022: Steam shows no Year in Review");
  expect(without.months).toEqual(MONTHS_OF_10.slice(1));
  expect(without.unknown_minutes).toBe(720);
  expect((await tracker.history(1)).before.months).toEqual(MONTHS_OF_10);
}, 60_000);

test("a Steam that throttles is waited for, and no year is missing", async () => {
  await using both = await startBoth();
  const { sim, tracker } = both;
  await sim.control.fail({ kind: "limited", endpoint: ASKING, times: 2, retryAfter: "1" });
  await sim.control.fail({ kind: "unavailable", endpoint: ASKING, times: 1, retryAfter: "1" });

  const job = await tracker.ask();

  expect(job.state).toBe("done");
  expect(yearsOf(job).every(({ outcome }) => outcome === "ok")).toBe(true);
  expect(sim.requests(ASKING)).toHaveLength(YEARS.length + 3);
}, 60_000);

/** Steam with another account's number in each year, as a key of that account would see it. */
function serveStrangersYears(sim: SteamSim) {
  const server = Bun.serve({
    port: 0,
    async fetch(asked) {
      const { pathname, search } = new URL(asked.url);
      const answer = await fetch(`${sim.url}${pathname}${search}`);
      const text = await answer.text();
      return Response.json(JSON.parse(text.replace(/"account_id":\d+/, '"account_id":77')));
    },
  });
  return { url: server.url.origin, [Symbol.asyncDispose]: () => server.stop(true) };
}

test("the years of another account are refused, and nothing of them is kept", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await using stranger = serveStrangersYears(sim);
  await using tracker = await startHistoryTracker(stranger.url);
  await tracker.sample(LIBRARY);

  const job = await tracker.ask();

  expect(job.state).toBe("failed");
  expect(job.error).toContain("/response/stats/account_id");
  expect(tracker.months()).toEqual([]);
  expect((await tracker.history(1)).before.unknown_minutes).toBe(1_140);
}, 60_000);

test("a job that is cancelled stops within one request", async () => {
  await using both = await startBoth();
  const { sim, tracker } = both;
  await sim.control.fail({ kind: "hang", endpoint: ASKING });
  const id = await tracker.start();
  await until("the first year to be asked for", 20_000, () => sim.requests(ASKING).length === 1);

  await request(tracker.api, cancelJob, { id });
  await sim.control.clearFaults();
  const next = await tracker.ask();

  expect((await tracker.job(id)).state).toBe("cancelled");
  expect(next.state).toBe("done");
  expect(next.id).not.toBe(id);
  expect(sim.requests(ASKING)).toHaveLength(1 + YEARS.length);
}, 60_000);

async function askWhile(
  tracker: HistoryTracker,
  sim: SteamSim,
  trouble: (id: number) => Promise<Job>,
) {
  await tracker.sample(LIBRARY);
  await sim.control.fail({ kind: "slow", endpoint: ASKING, delayMs: 400 });
  return await trouble(await tracker.start());
}

test("an importer killed between two years asks again for at most the one in flight, and ends as without", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await using tracker = await startHistoryTracker(sim.url, { importer: false });
  const first = await startServiceProcess("importer", tracker.importerEnv);

  const job = await askWhile(tracker, sim, async (id) => {
    await until("two years to be recorded", 20_000, () => sim.requests(ASKING).length === 3);
    await first.kill();
    await sim.control.clearFaults();
    await using _next = await startServiceProcess("importer", tracker.importerEnv);
    return await tracker.job(id);
  });

  expect(job.state).toBe("done");
  expect(yearsOf(job).map(({ year }) => year)).toEqual(YEARS);
  expect(sim.requests(ASKING).length).toBeLessThanOrEqual(YEARS.length + 1);
  const { before, reconciles } = await tracker.history(1);
  expect({ months: before.months, reconciles }).toEqual({ months: MONTHS_OF_10, reconciles: true });
  await first[Symbol.asyncDispose]();
}, 120_000);

test("./tracker history brings the past in, and REST tells it with every part adding up", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await using tracker = await startTracker({
    env: {
      STEAM_API_KEY: SIM_KEY,
      STEAM_ID: SIM_STEAM_ID,
      STEAM_API_URL: sim.url,
      POLL_STARTUP_DELAY_SECONDS: "0",
    },
  });
  await until("the library to be there", 30_000, async () => {
    const { items } = await tracker.get<{ items: unknown[] }>("/api/games");
    return items.length === 3;
  });

  const ended = await tracker.command("history", "--follow");
  const { items } = await tracker.get<{ items: { id: number; steam_app_id: number }[] }>(
    "/api/games",
  );
  const id = items.find((game) => game.steam_app_id === 10)?.id;
  const told = await tracker.get(`/api/games/${id}/history`);
  const started = await tracker.send("POST", "/api/jobs", { kind: "history" });

  expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
  expect(ended.stdout).toContain("months of play in");
  expect(told).toMatchObject({
    before: { minutes: 1_140, unknown_minutes: 600, months: MONTHS_OF_10 },
    days: [],
    gaps: [],
    corrections: { minutes: 0 },
    steam_total: 1_140,
    reconciles: true,
  });
  expect(started).toMatchObject({ kind: "history", state: "queued" });
}, 120_000);
