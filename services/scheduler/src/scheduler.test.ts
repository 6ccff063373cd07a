import { expect, test } from "bun:test";
import { answer, serve, type Work } from "@tracker/bus";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";
import {
  getJob,
  getPollerStatus,
  type Job,
  type JobState,
  listSchedules,
  startJob,
  startScheduledJob,
} from "@tracker/contracts";
import { type OwnedHost, VirtualClock } from "@tracker/service";
import { runScheduler } from "./main.ts";
import { workNightly } from "./nightly.ts";

const NEVER = new AbortController().signal;

function jobOf(id: number, kind: Job["kind"], state: JobState, error: string | null = null): Job {
  return {
    id,
    kind,
    arguments: {},
    state,
    progress: { done: 0, total: null, rate_per_minute: null, eta_seconds: null, message: null },
    result: state === "done" ? { outcome: "ok" } : null,
    error,
    requested_by: "test",
    created_at: "2026-11-20T05:05:00.000Z",
    started_at: null,
    heartbeat_at: null,
    finished_at: null,
  };
}

/** A store that remembers which runs were started, as the real one does. */
async function startStore(server: TestServer) {
  const starts: string[] = [];
  const runs = new Map<string, string>();
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const bus = await server.connect("store");
  const answers = await serve(bus, "test", [
    answer(listSchedules, () => ({
      items: [{ schedule: "nightly", due_at: "2026-11-01T05:05:00.000Z", job_id: 1 }],
    })),
    answer(startScheduledJob, ({ schedule, kind, due_at }) => {
      starts.push(schedule);
      if (starts.length === 2) resolve();
      const started = !runs.has(`${schedule} ${due_at}`);
      runs.set(`${schedule} ${due_at}`, kind);
      return { started, job: { id: runs.size, kind, state: "queued" as const } };
    }),
  ]);
  return {
    starts,
    runs,
    asked,
    async [Symbol.asyncDispose]() {
      await answers[Symbol.asyncDispose]();
      await bus[Symbol.asyncDispose]();
    },
  };
}

test("two schedulers catch a missed night up with one run, and stop when they are asked to", async () => {
  await using server = await startTestServer();
  const hosts: OwnedHost[] = [server.host(), server.host()];
  const running = hosts.map((host) => runScheduler(host));

  {
    // The schedulers were there first: they wait for the store.
    await using store = await startStore(server);
    await store.asked;
    expect(store.starts).toEqual(["nightly", "nightly"]);
    expect([...store.runs.values()]).toEqual(["nightly"]);
  }
  expect(hosts[0]?.health.report().services["scheduler"]).toMatchObject({
    ready: true,
    detail: expect.stringMatching(/^next: nightly 20\d\d-/),
  });
  for (const host of hosts) host.stop();
  await Promise.all(running);
});

/** Answers the questions of the night's work; `ends` says how each job ends. */
async function startNight(
  server: TestServer,
  {
    configured = true,
    silent = false,
    ends,
  }: { configured?: boolean; silent?: boolean; ends: Partial<Record<Job["kind"], Job>> },
) {
  const started: string[] = [];
  const store = await server.connect("store");
  const poller = await server.connect("steam-poller");
  const kinds = ["poll", "import", "snapshot"] as const;
  type Kind = (typeof kinds)[number];
  const job = (kind: Kind) => ends[kind] ?? jobOf(kinds.indexOf(kind) + 1, kind, "running");
  const start = (kind: Kind) =>
    answer(startJob(kind), () => {
      started.push(kind);
      const { id, state } = job(kind);
      return { id, kind, state };
    });
  const find = (id: number) => kinds.map(job).find((each) => each.id === id) ?? job("snapshot");
  const answering = [
    await serve(store, "test", [...kinds.map(start), answer(getJob, ({ id }) => find(id))]),
    await serve(
      poller,
      "test",
      silent
        ? []
        : [
            answer(getPollerStatus, () => ({
              configured,
              source: null,
              steam_id: null,
              presence: { outcome: null, reason: null, observed_at: null },
              next_sample_at: null,
              facts_waiting: 0,
              facts_waiting_since: null,
              quotas: [],
            })),
          ],
    ),
  ];
  const bus = await server.connect("scheduler");
  const clock = new VirtualClock(0);
  const work: Work = {
    job: jobOf(9, "nightly", "running"),
    signal: NEVER,
    tell: () => Promise.resolve(),
  };
  return {
    started,
    clock,
    work: (signal: AbortSignal = NEVER) => workNightly(bus, clock, { ...work, signal }),
    async [Symbol.asyncDispose]() {
      for (const service of answering) await service[Symbol.asyncDispose]();
      for (const connection of [bus, poller, store]) await connection[Symbol.asyncDispose]();
    },
  };
}

