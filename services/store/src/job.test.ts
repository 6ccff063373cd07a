import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  FINAL_JOB_STATES,
  getJob as contract,
  type Job,
  type JobState,
  ServiceError,
} from "@tracker/contracts";
import * as fc from "fast-check";
import { type Database, openDatabase } from "./database.ts";
import {
  cancelJob,
  CLAIMS_MAX,
  claimJob,
  finishJob,
  pauseJob,
  reportJob,
  resumeJob,
  startJob,
} from "./job.ts";
import { republishLostJobs } from "./job-reconciler.ts";
import { getJob, listJobs } from "./job-row.ts";
import { contractError, MINUTE_MS, NOW, outboxSubjects, readAll } from "./question-fixture.ts";

const ASKED = { arguments: {}, requestedBy: "test" };
const start = (database: Database, now = NOW) => startJob(database, "backup", ASKED, now);
const progress = (done: number) => ({
  done,
  total: 10,
  rate_per_minute: null,
  eta_seconds: null,
  message: null,
});

test("a start queues the job, wakes its worker and tells it, all in one commit", () => {
  using database = openDatabase(":memory:");
  const started = start(database);

  expect(started).toEqual({ id: 1, kind: "backup", state: "queued" });
  expect(outboxSubjects(database)).toEqual(["jobs.run.backup", "events.job.changed"]);
  expect(getJob(database, started)).toMatchObject({ state: "queued", requested_by: "test" });
  expect(contractError(contract.output, getJob(database, started))).toBeUndefined();
});

test("a kind that is active already answers that job, and nothing is queued", () => {
  using database = openDatabase(":memory:");
  const { id } = start(database);
  const again = { id, kind: "backup", already_active: true };

  expect(start(database)).toMatchObject({ ...again, state: "queued" });
  claimJob(database, { id }, NOW);
  expect(start(database)).toMatchObject({ ...again, state: "running" });
  pauseJob(database, { id });
  expect(start(database)).toMatchObject({ ...again, state: "paused" });
  expect(startJob(database, "poll", ASKED, NOW)).toEqual({ id: 2, kind: "poll", state: "queued" });

  cancelJob(database, { id }, NOW);
  expect(start(database)).toEqual({ id: 3, kind: "backup", state: "queued" });
});

test("a job whose worker dies each time without getting further ends as failed, with the reason", () => {
  using database = openDatabase(":memory:");
  const job = start(database);
  for (let crash = 0; crash < CLAIMS_MAX; crash++) {
    expect(claimJob(database, job, NOW).state).toBe("running");
  }

  const end = claimJob(database, job, NOW);

  expect(end).toMatchObject({ state: "failed", finished_at: new Date(NOW).toISOString() });
  expect(end.error).toContain(`taken up ${CLAIMS_MAX} times without getting any further`);
});

test("a job that gets further between crashes is taken up as often as it takes", () => {
  using database = openDatabase(":memory:");
  const job = start(database);
  for (let crash = 1; crash <= 5 * CLAIMS_MAX; crash++) {
    expect(claimJob(database, job, NOW).state).toBe("running");
    reportJob(database, { id: job.id, progress: progress(crash) }, NOW);
  }

  expect(getJob(database, job)).toMatchObject({ state: "running", progress: { done: 50 } });
});

test("a heartbeat that says nothing new is written but is no event", () => {
  using database = openDatabase(":memory:");
  const job = start(database);
  claimJob(database, job, NOW);
  reportJob(database, { id: job.id, progress: progress(1) }, NOW + 1);
  const told = outboxSubjects(database).length;

  const beat = reportJob(database, { id: job.id, progress: progress(1) }, NOW + 2);

  expect(beat.heartbeat_at).toBe(new Date(NOW + 2).toISOString());
  expect(outboxSubjects(database)).toHaveLength(told);
});

// A lost message must not leave a job lying for ever; a slow one must not be doubled.
test("a queued job that nobody took up, and a running one gone silent, are published again, once in their time", () => {
  using database = openDatabase(":memory:");
  const job = start(database);
  const sent = () => {
    const messages = outboxSubjects(database).filter((subject) => subject.startsWith("jobs.run."));
    database.raw.run("DELETE FROM outbox");
    return messages;
  };
  expect(republishLostJobs(database, NOW + 61_000)).toBe(0); // Still in the outbox: not lost.
  expect(sent()).toHaveLength(1);

  expect(republishLostJobs(database, NOW + 59_000)).toBe(0);
  expect(republishLostJobs(database, NOW + 61_000)).toBe(1);
  expect(sent()).toEqual(["jobs.run.backup"]);
  expect(republishLostJobs(database, NOW + 62_000)).toBe(0);

  claimJob(database, job, NOW + 62_000);
  expect(republishLostJobs(database, NOW + 62_000 + 89_000)).toBe(0);
  expect(republishLostJobs(database, NOW + 62_000 + 91_000)).toBe(1);
  expect(sent()).toEqual(["jobs.run.backup"]);

  pauseJob(database, job);
  expect(republishLostJobs(database, NOW + 60 * MINUTE_MS)).toBe(0);
  cancelJob(database, job, NOW);
  expect(republishLostJobs(database, NOW + 60 * MINUTE_MS)).toBe(0);
});

