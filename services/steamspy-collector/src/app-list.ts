import {
  APP_BATCH_MAX,
  finishAppList,
  getAppList,
  getAppListFreshness,
  type Input,
  stageAppList,
} from "@tracker/contracts";
import type { Clock } from "@tracker/service";
import { type AppListPage, type ListedApp, type SteamClient, SteamFailure } from "@tracker/steam";
import type { Ask } from "./ask.ts";
import type { Patience } from "./patience.ts";
import type { CrawlProgress } from "./progress.ts";
import type { CrawlReport } from "./report.ts";

/** What fetching the list of apps takes. */
export interface ListParts {
  readonly steam: Pick<SteamClient, "appListPage">;
  readonly ask: Ask;
  readonly patience: Patience;
  readonly progress: CrawlProgress;
  readonly report: CrawlReport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

type Kind = "full" | "incremental";
interface List {
  readonly list_id: string;
  readonly kind: Kind;
  /** Epoch milliseconds; what the list is asked to begin with. */
  readonly modifiedSince: number | null;
}

const STAGE = "list";
/** Games, downloads, software, videos and hardware: everything. */
const SCOPE = "all";
/** After this long without a full list the next one is full, whatever was asked for: only a full list shows which apps are gone. */
const FULL_EVERY_MS = 6.5 * 86_400_000;
/** Attempts at a list that is refused, and at a page that does not come. */
const LISTS_MAX = 3;
const PAGE_FAILURES_MAX = 8;
const NAME_LENGTH_MAX = 500;

/**
 * Brings the list of apps up to date, in full or by what changed. The list is staged as it comes and counts only as a
 * whole; after a crash it goes on behind the last app that was staged. Answers whether there is a list, and null when halted.
 */
export async function collectList(
  parts: ListParts,
  { name, full }: { readonly name: string; readonly full: boolean },
): Promise<boolean | null> {
  const { signal, report } = parts;
  for (let attempt = 1; attempt <= LISTS_MAX && !signal.aborted; attempt++) {
    const list = await chooseList(parts, `${name}-${attempt}`, full);
    const end = await collectOnce(parts, list);
    if (end !== "refused") return end === "applied" ? true : end === "halted" ? null : false;
  }
  if (signal.aborted) return null;
  report.problem(`The list of apps was refused ${LISTS_MAX} times: the one from before stays.`);
  return false;
}

/** A crash must not turn a full list into an incremental one in its middle, so one that was begun is gone on with. */
async function chooseList(parts: ListParts, name: string, full: boolean): Promise<List> {
  const { ask, clock } = parts;
  const fullId = `${name}-full`;
  const freshness = await ask(getAppListFreshness, { scope: SCOPE });
  const lastFullAt = Date.parse(freshness.last_full_at ?? "");
  const isOld = Number.isNaN(lastFullAt) || clock.now() - lastFullAt > FULL_EVERY_MS;
  const since = Date.parse(freshness.modified_since ?? "");
  const begun = (await ask(getAppList, { list_id: fullId })).state !== "unknown";
  if (full || begun || isOld || Number.isNaN(since)) {
    return { list_id: fullId, kind: "full", modifiedSince: null };
  }
  return { list_id: `${name}-new`, kind: "incremental", modifiedSince: since };
}

type End = "applied" | "refused" | "lost" | "halted";

async function collectOnce(parts: ListParts, list: List): Promise<End> {
  const { ask, signal, report, progress } = parts;
  const known = await ask(getAppList, { list_id: list.list_id });
  if (known.state === "unknown" || known.state === "staging") {
    const staged = await stagePages(parts, list, known.last_app_id ?? 0);
    if (staged !== "complete") return staged;
  }
  for (;;) {
    if (signal.aborted) return "halted";
    const { state, staged, left_to_apply, reason, changes } = await ask(finishAppList, {
      list_id: list.list_id,
    });
    if (state === "refused") {
      report.note(STAGE, "refused", reason ?? "A list was refused.");
      return "refused";
    }
    if (state === "unknown" && list.kind === "incremental") {
      report.set(STAGE, { kind: list.kind, state: "nothing changed" });
      return "applied";
    }
    progress.expect(STAGE, left_to_apply);
    if (state === "applied") {
      report.set(STAGE, { kind: list.kind, state, apps: staged, ...changes });
      return "applied";
    }
  }
}

async function stagePages(
  parts: ListParts,
  list: List,
  from: number,
): Promise<"complete" | "lost" | "halted"> {
  const { signal } = parts;
  let last = from;
  let next: number | null = from;
  while (next !== null) {
    const page: AppListPage | null = await askPage(parts, list, next);
    if (signal.aborted) return "halted";
    if (page === null) return "lost";
    parts.report.add(STAGE, { pages: 1 });
    for (let at = 0; at < page.apps.length; at += APP_BATCH_MAX) {
      await stage(parts, list, page.apps.slice(at, at + APP_BATCH_MAX));
      if (signal.aborted) return "halted";
    }
    last = page.apps.at(-1)?.appId ?? last;
    next = page.nextAfterAppId;
    // A page that was cut short looks like the last one, so behind it there has to be nothing.
    if (next === null && list.kind === "full" && !(await isEnd(parts, last))) next = last;
    if (signal.aborted) return "halted";
  }
  return "complete";
}

/** Whether Steam lists nothing behind an app. What it does not answer well counts as the end: a list cut short is refused by its length. */
async function isEnd({ steam, report, signal }: ListParts, afterAppId: number): Promise<boolean> {
  try {
    const { apps } = await steam.appListPage({ afterAppId, limit: 1 }, { signal });
    if (apps.length === 0) return true;
    report.note(STAGE, "cut short", "A page of the list ended before the list did.");
    return false;
  } catch (error) {
    if (signal.aborted || error instanceof SteamFailure) return true;
    throw error;
  }
}

async function stage(parts: ListParts, list: List, apps: readonly ListedApp[]): Promise<void> {
  const { ask, clock, progress } = parts;
  await ask(stageAppList, {
    list_id: list.list_id,
    kind: list.kind,
    scope: SCOPE,
    observed_at: new Date(clock.now()).toISOString(),
    apps: apps.map(stagedApp),
  });
  await progress.advance(STAGE, apps.length);
}

function stagedApp(app: ListedApp): Input<typeof stageAppList>["apps"][number] {
  const { appId, name, modifiedAt, priceChangeNumber } = app;
  return {
    app_id: appId,
    name: (name ?? "").slice(0, NAME_LENGTH_MAX),
    last_modified: modifiedAt === null ? null : new Date(modifiedAt).toISOString(),
    price_change_number:
      priceChangeNumber === null || priceChangeNumber < 0 ? null : priceChangeNumber,
  };
}

/** Null when the page does not come or the crawl is halted. A refused key is reported as such. */
async function askPage(
  { steam, patience, report, signal }: ListParts,
  { modifiedSince }: List,
  afterAppId: number,
) {
  const since = modifiedSince === null ? {} : { modifiedSince };
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      const page = await steam.appListPage({ afterAppId, ...since }, { signal });
      patience.answered();
      return page;
    } catch (error) {
      if (signal.aborted) return null;
      if (!(error instanceof SteamFailure)) throw error;
      report.meet(STAGE, error);
      if (error.kind === "bad_key" || failures >= PAGE_FAILURES_MAX) {
        report.problem(`The list of apps could not be had: ${error.message}`);
        return null;
      }
      await patience.failed(error);
    }
  }
  return null;
}
