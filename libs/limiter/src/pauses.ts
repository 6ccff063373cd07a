import type { Bus } from "@tracker/bus";
import { wait } from "@tracker/service";
import { nextPause, type Pause, PAUSE_MS_MAX } from "./pause-length.ts";
import type { ApiName } from "./quota.ts";
import type { ServerClock } from "./server-clock.ts";

type Bucket = Awaited<ReturnType<Bus["jetstream"]["views"]["kv"]>>;
interface Entry {
  readonly pause: Pause;
  readonly revision: number;
}

const PAUSES_BUCKET = "QUOTA_PAUSES";
const REQUEST_TIMEOUT_MS = 1_000;
const WRITE_ATTEMPTS = 5;
/** One answer may be luck; after so many the API is well again, and its next pause starts small. */
const SUCCESSES_UNTIL_WELL = 5;
const WRONG_REVISION = 10_071;
const NO_PAUSE: Pause = { until: 0, count: 0 };

/**
 * The pauses of all APIs, shared by every process through a key-value bucket with one key per API
 * (`nats kv get QUOTA_PAUSES steam-store`). A permit is taken only after the bucket was read, so a pause that is stored
 * holds for everyone from that moment, whoever was away when it came, and survives restarts until its time.
 */
export class Pauses {
  readonly #bus: Bus;
  #bucket: Bucket;
  readonly #clock: ServerClock;
  readonly #stopped: AbortSignal;
  /** As last read or written. */
  readonly #known = new Map<ApiName, Pause>();
  /** Pauses of this process that are not stored yet: they hold here already. */
  readonly #unstored = new Map<ApiName, Pause>();
  readonly #successes = new Map<ApiName, number>();

  constructor(bus: Bus, bucket: Bucket, clock: ServerClock, stopped: AbortSignal) {
    this.#bus = bus;
    this.#bucket = bucket;
    this.#clock = clock;
    this.#stopped = stopped;
  }

  static async open(bus: Bus, clock: ServerClock, stopped: AbortSignal): Promise<Pauses> {
    return new Pauses(bus, await openBucket(bus), clock, stopped);
  }

  /** How long this API is to be left alone, 0 when it is not. Reads the bucket. */
  async remainingMs(api: ApiName): Promise<number> {
    const stored = (await this.#read(api))?.pause.until ?? 0;
    const until = Math.max(stored, this.#unstored.get(api)?.until ?? 0);
    return Math.min(PAUSE_MS_MAX, Math.max(0, until - this.#clock.now()));
  }

  /**
   * Pauses an API for everyone, for as long as it asks, else for a time that grows. Resolves when it is stored, or after
   * some tries without an answer: then it holds for this process alone.
   */
  async pause(api: ApiName, retryAfterMs: number | null): Promise<void> {
    this.#successes.delete(api);
    const own = this.#next(this.#known.get(api) ?? null, api, retryAfterMs);
    if (own !== null) this.#unstored.set(api, own);
    for (let attempt = 1; attempt <= WRITE_ATTEMPTS && !this.#stopped.aborted; attempt++) {
      try {
        const entry = await this.#read(api);
        const pause = this.#next(entry?.pause ?? null, api, retryAfterMs);
        if (pause !== null) await this.#write(api, pause, entry?.revision ?? 0);
        this.#unstored.delete(api);
        return;
      } catch (error) {
        if (isWrongRevision(error)) continue;
        this.#bus.log.warn("quota: a pause waits to be shared", { api, attempt, error });
        await wait(100 * 2 ** attempt, this.#stopped);
      }
    }
  }

  /** The API answered as it should. After some such answers its pauses start small again. */
  succeeded(api: ApiName): void {
    const known = this.#known.get(api);
    if (known === undefined || known.count === 0 || known.until > this.#clock.now()) return;
    const successes = (this.#successes.get(api) ?? 0) + 1;
    this.#successes.set(api, successes);
    if (successes !== SUCCESSES_UNTIL_WELL) return;
    this.#successes.delete(api);
    void this.#forgive(api);
  }

  async #forgive(api: ApiName): Promise<void> {
    try {
      const entry = await this.#read(api);
      if (entry === null || entry.pause.until > this.#clock.now()) return;
      await this.#write(api, { until: entry.pause.until, count: 0 }, entry.revision);
    } catch (error) {
      // The next successes try again; until then pauses only start longer than they could.
      this.#bus.log.debug("quota: a pause could not be forgiven yet", { api, error });
    }
  }

  #next(current: Pause | null, api: ApiName, retryAfterMs: number | null): Pause | null {
    const now = this.#clock.now();
    return nextPause(current, { api, retryAfterMs, now, random: Math.random() });
  }

  async #read(api: ApiName): Promise<Entry | null> {
    const entry = await this.#bucket.get(api).catch(async (error: unknown) => {
      // Nobody keeps the bucket: somebody deleted it. What waits asks again.
      if (hasCode(error, "503")) this.#bucket = await openBucket(this.#bus);
      throw error;
    });
    if (entry === null) {
      this.#known.delete(api);
      return null;
    }
    const pause = (entry.operation === "PUT" ? decode(entry.string()) : null) ?? NO_PAUSE;
    this.#known.set(api, pause);
    return { pause, revision: entry.revision };
  }

  /** Revision 0 stands for "not there yet". Fails when somebody else wrote first. */
  async #write(api: ApiName, pause: Pause, revision: number): Promise<void> {
    const text = encode(pause);
    if (revision === 0) await this.#bucket.create(api, text);
    else await this.#bucket.update(api, text, revision);
    this.#known.set(api, pause);
    if (pause.count === 0) return;
    const seconds = Math.ceil((pause.until - this.#clock.now()) / 1_000);
    this.#bus.log.warn("quota: paused for everyone", { api, seconds, in_a_row: pause.count });
  }
}

/** Makes the bucket if it is not there; a pause that expired early or died with the server would be none. */
async function openBucket(bus: Bus): Promise<Bucket> {
  const { views } = bus.nats.jetstream({ timeout: REQUEST_TIMEOUT_MS });
  const bucket = await views.kv(PAUSES_BUCKET, { history: 1, max_bytes: 64 * 1024 });
  const { ttl, storage }: { ttl: number; storage: string } = await bucket.status();
  if (ttl === 0 && storage === "file") return bucket;
  throw new Error(
    `nats: bucket ${PAUSES_BUCKET}: expected it on file and without expiry, got ${storage}, ${ttl} ms; delete it and start again`,
  );
}

function encode({ until, count }: Pause): string {
  return JSON.stringify({ until: new Date(until).toISOString(), count });
}

/** Null for what is no pause of ours: a person may have written there. */
function decode(text: string): Pause | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || !("until" in value) || typeof value.until !== "string") return null;
    const until = Date.parse(value.until);
    const count = "count" in value && typeof value.count === "number" ? value.count : 1;
    return Number.isFinite(until) ? { until, count: Math.max(0, Math.trunc(count)) } : null;
  } catch {
    return null;
  }
}

function isWrongRevision(error: unknown): boolean {
  return isObject(error) && "api_error" in error && hasCode(error.api_error, WRONG_REVISION);
}

/** The client's errors carry `code`, the server's `err_code`. */
function hasCode(error: unknown, code: string | number): boolean {
  if (!isObject(error)) return false;
  return (
    ("code" in error && error.code === code) || ("err_code" in error && error.err_code === code)
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
