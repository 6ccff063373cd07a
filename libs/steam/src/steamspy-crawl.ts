/** What there is to know about a crawl in order to judge it; all of it can be counted page by page. */
export interface CrawlTally {
  readonly pages: number;
  /** Rows as they were sent, of all pages. */
  readonly rows: number;
  readonly distinctApps: number;
  /** Apps that were on a page after they had been on one before. */
  readonly repeatedApps: number;
  /** Whether every page from 0 to the last one is there. */
  readonly isComplete: boolean;
  /** Of page 0, the apps that most people own. */
  readonly ownersHighMax: number;
  readonly giantsMissing: readonly number[];
}

/** Counter-Strike, Dota 2, Team Fortress 2, Portal 2: owned by so many that a first page without them is not the first page. */
export const STEAMSPY_GIANTS: readonly number[] = [730, 570, 440, 620];

const OWNERS_HIGH_MIN = 50_000_000;
/** Pages always overlap (5 to 8 % in recordings), because SteamSpy turns them while it counts. */
const REPEATED_SHARE_MAX = 0.15;
/** A crawl finds nearly all that the one before it found; Steam's catalogue grows. */
const KEPT_SHARE_MIN = 0.8;

/**
 * Why a crawl is to be refused as a whole, each reason a sentence for the report; none when it counts. SteamSpy has served
 * whole crawls that lacked every app with more than five million owners. `previousApps` is what the last crawl that counted found.
 */
export function crawlProblems(tally: CrawlTally, previousApps: number | null): readonly string[] {
  const { distinctApps, repeatedApps, ownersHighMax, giantsMissing } = tally;
  const seen = distinctApps + repeatedApps;
  const problems: (string | false)[] = [
    !tally.isComplete && `expected every page up to the last one, got ${tally.pages}`,
    giantsMissing.length > 0 &&
      `expected the apps ${STEAMSPY_GIANTS.join(", ")} on the first page, missing ${giantsMissing.join(", ")}`,
    ownersHighMax < OWNERS_HIGH_MIN &&
      `expected an app with up to ${OWNERS_HIGH_MIN} owners on the first page, got at most ${ownersHighMax}`,
    repeatedApps > seen * REPEATED_SHARE_MAX &&
      `expected at most ${REPEATED_SHARE_MAX * 100} % of the rows to repeat an earlier page, got ${repeatedApps} of ${seen}`,
    previousApps !== null &&
      distinctApps < previousApps * KEPT_SHARE_MIN &&
      `expected about as many apps as in the last crawl (${previousApps}), got ${distinctApps}`,
  ];
  return problems.filter((problem) => problem !== false);
}