test("the night's work is a library sample, the import of what is new, then the snapshot, and says what came of each", async () => {
  await using server = await startTestServer();
  const ends = {
    poll: jobOf(1, "poll", "done"),
    import: jobOf(2, "import", "done"),
    snapshot: jobOf(3, "snapshot", "done"),
  };
  await using night = await startNight(server, { ends });

  const result = await night.work();

  expect(night.started).toEqual(["poll", "import", "snapshot"]);
  expect(result).toMatchObject({
    poll: { job_id: 1, state: "done", result: { outcome: "ok" } },
    import: { job_id: 2, state: "done" },
    snapshot: { job_id: 3, state: "done" },
  });
});

test("a sample that fails does not keep the snapshot from being written; a snapshot that fails is the night's failure", async () => {
  await using server = await startTestServer();
  const ends = {
    poll: jobOf(1, "poll", "failed", "Steam is down."),
    snapshot: jobOf(3, "snapshot", "failed", "disk full"),
  };
  await using night = await startNight(server, { ends });

  const error = await night.work().catch((thrown: unknown) => thrown);

  expect(night.started).toEqual(["poll", "snapshot"]);
  expect(error).toEqual(new Error("the snapshot was not written: disk full"));
});

test("an import of a whole library is waited for five minutes, and goes on by itself", async () => {
  await using server = await startTestServer();
  const ends = { poll: jobOf(1, "poll", "done"), snapshot: jobOf(3, "snapshot", "done") };
  await using night = await startNight(server, { ends });

  const working = night.work();
  const ended = working.then(() => true);
  while (!(await Promise.race([ended, night.clock.advance(10_000).then(() => false)]))) {
    // Time goes on until the work is done.
  }

  expect(await working).toMatchObject({
    import: { state: "running" },
    snapshot: { state: "done" },
  });
});

test("a sample that never ends is waited for five minutes", async () => {
  await using server = await startTestServer();
  const ends = { poll: jobOf(1, "poll", "running"), snapshot: jobOf(3, "snapshot", "done") };
  await using night = await startNight(server, { ends });

  const working = night.work();
  const ended = working.then(() => true);
  while (!(await Promise.race([ended, night.clock.advance(10_000).then(() => false)]))) {
    // Time goes on until the work is done.
  }

  expect(await working).toMatchObject({ poll: { state: "running" }, snapshot: { state: "done" } });
  expect(night.clock.monotonic()).toBeGreaterThanOrEqual(300_000);
});

test("without Steam the sample is skipped", async () => {
  await using server = await startTestServer();
  const ends = { snapshot: jobOf(3, "snapshot", "done") };
  await using night = await startNight(server, { configured: false, ends });

  const result = await night.work();

  expect(night.started).toEqual(["snapshot"]);
  expect(result).toMatchObject({ poll: { state: "skipped", error: "Steam is not configured" } });
});

// A poller that restarts at midnight must not cost the day its sample.
test("a poller that does not answer yet is given its job all the same", async () => {
  await using server = await startTestServer();
  const ends = {
    poll: jobOf(1, "poll", "done"),
    import: jobOf(2, "import", "done"),
    snapshot: jobOf(3, "snapshot", "done"),
  };
  await using night = await startNight(server, { silent: true, ends });

  const result = await night.work();

  expect(night.started).toEqual(["poll", "import", "snapshot"]);
  expect(result).toMatchObject({ poll: { job_id: 1, state: "done" } });
});

test("cancelled between its steps, the night's work goes no further", async () => {
  await using server = await startTestServer();
  const ends = { poll: jobOf(1, "poll", "running"), snapshot: jobOf(3, "snapshot", "done") };
  await using night = await startNight(server, { ends });

  const result = await night.work(AbortSignal.abort());

  expect(night.started).toEqual(["poll"]);
  expect(result).toMatchObject({ poll: { state: "running" } });
});
