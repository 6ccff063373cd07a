import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listSchedules as contract, ServiceError } from "@tracker/contracts";
import { openDatabase } from "./database.ts";
import { cancelJob, finishJob, claimJob, startJob } from "./job.ts";
import { contractError, NOW } from "./question-fixture.ts";
import { listSchedules, startScheduledJob } from "./schedule.ts";

const DUE = "2026-11-20T05:05:00.000Z";
const run = { schedule: "nightly", kind: "nightly" as const, due_at: DUE };

// Two schedulers, or one that asks again because the reply was lost.
test("a run that was due is started once, however often and by whomever it is asked for, also after it ended", () => {
  const folder = mkdtempSync(join(tmpdir(), "schedule-"));
  using _folder = { [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
  using one = openDatabase(join(folder, "tracker.db"));
  using other = openDatabase(join(folder, "tracker.db"));

  const first = startScheduledJob(one, run, NOW);
  const second = startScheduledJob(other, run, NOW);
  claimJob(one, first.job, NOW);
  finishJob(one, { id: first.job.id, state: "done" }, NOW);
  const third = startScheduledJob(other, run, NOW);

  expect(first).toEqual({ started: true, job: { id: 1, kind: "nightly", state: "queued" } });
  expect(second).toEqual({ started: false, job: { id: 1, kind: "nightly", state: "queued" } });
  expect(third).toEqual({ started: false, job: { id: 1, kind: "nightly", state: "done" } });
});

test("a job of the kind that is active already is the run", () => {
  using database = openDatabase(":memory:");
  const { id } = startJob(database, "nightly", { arguments: {}, requestedBy: "test" }, NOW);

  expect(startScheduledJob(database, run, NOW)).toEqual({
    started: false,
    job: { id, kind: "nightly", state: "queued", already_active: true },
  });
  cancelJob(database, { id }, NOW);
  expect(startScheduledJob(database, run, NOW).started).toBe(false);
});

test("each schedule tells when its last run was due, and its job", () => {
  using database = openDatabase(":memory:");
  const poll = { schedule: "poll", kind: "poll" as const };
  const { job } = startScheduledJob(database, run, NOW);
  startScheduledJob(database, { ...poll, due_at: "2026-11-20T06:00:00Z" }, NOW);
  startScheduledJob(database, { ...poll, due_at: "2026-11-20T05:00:00Z" }, NOW);

  const schedules = listSchedules(database);

  expect(schedules.items).toEqual([
    { schedule: "nightly", due_at: DUE, job_id: job.id },
    { schedule: "poll", due_at: "2026-11-20T06:00:00.000Z", job_id: 2 },
  ]);
  expect(contractError(contract.output, schedules)).toBeUndefined();
});

test("an instant that does not exist is refused", () => {
  using database = openDatabase(":memory:");
  const ask = () => startScheduledJob(database, { ...run, due_at: "2026-02-30T00:00:00Z" }, NOW);
  expect(ask).toThrow(ServiceError);
  expect(listSchedules(database).items).toEqual([]);
});
