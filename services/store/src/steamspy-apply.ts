import { gunzipSync } from "node:zlib";
import type { SteamSpyRow } from "@tracker/contracts";
import { applyFacts } from "./app-facts.ts";
import { writeFreshness } from "./app-record.ts";
import { tierFor } from "./app-refresh.ts";
import type { Database } from "./database.ts";
import { APPS_PER_COMMIT } from "./turn.ts";

const SOURCE = "steamspy_all";

export interface CrawlRow {
  readonly id: number;
  readonly state: "staging" | "applying" | "applied" | "refused";
  readonly started_at: number;
  readonly distinct_apps: number;
  readonly applied_page: number;
  readonly applied_rows: number;
  readonly history: number;
  readonly reason: string | null;
}

/** What is left of a crawl that is over: how many rows each of its pages had. */
export function forgetRows(database: Database, { id }: CrawlRow): void {
  database.prepare("UPDATE steamspy_pages SET body = NULL WHERE crawl = ?").run(id);
  database.prepare("DELETE FROM steamspy_page_apps WHERE crawl = ?").run(id);
}

/** A staged page, unpacked. */
export interface UnpackedPage {
  readonly page: number;
  readonly observed_at: number;
  readonly rows: readonly SteamSpyRow[];
}

/** The page that is applied next; null when all are. Unpacking takes some milliseconds, so whoever has it keeps it. */
export function nextPage(database: Database, crawl: CrawlRow): UnpackedPage | null {
  const page = database
    .prepare<{ page: number; observed_at: number; body: Uint8Array | null }>(
      "SELECT page, observed_at, body FROM steamspy_pages WHERE crawl = ? AND page >= ? ORDER BY page LIMIT 1",
    )
    .get(crawl.id, crawl.applied_page);
  if (page === null || page.body === null) return null;
  const { body, ...same } = page;
  return { ...same, rows: JSON.parse(gunzipSync(body).toString()) as SteamSpyRow[] };
}

/** Applies the rows only: an app missing from a crawl is left unchanged. */
export function applySlice(database: Database, crawl: CrawlRow, page: UnpackedPage | null): void {
  if (page === null) {
    database.prepare("UPDATE steamspy_crawls SET state = 'applied' WHERE id = ?").run(crawl.id);
    return forgetRows(database, crawl);
  }
  const { rows } = page;
  const from = page.page === crawl.applied_page ? crawl.applied_rows : 0;
  const slice = rows.slice(from, from + APPS_PER_COMMIT);
  let history = 0;
  for (const row of slice) history += Number(applyRow(database, row, page.observed_at));
  const isOver = from + APPS_PER_COMMIT >= rows.length;
  database
    .prepare(
      "UPDATE steamspy_crawls SET applied_page = ?, applied_rows = ?, history = history + ? WHERE id = ?",
    )
    .run(
      isOver ? page.page + 1 : page.page,
      isOver ? 0 : from + APPS_PER_COMMIT,
      history,
      crawl.id,
    );
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
