import { mkdirSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { Job } from "@tracker/contracts";
import type { CopyReply, CopyRequest } from "./backup-worker.ts";
import { removeOldCopies } from "./backup-prune.ts";
import { type Database, inTransaction } from "./database.ts";
import { runInThread } from "./thread.ts";

const BACKUP_KEY = "last_backup_at";

/** What a backup was made for: the names of the night's and of those made by hand differ. */
export type BackupOccasion = "nightly" | "by hand";

/** A schedule's job says so in who requested it; everybody else is a person. */
export function occasionOf({
  requested_by: requestedBy,
}: Pick<Job, "requested_by">): BackupOccasion {
  return requestedBy.startsWith("schedule ") ? "nightly" : "by hand";
}

/**
 * Copies the database into `folder`, checks the copy, and removes old copies. Done by a thread of its own with its own
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
  const removed = removeOldCopies(folder, basename(path), now);
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
  const url = new URL("./backup-worker.ts", import.meta.url);
  const reply = await runInThread<CopyReply>(url, request);
  if (reply.path === null) throw new Error(`the copy failed: ${reply.problem}`);
  return reply.path;
}
