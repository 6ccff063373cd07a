import {
  answer,
  type Bus,
  consume,
  decode,
  encode,
  provisionStreams,
  publish,
  serve,
} from "@tracker/bus";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";
import {
  claimJob,
  type Data,
  FACTS_CONSUMER,
  FACTS_STREAM,
  finishJob,
  type Input,
  type Job,
  JOB_SUBJECT_PREFIX,
  type JobKind,
  librarySampled,
  presenceObserved,
  reportJob,
} from "@tracker/contracts";
import { RUNNING_JOB } from "@tracker/contracts/job-fixture";
import type { OwnedHost } from "@tracker/service";
import { runSteamPoller } from "@tracker/steam-poller";
import {
  SIM_KEY,
  SIM_STEAM_ID,
  startSteamSim,
  type SteamSim,
  type SteamSimOptions,
} from "./steam-sim/sim.ts";

export type LibraryFact = Data<typeof librarySampled>;
export type PresenceFact = Data<typeof presenceObserved>;

/** The poller between a simulated Steam, a real NATS and a stand-in for the store that keeps what it is told. */
export interface FollowedPlayer extends AsyncDisposable {
  readonly sim: SteamSim;
  readonly server: TestServer;
  readonly host: OwnedHost & { readonly lines: string[] };
  /** As the api, for questions. */
  readonly api: Bus;
  readonly samples: LibraryFact[];
  readonly presences: PresenceFact[];
  /** How each finished job ended. */
  readonly ends: Input<typeof finishJob>[];
  startJob(id: number, kind: JobKind): Promise<void>;
  /** Stops the poller and waits until it has. */
  stop(): Promise<void>;
}

export async function followPlayer(
  options: SteamSimOptions,
  env: Record<string, string> = {},
): Promise<FollowedPlayer> {
  const sim = await startSteamSim(options);
  const server = await startTestServer();
  const store = await server.connect("store");
  await provisionStreams(store);
  const told = await listen(store);
  const api = await server.connect("api");
  const host = server.host({
    STEAM_API_KEY: SIM_KEY,
    STEAM_ID: SIM_STEAM_ID,
    STEAM_API_URL: sim.url,
    POLL_STARTUP_DELAY_SECONDS: "0",
    PRESENCE_INTERVAL_SECONDS: "0.05",
    RETRY_ATTEMPTS: "1",
    ...env,
  });
  const running = runSteamPoller(host);
  const stop = async () => {
    host.stop();
    await running;
  };
  return {
    ...told,
    sim,
    server,
    host,
    api,
    stop,
    startJob: (id, kind) =>
      publish(store, `${JOB_SUBJECT_PREFIX}${kind}`, encode({ id, kind }), `job-${id}`),
    async [Symbol.asyncDispose]() {
      await stop();
      await told.close();
      for (const resource of [api, store, server, sim]) await resource[Symbol.asyncDispose]();
    },
  };
}

/** Keeps every fact, and answers what a worker asks of the store. */
async function listen(store: Bus) {
  const samples: LibraryFact[] = [];
  const presences: PresenceFact[] = [];
  const ends: Input<typeof finishJob>[] = [];
  const stop = new AbortController();
  const reading = consume(
    store,
    { stream: FACTS_STREAM, consumer: FACTS_CONSUMER, batch: 20 },
    async ({ subject, body }) => {
      await Promise.resolve();
      if (subject === librarySampled.subject) samples.push(decode(librarySampled.data, body));
      else presences.push(decode(presenceObserved.data, body));
    },
    stop.signal,
  );
  const answers = await serve(store, "test", [
    answer(claimJob, ({ id }) => jobOf(id)),
    answer(reportJob, ({ id }) => jobOf(id)),
    answer(finishJob, (end) => {
      ends.push(end);
      return { ...jobOf(end.id), state: end.state };
    }),
  ]);
  return {
    samples,
    presences,
    ends,
    async close() {
      stop.abort();
      await reading;
      await answers[Symbol.asyncDispose]();
    },
  };
}

function jobOf(id: number): Job {
  return { ...RUNNING_JOB, id };
}
