import type { Work } from "@tracker/bus";
import type { Clock, Log } from "@tracker/service";
import type { CrawlReport } from "./report.ts";
import { createTidiness } from "./tidy.ts";

/** Apps between two lines in the log. */
const LINE_APPS = 100;
/** A rate is that of the last minute. */
const RATE_MS = 60_000;
/** Before that a rate is chance: one batch of a hundred apps in its first second would be 6,000 a minute. */
const RATE_MS_MIN = 20_000;
const REPORT_MS_MIN = 500;
const SAMPLES_MAX = 600;

/** What people call the stages. */
const STAGE_WORDS: Readonly<Record<string, string>> = {
  list: "list of apps",
  store_items: "store facts",
  steamspy_all: "SteamSpy pages",
  steamspy_details: "SteamSpy details",
  store_details: "store details",
};

interface Sample {
  readonly at: number;
  readonly done: number;
}

/** One stage's part of the progress: apps that are done, and those that are known to be left. */
class Meter {
  done = 0;
  /** Null while unknown. */
  left: number | null = null;
  readonly #samples: Sample[];
  readonly #startedAt: number;

  constructor(at: number) {
    this.#startedAt = at;
    this.#samples = [{ at, done: 0 }];
  }

  advance(count: number, at: number): void {
    this.done += count;
    if (this.left !== null) this.left = Math.max(0, this.left - count);
    this.#samples.push({ at, done: this.done });
    while (at - (this.#samples[1]?.at ?? at) >= RATE_MS || this.#samples.length > SAMPLES_MAX) {
      this.#samples.shift();
    }
  }

  /** Apps a minute; null before there is enough to count. */
  rate(now: number): number | null {
    const first = this.#samples[0];
    if (first === undefined || this.done === first.done) return null;
    if (now - this.#startedAt < RATE_MS_MIN) return null;
    return ((this.done - first.done) * 60_000) / Math.max(1, now - first.at);
  }
}

interface ProgressParts {
  readonly work: Work;
  readonly report: CrawlReport;
  readonly clock: Clock;
  readonly log: Log;
}

/** How far a crawl is, all its stages together: told to the store about twice a second, and to the log every 100 apps. */
export class CrawlProgress {
  readonly #parts: ProgressParts;
  readonly #meters = new Map<string, Meter>();
  readonly #tidy = createTidiness();
  #done: number;
  #toldAt = -Infinity;

  constructor(parts: ProgressParts) {
    this.#parts = parts;
    this.#done = parts.work.job.progress.done;
  }

  /** How many apps a stage still has before it. */
  expect(stage: string, left: number): void {
    this.#meter(stage).left = left;
  }

  async advance(stage: string, count: number): Promise<void> {
    const now = this.#parts.clock.monotonic();
    const lines = Math.floor(this.#done / LINE_APPS);
    this.#done += count;
    this.#tidy(count);
    this.#meter(stage).advance(count, now);
    if (Math.floor(this.#done / LINE_APPS) > lines) this.#parts.log.info("crawl", this.#figures());
    if (now - this.#toldAt >= REPORT_MS_MIN) await this.tell();
  }

  async tell(): Promise<void> {
    const { work, report, clock } = this.#parts;
    this.#toldAt = clock.monotonic();
    await work.tell(this.#figures(), report.result);
  }

  #figures() {
    const now = this.#parts.clock.monotonic();
    const meters = [...this.#meters].map(([stage, meter]) => ({
      stage,
      done: meter.done,
      left: meter.left,
      rate: meter.rate(now),
    }));
    const lefts = meters.flatMap(({ left }) => left ?? []);
    const rates = meters.flatMap(({ rate }) => rate ?? []);
    const busy = meters.filter(({ left }) => left !== 0);
    // The stages go on side by side, so the slowest says when all is done: as soon as each can tell.
    const etas = busy.map(({ left, rate }) => (left && rate ? (left * 60) / rate : null));
    const known = etas.filter((eta) => eta !== null);
    return {
      done: this.#done,
      total: lefts.length === 0 ? null : this.#done + sum(lefts),
      rate_per_minute: rates.length === 0 ? null : round(sum(rates)),
      eta_seconds:
        known.length === 0 || known.length < etas.length ? null : round(Math.max(...known)),
      message:
        busy.map(({ stage, done }) => `${STAGE_WORDS[stage] ?? stage} ${done}`).join(", ") || null,
    };
  }

  #meter(stage: string): Meter {
    const known = this.#meters.get(stage);
    if (known !== undefined) return known;
    const meter = new Meter(this.#parts.clock.monotonic());
    this.#meters.set(stage, meter);
    return meter;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
