import { type Log, wait } from "@tracker/service";
import type { LibraryFact } from "./library-sample.ts";
import type { PresenceFact } from "./presence-look.ts";

/** A fact on its way, with the noun that it is about. */
export type OutgoingFact =
  | { readonly noun: "library"; readonly data: LibraryFact }
  | { readonly noun: "presence"; readonly data: PresenceFact };

interface Waiting {
  readonly fact: OutgoingFact;
  readonly resolve: (published: boolean) => void;
}

interface FactQueueOptions {
  /** Tries until the fact is kept by its stream or the signal is aborted; answers whether it is. */
  readonly publish: (fact: OutgoingFact, signal: AbortSignal) => Promise<boolean>;
  readonly log: Log;
  readonly size?: number;
}

const SIZE = 500;
const FLUSH_MS_MAX = 3_000;

/**
 * Publishes facts one by one, in the order in which they were seen. While the bus is away they wait here; when too many
 * wait, the oldest interval sample is given up first, as the sample after it holds its minutes too, if with less detail.
 */
export class FactQueue implements AsyncDisposable {
  readonly #options: FactQueueOptions;
  readonly #stop = new AbortController();
  readonly #waiting: Waiting[] = [];
  #publishing: Promise<void> | null = null;

  constructor(options: FactQueueOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** When the oldest fact that waits was observed; null when none does. */
  get since(): string | null {
    return this.#waiting[0]?.fact.data.observed_at ?? null;
  }

  /** Resolves to true once the stream has the fact, and to false when it was given up. */
  add(fact: OutgoingFact): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.push({ fact, resolve });
    if (this.#waiting.length > (this.#options.size ?? SIZE)) this.#giveOneUp();
    this.#publishing ??= this.#publishAll();
    return promise;
  }

  /** Publishes what waits, for at most three seconds. */
  async [Symbol.asyncDispose](): Promise<void> {
    const flushed = new AbortController();
    const flushing = this.#publishing ?? Promise.resolve();
    await Promise.race([flushing, wait(FLUSH_MS_MAX, flushed.signal)]);
    flushed.abort();
    this.#stop.abort();
    if (this.#waiting.length > 0)
      this.#options.log.warn("facts were lost: the bus was away when the poller stopped", {
        facts: this.#waiting.length,
      });
  }

  async #publishAll(): Promise<void> {
    try {
      for (let head = this.#waiting[0]; head !== undefined; head = this.#waiting[0]) {
        const published = await this.#options.publish(head.fact, this.#stop.signal);
        if (!published) return;
        this.#waiting.shift();
        head.resolve(true);
      }
    } finally {
      // In the same turn in which the queue was found empty: whoever adds next starts anew.
      this.#publishing = null;
    }
  }

  /** Neither the first, which is being published, nor the newest. */
  #giveOneUp(): void {
    const candidates = this.#waiting.slice(1, -1);
    const interval = candidates.findIndex(
      ({ fact }) => fact.noun === "library" && fact.data.trigger === "interval",
    );
    const [given] = this.#waiting.splice(Math.max(interval, 0) + 1, 1);
    if (given === undefined) return;
    given.resolve(false);
    this.#options.log.warn("too many facts wait for the bus; one was given up", {
      fact: given.fact.noun,
      observed_at: given.fact.data.observed_at,
    });
  }
}
