import {
  type finishSteamSpyCrawl,
  type Input,
  type Output,
  ServiceError,
} from "@tracker/contracts";
import { type Database, inTransaction } from "./database.ts";
import { applySlice, type CrawlRow, nextPage, type UnpackedPage } from "./steamspy-apply.ts";
import { getCrawl, judge, readCrawl } from "./steamspy-crawl.ts";
import { inTurns } from "./turn.ts";

type Crawl = Output<typeof finishSteamSpyCrawl>;

/** What one call does at most. */
const STEPS_MAX = 10;

/** Refuses a crawl whole, or applies its next rows; in one commit. */
export function finishCrawl(database: Database, input: Input<typeof finishSteamSpyCrawl>): Crawl {
  return inTransaction(database, () => {
    for (const _step of finishing(database, input));
    return getCrawl(database, { crawl_id: input.crawl_id });
  });
}

/** The same in several commits, between which others are answered. */
export async function finishCrawlInTurns(
  database: Database,
  input: Input<typeof finishSteamSpyCrawl>,
): Promise<Crawl> {
  await inTurns(finishing(database, input));
  return getCrawl(database, { crawl_id: input.crawl_id });
}

function* finishing(database: Database, input: Input<typeof finishSteamSpyCrawl>): Generator<void> {
  let page: UnpackedPage | null = null;
  for (let step = 0; step < STEPS_MAX; step++) {
    const isApplying = inTransaction(database, () => {
      const crawl = judged(database, input);
      if (crawl.state !== "applying") return false;
      if (page?.page !== crawl.applied_page) page = nextPage(database, crawl);
      applySlice(database, crawl, page);
      return true;
    });
    if (!isApplying) return;
    yield;
  }
}

function judged(
  database: Database,
  { crawl_id: crawlId, accepted, reason = "" }: Input<typeof finishSteamSpyCrawl>,
): CrawlRow {
  const crawl = requireCrawl(database, crawlId);
  if (crawl.state === "staging") judge(database, crawl, accepted, reason);
  const after = requireCrawl(database, crawlId);
  if (accepted && after.state === "refused") {
    throw new ServiceError("CONFLICT", `crawl ${crawlId} was refused: ${after.reason}`);
  }
  return after;
}

function requireCrawl(database: Database, crawlId: string): CrawlRow {
  const crawl = readCrawl(database, crawlId);
  if (crawl !== null) return crawl;
  throw new ServiceError("NOT_FOUND", `no page of a crawl ${crawlId} is staged`);
}
