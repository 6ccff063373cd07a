import { expect, test } from "bun:test";
import { answer, serve } from "@tracker/bus";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";
import { getJob, type JobState, startJob } from "@tracker/contracts";
import { RUNNING_JOB } from "@tracker/contracts/job-fixture";
import { systemClock, VirtualClock } from "@tracker/service";
import { createImportStore } from "./import-store.ts";

const NEVER = new AbortController().signal;

/** A store whose `poll` job is in the state that `stateAt` says at each look; there is no poller. */
async function startStore(server: TestServer, stateAt: (look: number) => JobState) {
  const store = await server.connect("store");
  const importer = await server.connect("importer");
  let looks = 0;
  const answers = await serve(store, "test", [
    answer(startJob("poll"), () => ({ id: 1, kind: "poll" as const, state: "queued" as const })),
    answer(getJob, () => ({ ...RUNNING_JOB, state: stateAt(looks++) })),
  ]);
  return {
    importer,
    async [Symbol.asyncDispose]() {
      await answers[Symbol.asyncDispose]();
      for (const bus of [importer, store]) await bus[Symbol.asyncDispose]();
    },
  };
}

// An import that is asked for while the poller starts would fail on an empty library.
test("a poller that does not answer yet is waited for, as by the night's work", async () => {
  await using server = await startTestServer();
  await using store = await startStore(server, (look) => (look < 2 ? "queued" : "done"));

  const reason = await createImportStore(store.importer, systemClock, NEVER).sampleLibrary();

  expect(reason).toBeNull();
});

test("a poller that stays away holds an import up for five minutes, with what is told of it", async () => {
  await using server = await startTestServer();
  await using store = await startStore(server, () => "queued");
  const clock = new VirtualClock(0);

  const sampling = createImportStore(store.importer, clock, NEVER).sampleLibrary();
  const ended = sampling.then(() => true);
  while (!(await Promise.race([ended, clock.advance(10_000).then(() => false)]))) {
    // Time goes on until it no longer waits.
  }

  expect(await sampling).toBe("the sample is queued after 5 minutes");
  expect(clock.monotonic()).toBeGreaterThanOrEqual(300_000);
});
