import { gunzipSync } from "node:zlib";
import {
  type finishSteamSpyCrawl,
  type getSteamSpyCrawl,
  type Input,
  type Output,
  ServiceError,
  type stageSteamSpyPage,
  type SteamSpyRow,
} from "@tracker/contracts";
import { applyFacts } from "./app-facts.ts";
import { tierFor } from "./app-refresh.ts";
import { writeFreshness } from "./app-record.ts";
import { type Database, inTransaction } from "./database.ts";
import { readInstant } from "./instant.ts";

type Crawl = Output<typeof getSteamSpyCrawl>;

const SOURCE = "steamspy_all";
/** Rows that one call applies, so that no commit takes long. */
const SLICE = 200;

interface CrawlRow {
  readonly id: number;
  readonly state: "staging" | "applying" | "applied" | "refused";
  readonly distinct_apps: number;
  readonly applied_page: number;
  readonly applied_rows: number;
  readonly history: number;
  readonly reason: string | null;
}

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
    pages: pages.map((page) => ({ ...page, is_last: page.is_last === 1 })),
    distinct_apps: crawl.distinct_apps,
    present: expected.filter((appId) => isPresent.get(crawl.id, appId) !== null),
    left_to_apply: crawl.state === "applying" ? left : 0,
    reason: crawl.reason,
    history: crawl.history,
  };
}

/** Refuses a crawl whole, or applies its next rows. */
export function finishCrawl(
  database: Database,
  { crawl_id: crawlId, accepted, reason = "" }: Input<typeof finishSteamSpyCrawl>,
): Crawl {
  return inTransaction(database, () => {
    const crawl = readCrawl(database, crawlId);
    if (crawl === null)
      throw new ServiceError("NOT_FOUND", `no page of a crawl ${crawlId} is staged`);
    if (crawl.state === "staging") judge(database, crawl, accepted, reason);
    const judged = readCrawl(database, crawlId) ?? crawl;
    if (accepted && judged.state === "refused") {
      throw new ServiceError("CONFLICT", `crawl ${crawlId} was refused: ${judged.reason}`);
    }
    if (judged.state === "applying") applySlice(database, judged);
    return getCrawl(database, { crawl_id: crawlId });
  });
}

function readCrawl(database: Database, crawlId: string): CrawlRow | null {
  return database
    .prepare<CrawlRow>("SELECT * FROM steamspy_crawls WHERE crawl_id = ?")
    .get(crawlId);
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

const ABANDONED_MS = 7 * 86_400_000;

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

function judge(database: Database, crawl: CrawlRow, accepted: boolean, reason: string): void {
  database
    .prepare("UPDATE steamspy_crawls SET state = ?, reason = ? WHERE id = ?")
    .run(accepted ? "applying" : "refused", accepted ? null : reason, crawl.id);
  if (!accepted) forgetRows(database, crawl);
}

/** What is left of a crawl that is over: how many rows each of its pages had. */
function forgetRows(database: Database, { id }: CrawlRow): void {
  database.prepare("UPDATE steamspy_pages SET body = NULL WHERE crawl = ?").run(id);
  database.prepare("DELETE FROM steamspy_page_apps WHERE crawl = ?").run(id);
}

/** Absence from a crawl proves nothing, so there is nothing but its rows to apply. */
function applySlice(database: Database, crawl: CrawlRow): void {
  const page = database
    .prepare<{ page: number; observed_at: number; body: Uint8Array | null }>(
      "SELECT page, observed_at, body FROM steamspy_pages WHERE crawl = ? AND page >= ? ORDER BY page LIMIT 1",
    )
    .get(crawl.id, crawl.applied_page);
  if (page === null || page.body === null) {
    database.prepare("UPDATE steamspy_crawls SET state = 'applied' WHERE id = ?").run(crawl.id);
    return forgetRows(database, crawl);
  }
  const rows = JSON.parse(gunzipSync(page.body).toString()) as SteamSpyRow[];
  const from = page.page === crawl.applied_page ? crawl.applied_rows : 0;
  const slice = rows.slice(from, from + SLICE);
  let history = 0;
  for (const row of slice) history += Number(applyRow(database, row, page.observed_at));
  const isOver = from + SLICE >= rows.length;
  database
    .prepare(
      "UPDATE steamspy_crawls SET applied_page = ?, applied_rows = ?, history = history + ? WHERE id = ?",
    )
    .run(isOver ? page.page + 1 : page.page, isOver ? 0 : from + SLICE, history, crawl.id);
}

/** Answers whether the app's history gained a row. An app that a later page repeats is taken as that page has it. */
function applyRow(
  database: Database,
  { app_id: appId, facts }: SteamSpyRow,
  observedAt: number,
): boolean {
  const known = database
    .prepare<{ last_updated: number | null }>(
      "SELECT last_updated FROM app_sources WHERE source = ? AND app_id = ?",
    )
    .get(SOURCE, appId);
  if (known?.last_updated != null && known.last_updated > observedAt) return false;
  const { history } = applyFacts(database, appId, facts, { source: SOURCE, observedAt });
  const tier = tierFor(SOURCE, null, { ownersLow: null, reviews: null, ccu: null });
  writeFreshness(database, {
    source: SOURCE,
    appId,
    status: "success",
    attempts: 0,
    observedAt,
    nextDue: null,
    tier,
    error: null,
  });
  return history;
}
