import type { Input, recordApps } from "@tracker/contracts";
import { recordBatch, type Recorded, recordResult, type Summary } from "./app-record.ts";
import { type Database, inTransaction } from "./database.ts";
import { readInstant } from "./instant.ts";
import { APPS_PER_COMMIT, nextTurn } from "./turn.ts";

/**
 * Records a batch in several commits, between which others are answered. The last one closes the batch: one that was cut short by a crash
 * is recorded again, and what is there of it already stays as it is.
 */
export async function recordInParts(
  database: Database,
  input: Input<typeof recordApps>,
  now: number,
): Promise<Recorded> {
  const counted = { changed: 0, history: 0 };
  const { results } = input;
  for (let at = 0; at + APPS_PER_COMMIT < results.length; at += APPS_PER_COMMIT) {
    recordPart(
      database,
      { ...input, results: results.slice(at, at + APPS_PER_COMMIT) },
      now,
      counted,
    );
    await nextTurn();
  }
  return recordBatch(database, input, now, counted);
}

function recordPart(
  database: Database,
  { batch_id: batchId, source, results, observed_at: observedAt }: Input<typeof recordApps>,
  now: number,
  counted: Pick<Summary, "changed" | "history">,
): void {
  const recording = { source, observedAt: readInstant(observedAt, "/observed_at"), now };
  inTransaction(database, () => {
    const closed = database
      .prepare("SELECT 1 FROM app_batches WHERE batch_id = ? AND summary IS NOT NULL")
      .get(batchId);
    if (closed !== null) return;
    const summary: Summary = { succeeded: 0, failed: 0, not_found: 0, changed: 0, history: 0 };
    for (const result of results) recordResult(database, result, recording, summary);
    counted.changed += summary.changed;
    counted.history += summary.history;
  });
}
