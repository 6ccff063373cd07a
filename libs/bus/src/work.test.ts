import { expect, test } from "bun:test";
import {
  claimJob,
  finishJob,
  type Input,
  type Job,
  JOB_SUBJECT_PREFIX,
  reportJob,
  ServiceError,
} from "@tracker/contracts";
import { RUNNING_JOB } from "@tracker/contracts/job-fixture";
import { encode } from "./codec.ts";
import { publish } from "./publish.ts";
import { answer, serve } from "./serve.ts";
import { provisionStreams } from "./stream.ts";
import { startTestServer } from "./server-fixture.ts";
import { workOn } from "./work.ts";

const JOB: Job = { ...RUNNING_JOB, id: 7 };

/** Works on one job that tells its progress three times, with a store that answers the second time only with `trouble`. */
async function workedWith(trouble: ServiceError) {
  await using server = await startTestServer();
  await using store = await server.connect("store");
  await provisionStreams(store);
  const told: number[] = [];
  const ended = Promise.withResolvers<Input<typeof finishJob>>();
  await using _answers = await serve(store, "test", [
    answer(claimJob, () => JOB),
    answer(reportJob, ({ progress }) => {
      if (progress.done === 2) throw trouble;
      told.push(progress.done);
      return JOB;
    }),
    answer(finishJob, (end) => {
      ended.resolve(end);
      return JOB;
    }),
  ]);
  await publish(store, `${JOB_SUBJECT_PREFIX}poll`, encode({ id: 7, kind: "poll" }), "job-7");
  await using poller = await server.connect("steam-poller");
  const stop = new AbortController();
  const working = workOn(
    poller,
    "poll",
    async (work) => {
      for (const done of [1, 2, 3]) await work.tell({ done });
      return { all: true };
    },
    stop.signal,
  );
  const end = await ended.promise;
  stop.abort();
  await working;
  return { told, end };
}

// A store that restarts must not cost the work of a night.
test("a store that is away misses what a job tells, and the job goes on", async () => {
  const { told, end } = await workedWith(new ServiceError("UNAVAILABLE", "restarting"));

  expect(told).toEqual([1, 3]);
  expect(end).toEqual({ id: 7, state: "done", result: { all: true } });
});

test("any other answer of the store's to what a job tells ends the job", async () => {
  const { told, end } = await workedWith(new ServiceError("NOT_FOUND", "no job has id 7"));

  expect(told).toEqual([1]);
  expect(end).toEqual({ id: 7, state: "failed", error: "no job has id 7" });
});
