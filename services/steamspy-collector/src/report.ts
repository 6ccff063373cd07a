import type { SteamFailure } from "@tracker/steam";

/** A kind of trouble, how often it was met, and what it is in words for people. */
interface Trouble {
  times: number;
  message: string;
}

/** What came of a crawl, as JSON; kept in the job's row, so that it goes on after a crash. */
export interface CrawlResult {
  [name: string]: unknown;
  readonly mode: string;
  /** What was counted in each stage. */
  readonly stages: Record<string, Record<string, number | string | null>>;
  /** Every failure that was met and outlived, by stage and kind. */
  readonly met: Record<string, Trouble>;
  /** What could not be done this time, one sentence each; empty when all was. */
  readonly problems: readonly string[];
}

const TROUBLES_MAX = 100;
const PROBLEMS_MAX = 50;

/** Counts what a crawl does and writes down what it meets. */
export class CrawlReport {
  readonly #mode: string;
  readonly #stages: CrawlResult["stages"];
  readonly #met: CrawlResult["met"];
  readonly #problems: Set<string>;

  /** Takes up the report of the crawl before a crash, where there is one. */
  constructor(mode: string, before: Record<string, unknown> | null) {
    const known: Partial<CrawlResult> = before ?? {};
    this.#mode = mode;
    this.#stages = structuredClone(known.stages ?? {});
    this.#met = structuredClone(known.met ?? {});
    this.#problems = new Set(known.problems);
  }

  add(stage: string, counts: Readonly<Record<string, number>>): void {
    const sums = (this.#stages[stage] ??= {});
    for (const [name, count] of Object.entries(counts)) {
      if (count !== 0) sums[name] = Number(sums[name] ?? 0) + count;
    }
  }

  set(stage: string, values: Readonly<Record<string, number | string | null>>): void {
    this.#stages[stage] = { ...this.#stages[stage], ...values };
  }

  /** A failure that the crawl goes on after. */
  meet(stage: string, failure: SteamFailure): void {
    const { kind, status, message } = failure;
    this.note(stage, status === null ? kind : `${kind} (status ${status})`, message);
  }

  /** Not a failure, but worth reporting, such as an app without tags. */
  note(stage: string, what: string, message: string, times = 1): void {
    const key = `${stage}: ${what}`;
    const trouble = this.#met[key];
    if (trouble !== undefined) trouble.times += times;
    else if (Object.keys(this.#met).length < TROUBLES_MAX) this.#met[key] = { times, message };
  }

  problem(sentence: string): void {
    if (this.#problems.size < PROBLEMS_MAX) this.#problems.add(sentence);
  }

  get result(): CrawlResult {
    return {
      mode: this.#mode,
      stages: this.#stages,
      met: this.#met,
      problems: [...this.#problems],
    };
  }
}
