/** The thread that writes an archive; see `archive-export.ts`. */
import { messageOf } from "@tracker/service";
import { Database as Sqlite } from "bun:sqlite";
import { writeArchive } from "./archive-write.ts";
import { writeProblemOf } from "./trouble.ts";

export interface ExportRequest {
  readonly databasePath: string;
  readonly path: string;
  readonly now: number;
}

export type ExportReply =
  | { readonly rows: number; readonly problem: null }
  | { readonly rows: null; readonly problem: string };

declare const self: Worker;

self.addEventListener("message", (event: MessageEvent<ExportRequest>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  void exportTo(event.data).then((reply) => self.postMessage(reply));
});

async function exportTo({ databasePath, path, now }: ExportRequest): Promise<ExportReply> {
  try {
    using source = new Sqlite(databasePath, { readonly: true, strict: true });
    const { files } = await writeArchive(source, path, now);
    return { rows: files.reduce((sum, file) => sum + file.rows, 0), problem: null };
  } catch (error) {
    const message = messageOf(error);
    return { rows: null, problem: writeProblemOf(error) ?? message };
  }
}
