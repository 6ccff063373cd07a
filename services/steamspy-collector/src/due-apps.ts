import { randomBytes } from "node:crypto";
import { countDueApps, expireApps, type Output, planApps, recordApps } from "@tracker/contracts";
import { type Clock, deadline } from "@tracker/service";
import type { Ask } from "./ask.ts";
import { type Fetching, fetchBatch } from "./batch.ts";
import { SourceLost } from "./patience.ts";
import type { CrawlProgress } from "./progress.ts";

/** What working through one source's due apps takes. */
export interface DueAppsParts extends Fetching {
  readonly ask: Ask;
  readonly progress: CrawlProgress;
  readonly clock: Clock;
  /** Apps whose results may be lost in a crash, at most. */
  readonly batchSize: number;
  /** Requests a second that the source's quota allows. */
  readonly requestsPerSecond: number;
  /** Aborted when the crawl is to halt. */
  readonly signal: AbortSignal;
}

/** Two batches of half the size, so that the end of one, when a request is slow, leaves no slot of the quota unused. */
const BATCHES_AT_ONCE = 2;
const LEASE_SECONDS_MIN = 20;
const LEASE_SECONDS_MAX = 3_600;
/** Several collectors may share the quota. */
const LEASE_FACTOR = 4;
const RECORD_MS_MAX = 10_000;
const LOOK_MS_MAX = 5_000;
const LOOK_MS_MIN = 250;
/** How long to wait for apps that failed; then the crawl ends, and the next one asks about them. */
const RETRY_MS_MAX = 15 * 60_000;
const COUNT_EVERY_BATCHES = 50;

/**
 * Works through all apps of a source that are due: takes a batch from the store, asks about its apps, and has the results
 * recorded in one commit. What a crash leaves is handed out again when its lease ends; other collectors' batches are
 * waited for, so that a crawl never ends incomplete.
 */
export class DueApps {
  readonly #parts: DueAppsParts;
  readonly #stage: string;
  /** Apps that failed and are to be asked again before the end. */
  readonly #failed = new Set<number>();
  #batches = 0;
  #working = 0;

  constructor(parts: DueAppsParts) {
    this.#parts = parts;
    this.#stage = parts.source.name;
  }

  /** Makes every app due again that was not asked about since that instant. */
  async startOver(since: string): Promise<void> {
    const { ask, signal, source } = this.#parts;
    const part = { source: source.name, not_asked_since: since };
    let next: number | null = 0;
    while (next !== null && !signal.aborted) {
      const done: Output<typeof expireApps> = await ask(expireApps, {
        ...part,
        after_app_id: next,
      });
      next = done.next_app_id;
    }
  }

  async run(): Promise<void> {
    const { source, batchSize, report } = this.#parts;
    await this.#count();
    const canSplit = source.appsPerRequest === 1 && batchSize >= BATCHES_AT_ONCE;
    const size = canSplit ? Math.floor(batchSize / BATCHES_AT_ONCE) : batchSize;
    const loops = canSplit ? BATCHES_AT_ONCE : 1;
    try {
      // The first batches differ in size, so that they do not end together for ever.
      const firsts = Array.from({ length: loops }, (_, index) => Math.ceil(size / (index + 1)));
      await Promise.all(firsts.map((first) => this.#work(first, size)));
    } catch (error) {
      if (!(error instanceof SourceLost)) throw error;
      report.problem(`${this.#stage} was given up until the next crawl: ${error.message}`);
    }
    if (this.#failed.size > 0 && !this.#parts.signal.aborted) {
      report.set(this.#stage, { failing: this.#failed.size });
    }
  }

  /** Batch after batch. When nothing is due, the last of those who work here waits for what may still come. */
  async #work(first: number, size: number): Promise<void> {
    this.#working += 1;
    for (let limit = first; !this.#parts.signal.aborted; limit = size) {
      if (await this.#batch(limit)) continue;
      if (this.#working > 1 || !(await this.#moreToCome())) break;
    }
    this.#working -= 1;
  }

  /** One batch from plan to commit; answers whether there was any. */
  async #batch(limit: number): Promise<boolean> {
    const { ask, source, clock, signal, progress, report } = this.#parts;
    const batch_id = `${source.name}-${randomBytes(12).toString("hex")}`;
    const lease_seconds = this.#leaseSeconds(limit);
    const plan = { batch_id, source: source.name, limit, lease_seconds };
    const { app_ids: appIds } = await ask(planApps, plan);
    if (appIds.length === 0) return false;
    const leaseMs = lease_seconds * 1_000;
    using late = deadline(clock, leaseMs - Math.min(RECORD_MS_MAX, leaseMs / 4), signal);
    const results = await fetchBatch(this.#parts, appIds, late.signal);
    const observed_at = new Date(clock.now()).toISOString();
    const done = await ask(recordApps, { batch_id, source: source.name, observed_at, results });
    for (const { app_id, status } of results) {
      if (status === "failed") this.#failed.add(app_id);
      else this.#failed.delete(app_id);
    }
    const { first: _first, ...counts } = done;
    report.add(this.#stage, { asked: results.length, batches: 1, ...counts });
    if ((this.#batches += 1) % COUNT_EVERY_BATCHES === 0) await this.#count();
    await progress.advance(this.#stage, results.length);
    return true;
  }

  /** When nothing is due: waits a while and answers true when something may become due that belongs to this crawl. */
  async #moreToCome(): Promise<boolean> {
    const { clock, signal } = this.#parts;
    const { due, leased, next_due_at } = await this.#count();
    if (due > 0) return !signal.aborted;
    const untilDue = next_due_at === null ? Infinity : Date.parse(next_due_at) - clock.now();
    const retries = this.#failed.size > 0 && untilDue <= RETRY_MS_MAX;
    if (leased === 0 && !retries) return false;
    await clock.wait(Math.min(LOOK_MS_MAX, Math.max(LOOK_MS_MIN, untilDue)), signal);
    return !signal.aborted;
  }

  async #count() {
    const { ask, source, progress } = this.#parts;
    const counts = await ask(countDueApps, { source: source.name });
    progress.expect(this.#stage, counts.due + counts.leased);
    return counts;
  }

  #leaseSeconds(limit: number): number {
    const { source, requestsPerSecond } = this.#parts;
    const seconds = Math.ceil(limit / source.appsPerRequest) / requestsPerSecond;
    const wished = Math.ceil(LEASE_SECONDS_MIN + LEASE_FACTOR * BATCHES_AT_ONCE * seconds);
    return Math.min(LEASE_SECONDS_MAX, wished);
  }
}
