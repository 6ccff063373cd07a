/** The thread that copies the database; see `backup.ts`. */
import { messageOf } from "@tracker/service";
import { Database as Sqlite } from "bun:sqlite";
import { copyDatabase } from "./copy.ts";
import { writeProblemOf } from "./trouble.ts";

export interface CopyRequest {
  readonly path: string;
  readonly folder: string;
  readonly label: string;
}

export type CopyReply =
  | { readonly path: string; readonly problem: null }
  | { readonly path: null; readonly problem: string };

declare const self: Worker;

self.addEventListener("message", (event: MessageEvent<CopyRequest>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  self.postMessage(copy(event.data));
});

function copy({ path, folder, label }: CopyRequest): CopyReply {
  try {
    using source = new Sqlite(path, { readonly: true, strict: true });
    return { path: copyDatabase(source, folder, label), problem: null };
  } catch (error) {
    const message = messageOf(error);
    return { path: null, problem: writeProblemOf(error) ?? message };
  }
}
