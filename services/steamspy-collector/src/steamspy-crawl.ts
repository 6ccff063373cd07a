import {
  finishSteamSpyCrawl,
  getSteamSpyCrawl,
  type SteamSpyCrawl,
  stageSteamSpyPage,
} from "@tracker/contracts";
import type { Clock } from "@tracker/service";
import {
  crawlProblems,
  type CrawlTally,
  STEAMSPY_GIANTS,
  type SteamSpyClient,
  SteamFailure,
} from "@tracker/steam";
import type { Ask } from "./ask.ts";
import { factsOfSteamSpy } from "./facts.ts";
import { type Patience, SourceLost } from "./patience.ts";
import type { CrawlProgress } from "./progress.ts";
import type { CrawlReport } from "./report.ts";

/** What a crawl of SteamSpy's pages takes. */
export interface SpyParts {
  readonly spy: Pick<SteamSpyClient, "page">;
  readonly ask: Ask;
  readonly patience: Patience;
  readonly progress: CrawlProgress;
  readonly report: CrawlReport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const STAGE = "steamspy_all";
/** Attempts at a crawl that is refused; mostly its first page refuses it. */
const CRAWLS_MAX = 3;
/** Twice what there is; a crawl without an end would never count. */
const PAGES_MAX = 400;
/** The first page is looked at at once; later ones may all be the same one. */
const PAGES_BETWEEN_LOOKS = 10;

/**
 * Fetches all pages of SteamSpy and has them count only as a whole, once they are known to be one: its giants are there,
 * the first page is plausible, the overlap within bounds. After a crash it goes on with the first page that is missing.
 */
export async function collectSteamSpy(parts: SpyParts, name: string): Promise<void> {
  const { signal, report } = parts;
  try {
    for (let attempt = 1; attempt <= CRAWLS_MAX && !signal.aborted; attempt++) {
      if (await collectOnce(parts, `${name}-${attempt}`)) return;
    }
    if (signal.aborted) return;
    report.problem(`SteamSpy's pages were refused ${CRAWLS_MAX} times: what is known stays.`);
  } catch (error) {
    if (!(error instanceof SourceLost)) throw error;
    report.problem(`SteamSpy's pages were given up until the next crawl: ${error.message}`);
  } finally {
    parts.progress.expect(STAGE, 0);
  }
}

/** False when the crawl was refused. */
async function collectOnce(parts: SpyParts, crawl_id: string): Promise<boolean> {
  const { ask, signal, report, progress } = parts;
  const crawl = await fetchPages(parts, crawl_id);
  if (signal.aborted) return true;
  const reasons =
    crawl.state === "staging" ? crawlProblems(tallyOf(crawl), crawl.previous_apps) : [];
  const verdict =
    reasons.length > 0 || crawl.state === "unknown"
      ? { accepted: false, reason: (reasons.join("; ") || "it has no pages").slice(0, 1_000) }
      : { accepted: true };
  for (;;) {
    if (signal.aborted) return true;
    if (crawl.state === "unknown") return false;
    const { state, reason, left_to_apply, ...rest } = await ask(finishSteamSpyCrawl, {
      crawl_id,
      ...verdict,
    });
    if (state === "refused") {
      report.note(STAGE, "refused", reason ?? "A crawl was refused.");
      return false;
    }
    progress.expect(STAGE, left_to_apply);
    if (state !== "applied") continue;
    const { pages, rows, repeatedApps: repeated } = tallyOf(rest);
    if (repeated > 0) report.note(STAGE, "overlap", "Apps that were on two pages.", repeated);
    report.set(STAGE, { state, pages, rows, apps: rest.distinct_apps, repeated });
    report.set(STAGE, { history: rest.history });
    return true;
  }
}

/** Stages every page that is missing, the first ones first; stops early when what came so far is wrong. */
async function fetchPages(parts: SpyParts, crawl_id: string): Promise<SteamSpyCrawl> {
  const { ask, signal } = parts;
  const look = () => ask(getSteamSpyCrawl, { crawl_id, expected: [...STEAMSPY_GIANTS] });
  let crawl = await look();
  if (crawl.state !== "unknown" && crawl.state !== "staging") return crawl;
  let isOver = crawl.pages.some(({ is_last }) => is_last);
  for (let page = nextPage(crawl); !isOver && page < PAGES_MAX && !signal.aborted; page++) {
    const told = await askPage(parts, page);
    if (told === null) break;
    isOver = told.isLast;
    await stagePage(parts, crawl_id, told);
    if (page % PAGES_BETWEEN_LOOKS > 0) continue;
    crawl = await look();
    if (problemsSoFar(crawl).length > 0) return crawl;
  }
  return look();
}

type Page = Awaited<ReturnType<SteamSpyClient["page"]>>;

async function stagePage(parts: SpyParts, crawl_id: string, told: Page): Promise<void> {
  const { ask, clock, progress, report } = parts;
  const rows = told.apps.map((app) => ({ app_id: app.appId, facts: factsOfSteamSpy(app) }));
  const hidden = told.rows - rows.length;
  if (hidden > 0) report.note(STAGE, "hidden", "Rows of hidden apps.", hidden);
  const unpriced = told.apps.filter(({ price }) => price === null).length;
  if (unpriced > 0) report.note(STAGE, "no price", "Rows without a price.", unpriced);
  await ask(stageSteamSpyPage, {
    crawl_id,
    page: told.page,
    observed_at: new Date(clock.now()).toISOString(),
    rows_sent: told.rows,
    is_last: told.isLast,
    rows,
  });
  await progress.advance(STAGE, rows.length);
}

/** Null when the crawl is halted. */
async function askPage(
  { spy, patience, report, signal }: SpyParts,
  page: number,
): Promise<Page | null> {
  while (!signal.aborted) {
    try {
      const told = await spy.page(page, { signal });
      patience.answered();
      return told;
    } catch (error) {
      if (signal.aborted) return null;
      if (!(error instanceof SteamFailure)) throw error;
      report.meet(STAGE, error);
      await patience.failed(error);
    }
  }
  return null;
}

function nextPage({ pages }: SteamSpyCrawl): number {
  const known = new Set(pages.map(({ page }) => page));
  let next = 0;
  while (known.has(next)) next += 1;
  return next;
}

/** What is wrong already, though not all pages are there: how many apps there will be is not known yet. */
function problemsSoFar(crawl: SteamSpyCrawl): readonly string[] {
  return crawlProblems({ ...tallyOf(crawl), isComplete: true }, null);
}

function tallyOf(crawl: Pick<SteamSpyCrawl, "pages" | "distinct_apps" | "present">): CrawlTally {
  const { pages, distinct_apps: distinctApps, present } = crawl;
  const there = new Set(present);
  const last = pages.find(({ is_last }) => is_last);
  return {
    pages: pages.length,
    rows: pages.reduce((sum, { rows_sent }) => sum + rows_sent, 0),
    distinctApps,
    repeatedApps: pages.reduce((sum, { repeated }) => sum + repeated, 0),
    isComplete: last !== undefined && pages.length === last.page + 1,
    ownersHighMax: pages.find(({ page }) => page === 0)?.owners_high_max ?? 0,
    giantsMissing: STEAMSPY_GIANTS.filter((appId) => !there.has(appId)),
  };
}
