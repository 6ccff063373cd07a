import { existsSync } from "node:fs";
import { join } from "node:path";
import { noteAbsence } from "./absence.ts";

const RECORDINGS = join(import.meta.dir, "..", "..", "shared", "data");

/** The path of a recording, or null where the recordings are absent, as in an ordinary clone: they lie beside a developer's and CI's checkout only. */
export function sharedData(path: string): string | null {
  const found = join(RECORDINGS, path);
  if (existsSync(found)) return found;
  noteAbsence(`recording ${path}`);
  return null;
}
