import { lstatSync } from "node:fs";
import { basename } from "node:path";

export const FILE_TYPES = {
  archive: "application/zip",
  database: "application/vnd.sqlite3",
} as const;

/** A file to be saved under its own name, passed on piece by piece as it may be larger than memory; null where there is none. */
export function fileReply(
  path: string,
  type: (typeof FILE_TYPES)[keyof typeof FILE_TYPES],
): Response | null {
  // A link would lead out of the folder.
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) return null;
  return new Response(Bun.file(path).stream(), {
    headers: {
      "content-type": type,
      // Said also where only the head is asked for, and the file itself does not follow.
      "content-length": String(stat.size),
      "content-disposition": `attachment; filename="${basename(path)}"`,
    },
  });
}
