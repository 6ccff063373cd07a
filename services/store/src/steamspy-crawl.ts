import {
  type getSteamSpyCrawl,
  type Input,
  type Output,
  ServiceError,
  type stageSteamSpyPage,
} from "@tracker/contracts";
import { type Database, inTransaction } from "./database.ts";
import { readInstant } from "./instant.ts";
import { type CrawlRow, forgetRows } from "./steamspy-apply.ts";

type Crawl = Output<typeof getSteamSpyCrawl>;

const ABANDONED_MS = 7 * 86_400_000;
/** A crawl is compared only with one at most this old: if SteamSpy really has shrunk, it is accepted after that time. */
const COMPARED_MS = 30 * 86_400_000;

/** Keeps a page, packed, until the crawl is accepted or refused. */
export function stagePage(
  database: Database,
  input: Input<typeof stageSteamSpyPage>,
): Output<typeof stageSteamSpyPage> {
  const observedAt = readInstant(input.observed_at, "/observed_at");
  return inTransaction(database, () => {
    const crawl = readCrawl(database, input.crawl_id) ?? startCrawl(database, input, observedAt);
    if (crawl.state !== "staging") {
      throw new ServiceError(
        "CONFLICT",
        `crawl ${input.crawl_id} is ${crawl.state}: take another name`,
      );
    }
    const isStaged = database
      .prepare("SELECT 1 FROM steamspy_pages WHERE crawl = ? AND page = ?")
      .get(crawl.id, input.page);
    if (isStaged === null) insertPage(database, crawl, input, observedAt);
    return { rows: input.rows.length };
  });
}

/** How far a crawl is. */
export function getCrawl(
  database: Database,
  { crawl_id: crawlId, expected = [] }: Input<typeof getSteamSpyCrawl>,
): Crawl {
  const crawl = readCrawl(database, crawlId);
  if (crawl === null) {
    return {
      crawl_id: crawlId,
      state: "unknown",
      pages: [],
      distinct_apps: 0,
      present: [],
      previous_apps: null,
      left_to_apply: 0,
      reason: null,
      history: 0,
    };
  }
  const pages = database
    .prepare<{
      page: number;
      rows: number;
      rows_sent: number;
      is_last: number;
      repeated: number;
      owners_high_max: number;
    }>(
      `SELECT page, row_count AS rows, rows_sent, is_last, repeated, owners_high_max FROM steamspy_pages
       WHERE crawl = ? ORDER BY page`,
    )
    .all(crawl.id);
  const isPresent = database.prepare(
    "SELECT 1 FROM steamspy_page_apps WHERE crawl = ? AND app_id = ?",
  );
  const rows = pages.filter(({ page }) => page >= crawl.applied_page);
  const left = rows.reduce((sum, page) => sum + page.rows, 0) - crawl.applied_rows;
  return {
    crawl_id: crawlId,
    state: crawl.state,
    pages: pages.map(({ is_last: last, ...page }) => Object.assign(page, { is_last: last === 1 })),
    distinct_apps: crawl.distinct_apps,
    present: expected.filter((appId) => isPresent.get(crawl.id, appId) !== null),
    previous_apps: previousApps(database, crawl),
    left_to_apply: crawl.state === "applying" ? left : 0,
    reason: crawl.reason,
    history: crawl.history,
  };
}

export function readCrawl(database: Database, crawlId: string): CrawlRow | null {
  return database
    .prepare<CrawlRow>("SELECT * FROM steamspy_crawls WHERE crawl_id = ?")
    .get(crawlId);
}

function previousApps(database: Database, crawl: CrawlRow): number | null {
  const previous = database
    .prepare<{ distinct_apps: number }>(
      `SELECT distinct_apps FROM steamspy_crawls WHERE state = 'applied' AND id < ? AND started_at >= ?
       ORDER BY id DESC LIMIT 1`,
    )
    .get(crawl.id, crawl.started_at - COMPARED_MS);
  return previous?.distinct_apps ?? null;
}

/** A new crawl takes the place of those that were never finished. */
function startCrawl(
  database: Database,
  { crawl_id: crawlId }: Input<typeof stageSteamSpyPage>,
  startedAt: number,
): CrawlRow {
  const abandoned = database
    .prepare<CrawlRow>("SELECT * FROM steamspy_crawls WHERE state = 'staging' AND started_at < ?")
    .all(startedAt - ABANDONED_MS);
  for (const crawl of abandoned) judge(database, crawl, false, "it was never finished");
  database
    .prepare("INSERT INTO steamspy_crawls (crawl_id, state, started_at) VALUES (?, 'staging', ?)")
    .run(crawlId, startedAt);
  const crawl = readCrawl(database, crawlId);
  if (crawl === null) throw new Error("a crawl that was made is not there");
  return crawl;
}

function insertPage(
  database: Database,
  crawl: CrawlRow,
  input: Input<typeof stageSteamSpyPage>,
  observedAt: number,
): void {
  const { rows, page } = input;
  const insert = database.prepare(
    "INSERT OR IGNORE INTO steamspy_page_apps (crawl, app_id) VALUES (?, ?)",
  );
  const fresh = rows.reduce((sum, row) => sum + insert.run(crawl.id, row.app_id).changes, 0);
  const highest = Math.max(0, ...rows.map((row) => row.facts.owners?.high ?? 0));
  database
    .prepare(
      `INSERT INTO steamspy_pages (crawl, page, observed_at, row_count, rows_sent, is_last, repeated, owners_high_max, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      crawl.id,
      page,
      observedAt,
      rows.length,
      input.rows_sent,
      Number(input.is_last),
      rows.length - fresh,
      highest,
      Bun.gzipSync(new TextEncoder().encode(JSON.stringify(rows))),
    );
  database
    .prepare("UPDATE steamspy_crawls SET distinct_apps = distinct_apps + ? WHERE id = ?")
    .run(fresh, crawl.id);
}

/** Accepts a crawl, or refuses it whole. */
export function judge(
  database: Database,
  crawl: CrawlRow,
  accepted: boolean,
  reason: string,
): void {
  database
    .prepare("UPDATE steamspy_crawls SET state = ?, reason = ? WHERE id = ?")
    .run(accepted ? "applying" : "refused", accepted ? null : reason, crawl.id);
  if (!accepted) forgetRows(database, crawl);
}
