import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Job } from "@tracker/contracts";
import type { CopyReply, CopyRequest } from "./backup-worker.ts";
import { type Database, inTransaction } from "./database.ts";

const BACKUP_KEY = "last_backup_at";
const KEPT_MS = 14 * 86_400_000;
const NAME = /^tracker-(?:nightly-)?\d{8}T\d{6}Z\.db$/;

/** What a backup was made for: the names of the night's and of those made by hand differ. */
export type BackupOccasion = "nightly" | "by hand";

/** A schedule's job says so in who requested it; everybody else is a person. */
export function occasionOf({
  requested_by: requestedBy,
}: Pick<Job, "requested_by">): BackupOccasion {
  return requestedBy.startsWith("schedule ") ? "nightly" : "by hand";
}

/**
 * Copies the database into `folder`, checks the copy, and removes copies older than 14 days. Done by a thread of its own with its own
 * connection: a copy of 24 MB would stop every answer for 0.1 s.
 */
export async function backUp(
  database: Database,
  folder: string,
  now: number,
  occasion: BackupOccasion = "nightly",
): Promise<{ file: string; bytes: number; removed: number }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const label = occasion === "nightly" ? occasion : "";
  const path = await copyInThread({ path: database.path, folder, label });
  const removed = removeOld(folder, path, now);
  inTransaction(database, () => noteBackup(database, now));
  return { file: basename(path), bytes: statSync(path).size, removed };
}

/** Null while none was made. */
export function lastBackupAt(database: Database): number | null {
  const row = database
    .prepare<{ value: string }>("SELECT value FROM settings WHERE key = ?")
    .get(BACKUP_KEY);
  return row === null ? null : Number(row.value);
}

/** From now on that is when the last backup was made. */
export function noteBackup(database: Database, at: number): void {
  database
    .prepare(
      "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )
    .run(BACKUP_KEY, String(at));
}

async function copyInThread(request: CopyRequest): Promise<string> {
  const worker = new Worker(new URL("./backup-worker.ts", import.meta.url).href);
  try {
    const { promise, resolve, reject } = Promise.withResolvers<CopyReply>();
    worker.addEventListener("message", (event: MessageEvent<CopyReply>) => resolve(event.data));
    worker.addEventListener("error", (event) => reject(new Error(event.message)));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(request);
    const reply = await promise;
    if (reply.path === null) throw new Error(`the copy failed: ${reply.problem}`);
    return reply.path;
  } finally {
    worker.terminate();
  }
}

/** Keeps the newest whatever its age: a clock that jumped must not leave nothing. */
function removeOld(folder: string, newest: string, now: number): number {
  const old = readdirSync(folder)
    .filter((name) => NAME.test(name) && join(folder, name) !== newest)
    .filter((name) => statSync(join(folder, name)).mtimeMs < now - KEPT_MS);
  for (const name of old) rmSync(join(folder, name), { force: true });
  return old.length;
}
