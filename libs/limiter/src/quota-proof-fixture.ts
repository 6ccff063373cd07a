import { openPermitStream } from "@tracker/bus";
import { wait } from "@tracker/service";
import type { Quota } from "./quota.ts";
import { type Arrival, judge, type QuotaReport } from "./quota-proof-report-fixture.ts";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";

/** What a worker is told, as its only argument. */
export interface WorkerOrder {
  readonly worker: number;
  readonly natsUrl: string;
  readonly dataDir: string;
  readonly upstream: string;
  readonly quota: Quota;
}

export interface ProofOptions {
  readonly quota: Quota;
  readonly runMs: number;
  readonly workers: number;
  /** Mean time between two kills of a random worker, or of the NATS server. */
  readonly workerKillEveryMs: number;
  readonly serverKillEveryMs: number;
  readonly random: () => number;
}

export interface ProofReport extends QuotaReport {
  readonly workerKills: number;
  readonly serverKills: number;
  readonly serverDownMs: number;
  /** Publishing one permit, to another window, meanwhile. */
  readonly publishMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

const WORKER = new URL("./quota-proof-worker-fixture.ts", import.meta.url).pathname;
/**
 * Lets real processes compete for one quota against a fake upstream that notes when each request arrives, while workers
 * and the NATS server are killed (SIGKILL) at random moments and come back.
 */
export async function proveQuota(options: ProofOptions): Promise<ProofReport> {
  const { quota, workers, random } = options;
  await using server = await startTestServer();
  const arrivals: Arrival[] = [];
  await using upstream = startUpstream(arrivals);
  await using pack = startPack(options, server, upstream.url);
  while (arrivals.length === 0) await wait(5);

  const stop = new AbortController();
  const startedAt = performance.now();
  const endedAt = startedAt + options.runMs;
  const faults = Promise.all([
    repeat(options.workerKillEveryMs, random, stop.signal, () => pack.killOne()),
    repeat(options.serverKillEveryMs, random, stop.signal, () => outageMs(server, endedAt)),
    measurePublish(server, stop.signal),
  ]);
  await wait(options.runMs);
  stop.abort();
  const [workerKills, outages, publishMs] = await faults;

  const serverDownMs = outages.reduce((sum, ms) => sum + ms, 0);
  return {
    ...judge({ quota, workers, startedAt, endedAt, serverDownMs, arrivals }),
    workerKills: workerKills.length,
    serverKills: outages.length,
    serverDownMs,
    publishMs,
  };
}

function startUpstream(arrivals: Arrival[]): AsyncDisposable & { readonly url: string } {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      const at = performance.now();
      const report = (await request.json()) as Arrival["report"];
      arrivals.push({ at, report });
      return new Response("{}");
    },
  });
  return { url: server.url.href, [Symbol.asyncDispose]: () => server.stop(true) };
}

/** The competing processes; one that is killed is replaced at once. */
function startPack(options: ProofOptions, server: TestServer, upstream: string) {
  const { quota, random } = options;
  const launch = (worker: number) => {
    const { url: natsUrl, dataDir } = server;
    const order: WorkerOrder = { worker, natsUrl, dataDir, upstream, quota };
    const command = [process.execPath, WORKER, JSON.stringify(order)];
    return Bun.spawn(command, { stdin: "ignore", stdout: "inherit", stderr: "inherit" });
  };
  const children = Array.from({ length: options.workers }, (_, worker) => launch(worker));
  return {
    async killOne(): Promise<void> {
      const worker = Math.floor(random() * children.length);
      children[worker]?.kill("SIGKILL");
      await children[worker]?.exited;
      children[worker] = launch(worker);
    },
    async [Symbol.asyncDispose](): Promise<void> {
      for (const child of children) child.kill("SIGKILL");
      await Promise.all(children.map((child) => child.exited));
    },
  };
}

/** Does something now and then until the signal; answers what came of it each time. */
async function repeat<T>(
  everyMs: number,
  random: () => number,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (;;) {
    await wait(everyMs * (0.5 + random()), signal);
    if (signal.aborted) return results;
    results.push(await work());
  }
}

/** Kills the server; answers how long it was away, as far as that falls into the time that is judged. */
async function outageMs(server: TestServer, endedAt: number): Promise<number> {
  const { pid } = server;
  const killedAt = performance.now();
  server.kill();
  while (server.pid === pid) await wait(2);
  return Math.max(0, Math.min(performance.now(), endedAt) - killedAt);
}

async function measurePublish(
  server: TestServer,
  signal: AbortSignal,
): Promise<ProofReport["publishMs"]> {
  await using bus = await server.connect("importer");
  const window = {
    stream: "QUOTA_probe",
    subject: "quota.probe",
    limit: 100_000,
    maxAgeMs: 3_600_000,
  };
  const stream = await openPermitStream(bus, window);
  await stream.provision();
  const tookMs: number[] = [];
  while (!signal.aborted) {
    const askedAt = performance.now();
    // A try that falls into an outage says nothing about publishing.
    if (await stream.take().catch(() => false)) tookMs.push(performance.now() - askedAt);
    await wait(20, signal);
  }
  tookMs.sort((a, b) => a - b);
  const at = (share: number) => tookMs[Math.floor((tookMs.length - 1) * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
