import type { AppResult } from "@tracker/contracts";
import { SteamFailure } from "@tracker/steam";
import type { Patience } from "./patience.ts";
import type { CrawlReport } from "./report.ts";
import type { Slots } from "./slots.ts";
import type { AppSource } from "./source.ts";

/** What fetching takes besides the apps. */
export interface Fetching {
  readonly source: AppSource;
  /** Requests in flight, shared by all batches of the source. */
  readonly slots: Slots;
  readonly patience: Patience;
  readonly report: CrawlReport;
}

/** Apps that one request asks about, and how often that failed. */
interface Question {
  readonly appIds: readonly number[];
  readonly failures: number;
  /** Value of {@link Patience.answers} at the first failure. */
  readonly answersThen: number;
}

/** An app fails after this many tries if others were answered meanwhile. */
const FAILURES_MAX = 3;
/** An app fails after this many tries in any case: with the last app of a crawl there are no others. */
const FAILURES_MAX_ALONE = 6;

/**
 * Asks a source about the apps of a batch until all have a result or the signal is aborted, and answers what there is
 * by then. What fails in a way that may pass is tried again behind the others.
 */
export async function fetchBatch(
  { source, slots, patience, report }: Fetching,
  appIds: readonly number[],
  signal: AbortSignal,
): Promise<AppResult[]> {
  const results: AppResult[] = [];
  const queue: Question[] = [];
  for (let at = 0; at < appIds.length; at += source.appsPerRequest) {
    const asked = appIds.slice(at, at + source.appsPerRequest);
    queue.push({ appIds: asked, failures: 0, answersThen: 0 });
  }
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      using slot = await slots.take(signal);
      if (slot === null) return;
      try {
        results.push(...(await source.ask(next.appIds, signal)));
        patience.answered();
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof SteamFailure)) throw error;
        report.meet(source.name, error);
        const failed = afterFailure(next, error, patience);
        if (isToBlame(failed, patience)) results.push(...failedResults(failed, error));
        else queue.push(failed);
        await patience.failed(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(slots.count, queue.length) }, work));
  return results;
}

/** `limited` is about our requests, not about the app, so it does not count. */
function afterFailure(question: Question, { kind }: SteamFailure, patience: Patience): Question {
  if (kind === "limited") return question;
  const { appIds, failures, answersThen } = question;
  return {
    appIds,
    failures: failures + 1,
    answersThen: failures === 0 ? patience.answers : answersThen,
  };
}

function isToBlame({ failures, answersThen }: Question, { answers }: Patience): boolean {
  return failures >= FAILURES_MAX_ALONE || (failures >= FAILURES_MAX && answers > answersThen);
}

function failedResults({ appIds }: Question, { message }: SteamFailure): AppResult[] {
  return appIds.map((app_id) => ({ app_id, status: "failed", error: message }));
}
