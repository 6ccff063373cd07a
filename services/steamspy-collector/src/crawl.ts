import { Value } from "@sinclair/typebox/value";
import type { Work } from "@tracker/bus";
import { CrawlArguments, type CrawlMode } from "@tracker/contracts";
import type { ApiName } from "@tracker/limiter";
import type { Clock, Log } from "@tracker/service";
import type { SteamClient, SteamSpyClient, StoreClient } from "@tracker/steam";
import { collectList } from "./app-list.ts";
import type { Ask } from "./ask.ts";
import type { CollectorConfig } from "./config.ts";
import { Days } from "./days.ts";
import { DueApps } from "./due-apps.ts";
import { type Pace, Patience } from "./patience.ts";
import { CrawlProgress } from "./progress.ts";
import { CrawlReport, type CrawlResult } from "./report.ts";
import { Slots } from "./slots.ts";
import {
  type AppSource,
  steamSpyDetailsSource,
  storeDetailsSource,
  storeItemsSource,
} from "./source.ts";
import { collectSteamSpy } from "./steamspy-crawl.ts";
import { createTagNames } from "./tag-names.ts";

/** The outside, as a crawl asks it. */
export interface Outside {
  readonly steam: Pick<SteamClient, "appListPage" | "storeFacts" | "tagList">;
  readonly spy: SteamSpyClient;
  readonly store: Pick<StoreClient, "details">;
}

/** What every crawl of this process takes. */
export interface CrawlParts {
  readonly config: CollectorConfig;
  readonly outside: Outside;
  /** Asks the store until it answers, or a crawl's signal is aborted. */
  readonly askUntil: (signal: AbortSignal) => Ask;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly log: Log;
}

/** Works on one crawl until it is complete or halted; halted, it goes on from the store's books when it is taken up again. */
export async function crawl(parts: CrawlParts, work: Work): Promise<CrawlResult> {
  const given = Value.Parse(CrawlArguments, work.job.arguments);
  const run = new Crawl(parts, work, given);
  await run.collect();
  return run.result;
}

class Crawl {
  readonly #parts: CrawlParts;
  readonly #work: Work;
  readonly #given: CrawlArguments;
  readonly #mode: CrawlMode;
  readonly #report: CrawlReport;
  readonly #progress: CrawlProgress;
  readonly #days: Days;
  readonly #failed = new AbortController();
  readonly #signal: AbortSignal;
  readonly #ask: Ask;

  constructor(parts: CrawlParts, work: Work, given: CrawlArguments) {
    const { clock, log } = parts;
    this.#parts = parts;
    this.#work = work;
    this.#given = given;
    this.#mode = given.mode ?? "full";
    this.#report = new CrawlReport(this.#mode, work.job.result);
    this.#days = new Days(work.job, clock);
    this.#progress = new CrawlProgress({ work, report: this.#report, clock, log });
    // What fails in one stage for good ends the others too.
    this.#signal = AbortSignal.any([work.signal, this.#failed.signal]);
    this.#ask = parts.askUntil(this.#signal);
  }

  get result(): CrawlResult {
    return this.#report.result;
  }

  async collect(): Promise<void> {
    try {
      await this.#stages();
    } catch (error) {
      this.#failed.abort();
      throw error;
    } finally {
      await this.#progress.tell();
    }
  }

  async #stages(): Promise<void> {
    switch (this.#mode) {
      case "list":
        if ((await this.#list(0)) === false) throw new Error(this.#lastProblem());
        return;
      case "bulk":
        await this.#list(0);
        return this.#bulk(0);
      case "detail":
        return this.#details();
      case "full":
        return this.#everything();
    }
    this.#mode satisfies never;
  }

  /**
   * List, then bulk and details side by side, as each has a quota of its own. Details of a whole catalogue take days: what else
   * there is, is brought up to date each day meanwhile.
   */
  async #everything(): Promise<void> {
    let day = this.#days.today;
    await this.#list(day);
    let areDetailsDone = false;
    const over = new AbortController();
    const details = this.#details().finally(() => {
      areDetailsDone = true;
      over.abort();
    });
    const rest = async () => {
      for (;;) {
        await this.#bulk(day);
        await this.#days.end(day, AbortSignal.any([over.signal, this.#signal]));
        if (areDetailsDone || this.#signal.aborted) return;
        day = this.#days.today;
        await this.#list(day);
      }
    };
    await this.#together([details, rest()]);
  }

  /** Whether there is a list; null when halted, or when none is wanted. */
  async #list(day: number): Promise<boolean | null> {
    const { config, outside, clock } = this.#parts;
    if (this.#given.update_metadata === true && this.#mode !== "list") return null;
    if (config.key() === null) {
      this.#report.problem("The list of apps was not asked for: no Steam API key is set up.");
      return false;
    }
    const { steam } = outside;
    const parts = { ...this.#shared(), patience: this.#patience(), steam, clock };
    const full = this.#given.full_refresh === true && day === 0;
    return collectList(parts, { name: `list-${this.#work.job.id}-${day}`, full });
  }

  async #bulk(day: number): Promise<void> {
    const { outside, clock } = this.#parts;
    const tagNames = createTagNames(outside.steam, this.#report);
    const items = storeItemsSource(outside.steam, tagNames, this.#report);
    const spy = { ...this.#shared(), patience: this.#patience(), spy: outside.spy, clock };
    await this.#together([
      this.#collectDue(items, "steam-web-api"),
      collectSteamSpy(spy, `steamspy-${this.#work.job.id}-${day}`),
    ]);
  }

  async #details(): Promise<void> {
    const { spy, store } = this.#parts.outside;
    await this.#together([
      this.#collectDue(steamSpyDetailsSource(spy, this.#report), "steamspy-details"),
      this.#collectDue(storeDetailsSource(store, this.#report), "steam-store"),
    ]);
  }

  async #collectDue(source: AppSource, api: ApiName): Promise<void> {
    const { config, clock } = this.#parts;
    const rates = config.quotas.filter((quota) => quota.api === api);
    const dueApps = new DueApps({
      ...this.#shared(),
      source,
      clock,
      patience: this.#patience(),
      slots: new Slots(config.workers),
      batchSize: this.#given.batch_size ?? config.batchSize,
      requestsPerSecond: Math.min(
        ...rates.map(({ limit, windowMs }) => (limit * 1_000) / windowMs),
      ),
    });
    const { created_at, started_at } = this.#work.job;
    if (this.#given.full_refresh === true) await dueApps.startOver(started_at ?? created_at);
    if (!this.#signal.aborted) await dueApps.run();
  }

  /** All of them, to their ends: the first that fails halts the others, which then still tell what they have. */
  async #together(stages: readonly Promise<unknown>[]): Promise<void> {
    const guarded = stages.map((stage) =>
      stage.catch((error: unknown) => {
        this.#failed.abort();
        throw error;
      }),
    );
    const ends = await Promise.allSettled(guarded);
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  }

  #shared() {
    const { log } = this.#parts;
    const [ask, signal, report, progress] = [this.#ask, this.#signal, this.#report, this.#progress];
    return { ask, signal, report, progress, log };
  }

  #patience(): Patience {
    return new Patience(this.#parts.clock, this.#parts.pace, this.#signal);
  }

  #lastProblem(): string {
    return this.#report.result.problems.at(-1) ?? "the list of apps could not be had";
  }
}
