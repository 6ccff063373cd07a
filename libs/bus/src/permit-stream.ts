import { DiscardPolicy, nanos, NatsError, RetentionPolicy } from "nats";
import type { Bus } from "./connect.ts";
import { provisionStream } from "./stream.ts";

/** One window of a quota, as the stream that holds its permits. */
export interface PermitWindow {
  readonly stream: string;
  readonly subject: string;
  /** Permits that may be out at the same time. */
  readonly limit: number;
  /** How long a permit is out: the window and a margin for the way of a request. */
  readonly maxAgeMs: number;
  /**
   * For a window so short that the server, which drops what aged out up to 0.35 s late, would waste much of it: permits are
   * then not dropped but chained, see {@link openPermitStream}.
   */
  readonly chained?: boolean;
}

/** What the server knows of a window. All times are by the server's clock, so nobody else's matters. */
export interface PermitWindowState {
  /** The limit in force, which another process may have changed. */
  readonly limit: number;
  readonly used: number;
  /** Until the oldest permit is due to age out; below 0 when the server is about to see to it, null when none is out. */
  readonly dueMs: number | null;
  /** How old the newest permit is; null when there is none. */
  readonly newestAgeMs: number | null;
  /** Epoch milliseconds, with fractions. */
  readonly now: number;
  /** The newest permit's place in the stream: what the next one of a chain follows. */
  readonly last: number;
}

export interface PermitStream {
  /** Makes the stream or brings it up to date. A lowered limit keeps the permits that are out until they age out. */
  provision(): Promise<void>;
  /** Null when there is no such stream. */
  look(): Promise<PermitWindowState | null>;
  /**
   * Takes one permit: true when the server has stored it, false when the window is full, or, of a chain, when somebody else
   * was faster than the look. Everything else throws.
   */
  take(after?: PermitWindowState): Promise<boolean>;
}

/** Short, since a request that is under way when the connection breaks is only given up by its timeout. */
const REQUEST_TIMEOUT_MS = 1_000;
/** A permit on disk has 22 + 8 bytes, its subject, and the name of who took it. */
const PERMIT_BYTES_MAX = 128;
const TAKER_LENGTH_MAX = 32;
const STREAM_NOT_FOUND = 10_059;
/** One code for all that a store can refuse; only the text tells a full window from a full disk. */
const STORE_FAILED = 10_077;
const WRONG_LAST_SEQUENCE = 10_071;
const WINDOW_FULL = "maximum messages exceeded";

/**
 * A quota's window as a stream: every message is a permit, the server refuses a new one while `limit` are out and drops
 * each after `maxAgeMs`. So the rule holds whatever its users do, crash or believe about the time. Nobody may delete or
 * purge; `sync_interval: always` on the server makes it hold through a power cut too.
 *
 * A chained window keeps its last `limit` permits for good. Who takes one has seen, by the server's own clock, that the
 * oldest of them is `maxAgeMs` old, and publishes only if the stream has not grown since that look: the server compares
 * sequences and lets one of several through. So between a permit and the one `limit` before it there are always `maxAgeMs`
 * of the server's time, to the millisecond. The price: every publisher must look first. All of ours do.
 */
export async function openPermitStream(bus: Bus, window: PermitWindow): Promise<PermitStream> {
  const { stream, subject } = window;
  const options = { timeout: REQUEST_TIMEOUT_MS };
  const jetstream = bus.nats.jetstream(options);
  const manager = await bus.nats.jetstreamManager({ ...options, checkAPI: false });
  const taker = bus.name.slice(0, TAKER_LENGTH_MAX);
  return {
    provision: () => provisionStream(bus, configuration(window)),
    look: async () => {
      const info = await manager.streams.info(stream).catch(nullWhenMissing);
      if (info === null) return null;
      const { config, state } = info;
      const now = epochMs(info.ts);
      const { messages, first_ts, last_ts, last_seq: last } = state;
      const limit = config.max_msgs;
      if (messages === 0) return { limit, used: 0, dueMs: null, newestAgeMs: null, now, last };
      const maxAgeMs = window.chained ? window.maxAgeMs : config.max_age / nanos(1);
      const dueMs = epochMs(first_ts) + maxAgeMs - now;
      const isOver = window.chained === true && epochMs(last_ts) + maxAgeMs <= now;
      // In a chain the oldest permit may have expired, so this is an upper bound.
      const out = window.chained && dueMs <= 0 ? Math.min(messages, limit - 1) : messages;
      const newestAgeMs = now - epochMs(last_ts);
      return { limit, used: isOver ? 0 : out, dueMs, newestAgeMs, now, last };
    },
    take: async (after) => {
      const expect = after && window.chained ? { expect: { lastSequence: after.last } } : undefined;
      try {
        const stored = await jetstream.publish(subject, taker, expect);
        if (stored.stream === stream) return true;
      } catch (error) {
        if (isFull(error) || hasErrorCode(error, WRONG_LAST_SEQUENCE)) return false;
        throw error;
      }
      throw new Error(`nats: ${subject}: expected stream ${stream} to hold it, got another one`);
    },
  };
}

function configuration({ stream, subject, limit, maxAgeMs, chained = false }: PermitWindow) {
  return {
    name: stream,
    subjects: [subject],
    retention: RetentionPolicy.Limits,
    discard: chained ? DiscardPolicy.Old : DiscardPolicy.New,
    max_msgs: limit,
    max_age: chained ? 0 : nanos(maxAgeMs),
    // Never triggers before max_msgs: a permit is smaller than PERMIT_BYTES_MAX.
    max_bytes: limit * PERMIT_BYTES_MAX + 64 * 1024,
    max_msg_size: 64,
    deny_delete: true,
    deny_purge: true,
  };
}

/** The server sends nanoseconds, which Date.parse may not accept. Keeps fractions: rounding could hand out a permit 1 ms early. */
function epochMs(instant: string | undefined): number {
  if (instant === undefined) throw new Error("nats: expected nats-server 2.12 or newer");
  return Number(Temporal.Instant.from(instant).epochNanoseconds) / nanos(1);
}

function isFull(error: unknown): boolean {
  const refusal = error instanceof NatsError ? error.api_error : undefined;
  return refusal?.err_code === STORE_FAILED && refusal.description === WINDOW_FULL;
}

function hasErrorCode(error: unknown, code: number): boolean {
  return error instanceof NatsError && error.api_error?.err_code === code;
}

function nullWhenMissing(error: unknown): null {
  if (hasErrorCode(error, STREAM_NOT_FOUND)) return null;
  throw error;
}