test("jobs are listed newest first, each once, by kind and state", () => {
  using database = openDatabase(":memory:");
  for (let index = 0; index < 7; index++) {
    const { id } = startJob(database, index % 2 === 0 ? "poll" : "backup", ASKED, NOW);
    cancelJob(database, { id }, NOW);
  }

  const all = readAll((cursor) => listJobs(database, { limit: 2, ...(cursor ? { cursor } : {}) }));
  expect(all.map(({ id }) => id)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  expect(listJobs(database, { kind: "backup" }).items.map(({ id }) => id)).toEqual([6, 4, 2]);
  expect(listJobs(database, { state: "running" }).items).toEqual([]);
});

/** What a job should be, told without a database. */
interface Model {
  state: JobState | "none";
  claims: number;
  done: number;
}

const STEPS = {
  start: (database: Database) => startJob(database, "poll", ASKED, NOW),
  claim: (database: Database, id: number) => claimJob(database, { id }, NOW),
  report: (database: Database, id: number, done: number) =>
    reportJob(database, { id, progress: progress(done) }, NOW),
  pause: (database: Database, id: number) => pauseJob(database, { id }),
  resume: (database: Database, id: number) => resumeJob(database, { id }, NOW),
  cancel: (database: Database, id: number) => cancelJob(database, { id }, NOW),
  done: (database: Database, id: number) => finishJob(database, { id, state: "done" }, NOW),
  failed: (database: Database, id: number) =>
    finishJob(database, { id, state: "failed", error: "x" }, NOW),
} as const;
type Step = keyof typeof STEPS;

/** What the model expects of a step: the next model, or the code of the error. */
function expected(model: Model, step: Step, done: number): Model | "CONFLICT" | "NOT_FOUND" {
  const { state, claims } = model;
  const ended = state !== "none" && FINAL_JOB_STATES.includes(state);
  if (step === "start") {
    return state === "none" || ended ? { state: "queued", claims: 0, done: 0 } : model;
  }
  if (state === "none") return "NOT_FOUND";
  const active = state === "queued" || state === "running";
  switch (step) {
    case "claim":
      if (!active) return model;
      if (claims >= CLAIMS_MAX) return { ...model, state: "failed" };
      return { ...model, state: "running", claims: claims + 1 };
    case "report":
      if (state !== "running") return model;
      return { state, done, claims: done > model.done ? 0 : claims };
    case "pause":
      return ended ? "CONFLICT" : { ...model, state: "paused" };
    case "resume":
      if (ended) return "CONFLICT";
      return state === "paused" ? { ...model, state: "queued", claims: 0 } : model;
    case "cancel":
      if (state === "done" || state === "failed") return "CONFLICT";
      return { ...model, state: "cancelled" };
    case "done":
    case "failed":
      return state === "running" ? { ...model, state: step } : model;
    default:
      return step satisfies never;
  }
}

const anyStep = fc.record({
  step: fc.constantFrom<Step>(...(Object.keys(STEPS) as Step[]), "claim", "claim"),
  done: fc.nat(4),
  /** The reply is lost, so that the same is asked again: for everything but a claim nothing may come of that. */
  replyLost: fc.boolean(),
  /** The store is killed after the commit: only what is in the file is left. */
  crash: fc.nat(7).map((chance) => chance === 0),
});

test("any sequence of starts, claims, reports, pauses, resumes, cancels, ends, lost replies and crashes keeps to the life of a job", () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      using store = crashingStore();
      let model: Model = { state: "none", claims: 0, done: 0 };
      let id = 0;
      for (const { step, done, replyLost, crash } of steps) {
        for (let times = replyLost && step !== "claim" ? 2 : 1; times > 0; times--) {
          const want = expected(model, step, done);
          const got = attempt(() => STEPS[step](store.database, id, done));
          if (crash) store.crash();
          if (typeof want === "string") {
            expect(got).toEqual(want);
            continue;
          }
          model = want;
          id = typeof got === "string" ? id : got.id;
          const job = getJob(store.database, { id });
          expect(`${job.state} ${job.progress.done}`).toBe(`${model.state} ${model.done}`);
          checkInvariants(store.database, job);
        }
      }
    }),
    { numRuns: 100 },
  );
}, 120_000);

/** A database in a file whose crash is that nobody closes it: the next one finds what was committed. */
function crashingStore() {
  const folder = mkdtempSync(join(tmpdir(), "jobs-"));
  const open = () => openDatabase(join(folder, "tracker.db"));
  const opened = [open()];
  return {
    get database(): Database {
      return opened.at(-1) ?? open();
    },
    crash: () => void opened.push(open()),
    [Symbol.dispose]() {
      for (const database of opened) database[Symbol.dispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

function checkInvariants(database: Database, job: Job): void {
  const active = database
    .prepare<{ n: number }>(
      "SELECT count(*) AS n FROM jobs WHERE state IN ('queued', 'running', 'paused')",
    )
    .get();
  expect(active?.n).toBeLessThanOrEqual(1);
  expect(job.finished_at !== null).toBe(FINAL_JOB_STATES.includes(job.state));
  const [last] = database
    .prepare<{ state: string; id: number }>(
      `SELECT CAST(body AS TEXT) ->> 'state' AS state, CAST(body AS TEXT) ->> 'id' AS id FROM outbox
       WHERE subject = 'events.job.changed' ORDER BY outbox.id DESC LIMIT 1`,
    )
    .all();
  expect(last).toEqual({ state: job.state, id: job.id });
}

function attempt<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof ServiceError) return error.code;
    throw error;
  }
}
