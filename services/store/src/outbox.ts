import { type Bus, encode, publish } from "@tracker/bus";
import {
  type Data,
  type Event,
  JOB_SUBJECT_PREFIX,
  type JobKind,
  type JobMessage,
} from "@tracker/contracts";
import { traceparent, wait, withTrace } from "@tracker/service";
import type { Static } from "@sinclair/typebox";
import type { Database } from "./database.ts";
import { noteForWebhooks } from "./webhook-delivery.ts";

interface OutboxRow {
  readonly id: number;
  readonly message_id: string;
  readonly subject: string;
  readonly body: Uint8Array;
  readonly traceparent: string | null;
}

const BATCH = 100;
const RETRY_MS = 200;
const RETRY_MS_MAX = 5_000;

/** Says that something is so. Call it inside the transaction that makes it so: the event is published once that is durable, and not at all if it is not. */
export function emit<E extends Event>(database: Database, event: E, data: Data<E>): void {
  insert(database, event.subject, data);
  noteForWebhooks(database, event.subject, data, Date.now());
}

/** Wakes a worker for a queued job; call it inside the transaction that queues it. */
export function sendJob(database: Database, job: { id: number; kind: JobKind }, now: number): void {
  const message: Static<typeof JobMessage> = { id: job.id, kind: job.kind };
  insert(database, `${JOB_SUBJECT_PREFIX}${job.kind}`, message);
  database.prepare("UPDATE jobs SET published_at = ? WHERE id = ?").run(now, job.id);
}

function insert(database: Database, subject: string, data: unknown): void {
  database
    .prepare(
      "INSERT INTO outbox (message_id, subject, body, traceparent, created_at) VALUES (?, ?, ?, ?, ?)",
    )
    .run(crypto.randomUUID(), subject, encode(data), traceparent() ?? null, Date.now());
}

/**
 * Publishes what is in the outbox, oldest first, until the signal is aborted; a row goes once the server has its message
 * on disk. A crash in between publishes it again under the same message id, which the stream drops within its window.
 */
export async function publishOutbox(
  bus: Bus,
  database: Database,
  signal: AbortSignal,
): Promise<void> {
  let bell = Promise.withResolvers<void>();
  const ring = () => bell.resolve();
  database.commitListeners.add(ring);
  signal.addEventListener("abort", ring, { once: true });
  try {
    for (let failures = 0; !signal.aborted;) {
      bell = Promise.withResolvers<void>();
      const rows = oldest(database);
      const published = await publishRows(bus, rows, signal, failures);
      const forgotten = forget(database, rows.slice(0, published));
      failures = forgotten && published === rows.length ? 0 : failures + 1;
      if (failures > 0) {
        await wait(Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** Math.min(failures, 5)), signal);
      } else if (rows.length < BATCH) {
        await bell.promise;
      }
    }
  } finally {
    database.commitListeners.delete(ring);
    signal.removeEventListener("abort", ring);
  }
}

function oldest(database: Database): OutboxRow[] {
  return database
    .prepare<OutboxRow>(
      "SELECT id, message_id, subject, body, traceparent FROM outbox ORDER BY id LIMIT ?",
    )
    .all(BATCH);
}

/** Answers how many of the rows the server has; stops at the first that it did not confirm, to keep their order. */
async function publishRows(
  bus: Bus,
  rows: readonly OutboxRow[],
  signal: AbortSignal,
  failures: number,
): Promise<number> {
  for (const [index, row] of rows.entries()) {
    if (signal.aborted) return index;
    try {
      await withTrace(row.traceparent ?? undefined, () =>
        publish(bus, row.subject, row.body, row.message_id),
      );
    } catch (error) {
      if (failures % 20 === 3) {
        bus.log.warn("the outbox cannot be published; trying on", { subject: row.subject, error });
      }
      return index;
    }
  }
  return rows.length;
}

/** Not through `inTransaction`, which would ring the bell of this very loop. Answers whether it worked: a full disk leaves the rows, whose ids make a second publication harmless. */
function forget(database: Database, rows: readonly OutboxRow[]): boolean {
  const last = rows.at(-1);
  if (last === undefined) return true;
  try {
    database.prepare("DELETE FROM outbox WHERE id <= ?").run(last.id);
    return true;
  } catch {
    return false;
  }
}
