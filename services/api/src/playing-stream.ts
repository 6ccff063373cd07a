import type { NowPlaying } from "@tracker/contracts";
import { wait } from "@tracker/service";
import type { Frame } from "./event-reader.ts";
import { EventReaders, type ReaderLimits } from "./event-readers.ts";

export interface PlayingStreamLimits extends ReaderLimits {
  /** Between two looks; the answer itself is kept for longer, so that a look costs nothing. */
  readonly lookMs: number;
}

const LIMITS: PlayingStreamLimits = { heartbeatMs: 15_000, readersMax: 5_000, lookMs: 1_000 };
const encoder = new TextEncoder();

/**
 * Hands the answer of now-playing to all readers: the present one when they come, the next when it says something else.
 * It looks only while there are readers, and once for all of them.
 */
export class PlayingStream implements AsyncDisposable {
  readonly #get: () => Promise<NowPlaying>;
  readonly #limits: PlayingStreamLimits;
  readonly #readers: EventReaders;
  readonly #looking: Promise<void>;
  #told = "";
  #sequence = 0;

  constructor(get: () => Promise<NowPlaying>, limits: Partial<PlayingStreamLimits> = {}) {
    this.#get = get;
    this.#limits = { ...LIMITS, ...limits };
    this.#readers = new EventReaders(this.#limits);
    this.#looking = this.#look();
  }

  get readers(): number {
    return this.#readers.size;
  }

  /** Opens a reader, which gets the present answer first. */
  async open(mayStay: () => Promise<boolean>): Promise<ReadableStream<Uint8Array>> {
    const answer = await this.#get();
    const reader = this.#readers.open(mayStay);
    // The other readers get this answer too, so that no reader is ever sent the same one twice.
    this.#tell(answer);
    reader.live = true;
    reader.send(this.#frame(answer));
    return reader.stream;
  }

  /** Ends all connections and takes no more. */
  end(): void {
    this.#readers.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#readers[Symbol.asyncDispose]();
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { stopping } = this.#readers;
    while (!stopping.aborted) {
      await wait(this.#limits.lookMs, stopping);
      if (this.#readers.size > 0 && !stopping.aborted) this.#tell(await this.#get());
    }
  }

  #tell(answer: NowPlaying): void {
    const said = meaningOf(answer);
    if (said === this.#told) return;
    this.#told = said;
    this.#sequence++;
    const frame = this.#frame(answer);
    for (const reader of this.#readers) if (reader.live) reader.send(frame);
  }

  #frame(answer: NowPlaying): Frame {
    const bytes = encoder.encode(`data: ${JSON.stringify(answer)}\n\n`);
    return { sequence: this.#sequence, bytes };
  }
}

/** Left out of the comparison: `as_of` and the last play of a running game, which change with every look. */
function meaningOf(answer: NowPlaying): string {
  const game = answer.playing ? { ...answer.game, last_played_at: null } : answer.game;
  return JSON.stringify({ ...answer, game, as_of: "" });
}
