import type { SteamSpyApp } from "./steamspy-app.ts";

/** What there is to know about a crawl in order to judge it; all of it can be counted page by page. */
export interface CrawlTally {
  /** Rows as they were sent, of all pages. */
  readonly rows: number;
  readonly distinctApps: number;
  readonly pages: number;
  /** Whether the last page was one. */
  readonly isComplete: boolean;
  /** Of page 0. */
  readonly ownersHighMax: number;
  readonly giantsMissing: readonly number[];
}

/** Why a crawl does not count, each with what was expected and what came. Empty when it counts. */
export type CrawlProblems = readonly string[];

/** The part of an app that a tally looks at. */
export type TalliedApp = Pick<SteamSpyApp, "appId" | "ownersHigh">;
