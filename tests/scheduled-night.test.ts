import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import type { Game, Job, StartedJob } from "@tracker/contracts";
import { type RunningTracker, startTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID, startSteamSim } from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const WITHIN_MS = 30_000;
const DAY_MS = 86_400_000;
const TRUTH = { ...EMPTY_TRUTH, games: [truthGame(620, { minutesBefore: 600 }), truthGame(630)] };

interface Step {
  readonly job_id: number;
}

async function ended(tracker: RunningTracker, id: number): Promise<Job> {
  let job = await tracker.get<Job>(`/api/jobs/${id}`);
  await until(`job ${id} to end`, WITHIN_MS, async () => {
    job = await tracker.get<Job>(`/api/jobs/${id}`);
    return job.finished_at !== null;
  });
  return job;
}

test("the night's work samples the library, imports what is new, and then writes the snapshot, whatever Steam does", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  const env = {
    STEAM_API_KEY: SIM_KEY,
    STEAM_ID: SIM_STEAM_ID,
    STEAM_API_URL: sim.url,
    POLL_STARTUP_DELAY_SECONDS: "3600",
    RETRY_ATTEMPTS: "1",
  };
  await using tracker = await startTracker({ env });

  const asked = await tracker.send<StartedJob>("POST", "/api/jobs", { kind: "nightly" });
  const night = await ended(tracker, asked.id);
  const games = await tracker.get<{ items: Game[] }>("/api/games");
  await sim.control.fail({ kind: "unavailable", retryAfter: "1" });
  const second = await tracker.send<StartedJob>("POST", "/api/jobs", { kind: "nightly" });
  const without = await ended(tracker, second.id);

  expect(night).toMatchObject({
    state: "done",
    result: {
      poll: { state: "done", result: { games_seen: 2 } },
      import: { state: "done" },
      snapshot: { state: "done" },
    },
  });
  expect(night.progress.done).toBe(night.progress.total ?? 0);
  expect(games.items).toHaveLength(2);
  const steps = ["poll", "import", "snapshot"].map((step) => night.result?.[step] as Step);
  const jobs = await Promise.all(
    steps.map(({ job_id: id }) => tracker.get<Job>(`/api/jobs/${id}`)),
  );
  expect(jobs.map((job) => job.requested_by)).toEqual(jobs.map(() => "scheduler"));
  for (const [index, job] of jobs.slice(1).entries()) {
    const before = Date.parse(jobs[index]?.finished_at ?? "never");
    expect(Date.parse(job.created_at)).toBeGreaterThanOrEqual(before);
  }
  // Steam's failure is told, and costs nobody the snapshot.
  expect(without).toMatchObject({
    state: "done",
    result: {
      poll: { state: "failed" },
      import: { state: "skipped" },
      snapshot: { state: "done" },
    },
  });
}, 60_000);

test("a night that was missed is caught up at the start, once, by itself and in the schedule's name", async () => {
  using data = temporaryFolder("night");
  const nights = async (): Promise<readonly Job[]> => {
    await using tracker = await startTracker({ dataDir: data.path });
    let items: readonly Job[] = [];
    await until("the schedules to be looked at", WITHIN_MS, async () => {
      ({ items } = await tracker.get<{ items: Job[] }>("/api/jobs?kind=nightly"));
      return tracker.output().includes("next: nightly") && items.every(hasEnded);
    });
    return items;
  };
  await nights();
  rememberRun(data.path, Date.now() - 3 * DAY_MS);

  let caughtUp: readonly Job[] = [];
  await until("the missed night", WITHIN_MS, async () => (caughtUp = await nights()).length > 0);
  const again = await nights();

  expect(caughtUp).toMatchObject([
    {
      state: "done",
      requested_by: "schedule nightly",
      result: { poll: { state: "skipped" }, snapshot: { state: "done" } },
    },
  ]);
  expect(again).toEqual(caughtUp);
}, 60_000);

function hasEnded(job: Job): boolean {
  return job.finished_at !== null;
}

/** As a scheduler did that ran then and never since. */
function rememberRun(dataDir: string, dueAt: number): void {
  using database = new Database(join(dataDir, "tracker.db"));
  database.run("INSERT INTO schedule_runs (schedule, due_at) VALUES ('nightly', ?)", [dueAt]);
}
