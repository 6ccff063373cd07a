import { type Clock, deadline } from "@tracker/service";
import { isOver, type LibraryFact, type LibrarySample, type Occasion } from "./library-sample.ts";
import type { SampleCadence } from "./sample-cadence.ts";

export interface LibraryWatchOptions {
  readonly clock: Clock;
  readonly cadence: SampleCadence;
  readonly sample: (occasion: Occasion) => Promise<LibrarySample>;
  /** Resolves when the fact is on its way for good; answers whether it is. */
  readonly publish: (fact: LibraryFact) => Promise<boolean>;
  /** While it is false nothing is sampled; what comes due meanwhile is one sample once it is true again. */
  readonly reachable: () => boolean;
  readonly signal: AbortSignal;
}

interface JobSample {
  readonly jobId: number;
  readonly resolve: (fact: LibraryFact) => void;
  readonly reject: (error: Error) => void;
}

/** What Steam told last of the games played in the last two weeks. */
export interface Recent {
  readonly appIds: readonly number[];
  readonly observedAt: string;
}

/** Three attempts at each of two methods, with their pauses; a paused API must not keep a sample, and who waits for it, for hours. */
const SAMPLE_MS_MAX = 120_000;
/** A machine that slept wakes with its timers late, so the clocks are looked at that often. */
const LOOK_MS_MAX = 60_000;
export const UNREACHABLE_MS = 500;

/**
 * Takes the library's samples, never two at once: what becomes due during one is served by one more after it, jobs included.
 */
export class LibraryWatch {
  readonly #options: LibraryWatchOptions;
  #jobs: JobSample[] = [];
  #wake = new AbortController();
  #recent: Recent | null = null;
  #sampling = false;
  #trouble: string | null = null;

  constructor(options: LibraryWatchOptions) {
    this.#options = options;
  }

  get recent(): Recent | null {
    return this.#recent;
  }

  /** Why the newest sample shows less than all; null when it does not. */
  get trouble(): string | null {
    return this.#trouble;
  }

  get sampling(): boolean {
    return this.#sampling;
  }

  /** When the next sample is due, epoch milliseconds. */
  get nextSampleAt(): number {
    return this.#options.clock.now() + this.#options.cadence.msToNext();
  }

  presenceEnded(): void {
    this.#options.cadence.presenceEnded();
    this.#wake.abort();
  }

  /** Takes a sample as soon as none is being taken, and resolves once it is published. */
  sampleForJob(jobId: number): Promise<LibraryFact> {
    const { promise, resolve, reject } = Promise.withResolvers<LibraryFact>();
    this.#jobs.push({ jobId, resolve, reject });
    this.#wake.abort();
    return promise;
  }

  /** Runs until the signal is aborted. */
  async run(): Promise<void> {
    const { cadence, clock, reachable, signal } = this.#options;
    while (!signal.aborted) {
      this.#wake = new AbortController();
      const trigger = reachable() ? this.#takeDue() : null;
      if (trigger !== null) await this.#sample(trigger);
      else {
        const woken = AbortSignal.any([signal, this.#wake.signal]);
        const waitMs = reachable() ? Math.min(LOOK_MS_MAX, cadence.msToNext()) : UNREACHABLE_MS;
        await clock.wait(waitMs, woken);
      }
    }
  }

  #takeDue(): LibraryFact["trigger"] | null {
    const due = this.#options.cadence.take();
    return this.#jobs.length > 0 ? "job" : due;
  }

  async #sample(trigger: LibraryFact["trigger"]): Promise<void> {
    const { cadence, clock, sample, publish, signal } = this.#options;
    const jobs = this.#jobs.splice(0);
    using limit = deadline(clock, SAMPLE_MS_MAX, signal);
    this.#sampling = true;
    try {
      const jobId = jobs[0]?.jobId ?? null;
      const { fact, recentAppIds } = await sample({ trigger, jobId, signal: limit.signal });
      this.#trouble = fact.reason;
      if (recentAppIds !== null)
        this.#recent = { appIds: recentAppIds, observedAt: fact.observed_at };
      // Not awaited: while the bus is away the cadence goes on.
      void publish(fact).then((published) => settle(jobs, fact, published));
    } catch (error) {
      if (!isOver(signal)) throw error;
    } finally {
      this.#sampling = false;
      cadence.sampled();
    }
  }
}

function settle(jobs: readonly JobSample[], fact: LibraryFact, published: boolean): void {
  for (const { resolve, reject } of jobs) {
    if (published) resolve(fact);
    else reject(new Error("the sample was taken, but the bus was away for too long to tell it"));
  }
}
