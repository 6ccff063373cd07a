import { wait } from "@tracker/service";
import { EventReader } from "./event-reader.ts";
import { Problem } from "./problem.ts";

export interface ReaderLimits {
  readonly heartbeatMs: number;
  readonly readersMax: number;
}

const STAY_CHECK_BEATS = 4;

/** The open connections of one stream: limited in number, kept alive, and ended when no longer allowed. */
export class EventReaders implements AsyncDisposable {
  readonly #limits: ReaderLimits;
  readonly #readers = new Set<EventReader>();
  readonly #stopping = new AbortController();
  readonly #beating: Promise<void>;

  constructor(limits: ReaderLimits) {
    this.#limits = limits;
    this.#beating = this.#beat();
  }

  /** Aborted when no more readers are taken. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  get size(): number {
    return this.#readers.size;
  }

  [Symbol.iterator](): Iterator<EventReader> {
    return this.#readers.values();
  }

  /** `mayStay` is asked once a minute. */
  open(mayStay: () => Promise<boolean>): EventReader {
    if (this.size >= this.#limits.readersMax || this.stopping.aborted) {
      throw new Problem("UNAVAILABLE", "too many readers of events at the moment", {
        headers: { "retry-after": "30" },
      });
    }
    const reader = new EventReader(mayStay, (gone) => this.#readers.delete(gone));
    this.#readers.add(reader);
    return reader;
  }

  /** Ends all connections and takes no more, so that a server that stops need not wait for them. */
  end(): void {
    this.#stopping.abort();
    for (const reader of this.#readers) reader.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
    await this.#beating;
  }

  async #beat(): Promise<void> {
    for (let beat = 1; !this.stopping.aborted; beat++) {
      await wait(this.#limits.heartbeatMs, this.stopping);
      for (const reader of this.#readers) {
        reader.beat();
        if (beat % STAY_CHECK_BEATS === 0) void reader.endUnlessWelcome();
      }
    }
  }
}
