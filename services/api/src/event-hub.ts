import type { EventsOptions, ReceivedEvent } from "@tracker/bus";
import { wait } from "@tracker/service";
import {
  BUS_LOST,
  BUS_RECOVERED,
  type EventReader,
  type Frame,
  frameOf,
  gapAt,
} from "./event-reader.ts";
import { EventReaders, type ReaderLimits } from "./event-readers.ts";

/** Reads events of the stream until the signal is aborted; see `subscribeEvents`. */
export type Subscribe = (
  options: EventsOptions,
  receive: (event: ReceivedEvent) => void | Promise<void>,
  signal: AbortSignal,
) => Promise<void>;

export interface HubLimits extends ReaderLimits {
  /** Events kept in memory, for readers that come back after a short while. */
  readonly kept: number;
  /** Readers that may replay the stream at once; the others wait their turn. */
  readonly replaysMax: number;
}

const LIMITS: HubLimits = { heartbeatMs: 15_000, readersMax: 5_000, kept: 500, replaysMax: 16 };
const TURN_MS = 50;

/**
 * Hands the events of one subscription to all readers. A reader that resumes gets what it missed from memory or, when
 * it was away longer, by its own replay of the stream until it has caught up. Nobody waits for anybody: a reader that
 * does not keep up is cut off and resumes where it was.
 */
export class EventHub implements AsyncDisposable {
  readonly #subscribe: Subscribe;
  readonly #limits: HubLimits;
  readonly #readers: EventReaders;
  readonly #receiving: Promise<void>;
  readonly #ready = Promise.withResolvers<void>();
  #recent: Frame[] = [];
  #replays = 0;
  #busLost = false;

  /** `onEvent` is called for each event, besides all readers. */
  constructor(subscribe: Subscribe, limits: Partial<HubLimits> = {}, onEvent = () => {}) {
    this.#subscribe = subscribe;
    this.#limits = { ...LIMITS, ...limits };
    this.#readers = new EventReaders(this.#limits);
    this.#receiving = subscribe(
      {
        after: null,
        caughtUp: () => this.#ready.resolve(),
        missed: (place) => this.#startAnew(place),
      },
      (event) => {
        this.#receive(frameOf(event));
        onEvent();
      },
      this.#readers.stopping,
    );
  }

  get readers(): number {
    return this.#readers.size;
  }

  /** Of those, the ones that have caught up. */
  get live(): number {
    return [...this.#readers].filter(({ live }) => live).length;
  }

  /** Opens a reader, after the event with that sequence where one is given. `mayStay` is asked once a minute. */
  open(after: number | null, mayStay: () => Promise<boolean>): ReadableStream<Uint8Array> {
    const reader = this.#readers.open(mayStay);
    if (this.#busLost) reader.say(BUS_LOST);
    if (after === null) reader.live = true;
    else void this.#catchUp(reader, after);
    return reader.stream;
  }

  /** Tells all readers, also later ones, whether the bus is connected. */
  noteBus(connected: boolean): void {
    if (this.#busLost === !connected) return;
    this.#busLost = !connected;
    for (const reader of this.#readers) reader.say(connected ? BUS_RECOVERED : BUS_LOST);
  }

  /** Ends all connections and takes no more, so that a server that stops need not wait for them. */
  end(): void {
    this.#readers.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#readers[Symbol.asyncDispose]();
    await this.#receiving;
  }

  #receive(frame: Frame): void {
    this.#recent.push(frame);
    // Cut in bulk, so that a full memory is not moved for every event.
    if (this.#recent.length > 2 * this.#limits.kept) {
      this.#recent = this.#recent.slice(-this.#limits.kept);
    }
    for (const reader of this.#readers) {
      if (!reader.live || frame.sequence <= reader.replayed) continue;
      reader.replayed = 0;
      reader.send(frame);
    }
  }

  /** The stream is another, and its places are: what is in memory says nothing of it. */
  #startAnew(place: number): void {
    this.#recent = [];
    for (const reader of this.#readers) {
      if (!reader.live) continue;
      reader.replayed = 0;
      reader.say(gapAt(place));
    }
  }

  /** Whether memory holds everything after that event. */
  #covers(after: number): boolean {
    const oldest = this.#recent[0];
    return oldest !== undefined && after + 1 >= oldest.sequence;
  }

  async #catchUp(reader: EventReader, after: number): Promise<void> {
    await Promise.race([this.#ready.promise, aborted(reader.gone)]);
    // One that is ahead of memory may have heard of an event sooner, or may know another stream: the stream itself tells.
    const isKnown = this.#covers(after) && after <= (this.#recent.at(-1)?.sequence ?? 0);
    let last = isKnown ? after : await this.#replay(reader, after);
    while (!reader.gone.aborted) {
      if (this.#recent.length > 0 && !this.#covers(last)) last = await this.#replay(reader, last);
      const missed = this.#recent.filter(({ sequence }) => sequence > last);
      if (missed.length === 0) {
        reader.replayed = last;
        reader.live = true;
        return;
      }
      for (const frame of missed) {
        reader.send(frame);
        last = frame.sequence;
        await reader.room();
      }
    }
  }

  /** Reads the stream itself up to its end; answers the last event that the reader has. */
  async #replay(reader: EventReader, after: number): Promise<number> {
    const signal = AbortSignal.any([this.#readers.stopping, reader.gone]);
    while (this.#replays >= this.#limits.replaysMax && !signal.aborted) await wait(TURN_MS, signal);
    const done = new AbortController();
    let last = after;
    const receive = async (event: ReceivedEvent) => {
      last = event.sequence;
      reader.send(frameOf(event));
      await reader.room();
    };
    this.#replays++;
    try {
      const missed = (place: number) => {
        last = place;
        reader.say(gapAt(place));
      };
      const options = { after, caughtUp: () => done.abort(), missed };
      await this.#subscribe(options, receive, AbortSignal.any([signal, done.signal]));
    } finally {
      this.#replays--;
    }
    return last;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}
