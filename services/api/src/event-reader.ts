import type { ReceivedEvent } from "@tracker/bus";
import { wait } from "@tracker/service";

/** An event as it goes over the wire, encoded once for all readers. */
export interface Frame {
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const HELLO = encoder.encode("retry: 2000\n: connected\n\n");
const HEARTBEAT = encoder.encode(": heartbeat\n\n");
/** Without an id, as they are no part of the stream: a reader resumes after the last event that was. */
export const BUS_LOST = encoder.encode("event: bus.lost\ndata: {}\n\n");
export const BUS_RECOVERED = encoder.encode("event: bus.recovered\ndata: {}\n\n");
/** Says that there may have been more, and sets the place to resume after, as the reader's own is of no use. */
export function gapAt(sequence: number): Uint8Array {
  return encoder.encode(`id: ${sequence}\nevent: bus.gap\ndata: {}\n\n`);
}
/** What may wait for one reader beyond the socket's own buffers. */
const WAITING_BYTES_MAX = 256 * 1024;
const ROOM_POLL_MS = 20;
const ROOM_WAIT_MS_MAX = 10_000;

/** `id` is the place in the stream, `event` the subject without its first word. */
export function frameOf({ sequence, subject, data }: ReceivedEvent): Frame {
  const name = subject.replace(/^events\./, "");
  const text = `id: ${sequence}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  return { sequence, bytes: encoder.encode(text) };
}

/** One open connection. What waits for it is bounded: beyond that it is ended, and its client resumes by the last id. */
export class EventReader {
  /** False while it still replays what it missed. */
  live = false;
  /** The last event of its own replay, which may have been ahead of what all readers get: that is not to come a second time. */
  replayed = 0;
  readonly stream: ReadableStream<Uint8Array>;
  readonly #mayStay: () => Promise<boolean>;
  readonly #onEnd: (reader: EventReader) => void;
  readonly #gone = new AbortController();
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(mayStay: () => Promise<boolean>, onEnd: (reader: EventReader) => void) {
    this.#mayStay = mayStay;
    this.#onEnd = onEnd;
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
          controller.enqueue(HELLO);
        },
        cancel: () => this.#forget(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: WAITING_BYTES_MAX }),
    );
  }

  /** Aborted when the connection has ended, from whichever side. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  send(frame: Frame): void {
    this.#write(frame.bytes);
  }

  /** Resolves when there is room for more; a reader that makes none for long is ended. */
  async room(): Promise<void> {
    for (let waitedMs = 0; !this.gone.aborted; waitedMs += ROOM_POLL_MS) {
      if ((this.#controller?.desiredSize ?? 0) > WAITING_BYTES_MAX / 2) return;
      if (waitedMs > ROOM_WAIT_MS_MAX) return this.end();
      await wait(ROOM_POLL_MS, this.gone);
    }
  }

  beat(): void {
    this.#write(HEARTBEAT);
  }

  /** Something that is no event of the stream. */
  say(text: Uint8Array): void {
    this.#write(text);
  }

  end(): void {
    if (this.gone.aborted) return;
    this.#controller?.close();
    this.#forget();
  }

  /** Ends the connection of a token that was revoked, or of a login that has ended, meanwhile. */
  async endUnlessWelcome(): Promise<void> {
    if (!(await this.#mayStay())) this.end();
  }

  #write(bytes: Uint8Array): void {
    if (this.gone.aborted || this.#controller === undefined) return;
    this.#controller.enqueue(bytes);
    if ((this.#controller.desiredSize ?? 0) <= 0) this.end();
  }

  #forget(): void {
    this.#gone.abort();
    this.#onEnd(this);
  }
}
