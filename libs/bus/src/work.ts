import {
  claimJob,
  finishJob,
  isUnavailable,
  type Job,
  type JobKind,
  JobMessage,
  type JobProgress,
  JOBS_STREAM,
  type JobState,
  reportJob,
  ServiceError,
} from "@tracker/contracts";
import { wait } from "@tracker/service";
import type { Bus } from "./connect.ts";
import { decode } from "./codec.ts";
import { consume, type Delivery } from "./consume.ts";
import { request } from "./request.ts";

/** A job in a worker's hands. */
export interface Work {
  readonly job: Job;
  /** Aborted when the job is cancelled or paused, and when the process stops: finish the step at hand and return. */
  readonly signal: AbortSignal;
  /**
   * Tells the store how far it is; also what keeps the job from being given to another. `result`, where given, is what came
   * of it so far: the worker that takes the job up after a crash finds it in `job.result`. A store that is away misses
   * this, which is no reason to give the work up: the next one includes it.
   */
  tell(progress: Partial<JobProgress>, result?: WorkResult): Promise<void>;
}

/** What came of a job; a rejection is its failure, with its message as the reason. */
export type WorkResult = Record<string, unknown>;

const HEARTBEAT_MS = 5_000;
const ATTEMPTS = 12;

/**
 * Works on the jobs of one kind, one at a time, until the signal is aborted. The row in the store is the truth: a job
 * that is no longer wanted is skipped, one that comes twice is taken up where it stands, and one that a crash cut off
 * is handed out again because its message was never acknowledged.
 */
export function workOn(
  bus: Bus,
  kind: JobKind,
  run: (work: Work) => Promise<WorkResult>,
  signal: AbortSignal,
): Promise<void> {
  return consume(
    bus,
    { stream: JOBS_STREAM, consumer: kind, batch: 1 },
    (delivery) => runOnce(bus, run, delivery, signal),
    signal,
  );
}

async function runOnce(
  bus: Bus,
  run: (work: Work) => Promise<WorkResult>,
  delivery: Delivery,
  stopped: AbortSignal,
): Promise<void> {
  const { id } = decode(JobMessage, delivery.body);
  const patience = { attempts: ATTEMPTS, signal: stopped };
  const job = await request(bus, claimJob, { id, worker: bus.name }, patience).catch(unlessGone);
  if (job?.state !== "running") return;

  const halt = new AbortController();
  const signal = AbortSignal.any([halt.signal, stopped]);
  const progress = new ProgressReporter(bus, job, delivery, { halt, stopped });
  const beating = progress.beatUntil(signal);
  bus.jobs.set(id, job.kind);
  const end = await run({
    job,
    signal,
    tell: (change, result) => progress.tell(change, result),
  }).then(
    (result) => ({ state: "done" as const, result }),
    (error: unknown) => ({
      state: "failed" as const,
      error: signal.aborted ? "interrupted" : reasonOf(bus, error),
    }),
  );
  bus.jobs.delete(id);
  const interrupted = signal.aborted;
  halt.abort();
  await beating;
  if (stopped.aborted && interrupted)
    throw new Error("stopping: the job goes on after the next start");
  if (interrupted) return; // Cancelled or paused: the store has said so itself.
  await request(bus, finishJob, { id, ...end }, patience);
}

/** A job whose row is gone needs no work; anything else is trouble worth another try. */
function unlessGone(error: unknown): undefined {
  if (error instanceof ServiceError && error.code === "NOT_FOUND") return undefined;
  throw error;
}

function reasonOf(bus: Bus, error: unknown): string {
  bus.log.warn("a job failed", { error });
  return error instanceof Error ? error.message.slice(0, 2_000) : "failed without a reason";
}

class ProgressReporter {
  readonly #bus: Bus;
  readonly #delivery: Delivery;
  readonly #halt: AbortController;
  readonly #stopped: AbortSignal;
  readonly #id: number;
  #progress: JobProgress;

  constructor(
    bus: Bus,
    job: Job,
    delivery: Delivery,
    { halt, stopped }: { halt: AbortController; stopped: AbortSignal },
  ) {
    this.#bus = bus;
    this.#delivery = delivery;
    this.#halt = halt;
    this.#stopped = stopped;
    this.#id = job.id;
    this.#progress = job.progress;
  }

  async report(change: Partial<JobProgress>, result?: WorkResult): Promise<void> {
    this.#progress = { ...this.#progress, ...change };
    this.#delivery.working();
    const said = {
      id: this.#id,
      progress: this.#progress,
      ...(result === undefined ? {} : { result }),
    };
    const { state } = await request(this.#bus, reportJob, said, { signal: this.#stopped });
    if (!goesOn(state)) this.#halt.abort();
  }

  async tell(change: Partial<JobProgress>, result?: WorkResult): Promise<void> {
    try {
      await this.report(change, result);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
    }
  }

  async beatUntil(signal: AbortSignal): Promise<void> {
    for (;;) {
      await wait(HEARTBEAT_MS, signal);
      if (signal.aborted) return;
      // A missed heartbeat is not a failure: the next one tells.
      await this.report({}).catch((error: unknown) =>
        this.#bus.log.debug("a heartbeat was missed", { error }),
      );
    }
  }
}

function goesOn(state: JobState): boolean {
  return state === "running";
}
