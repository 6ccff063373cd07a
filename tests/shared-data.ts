import { existsSync } from "node:fs";
import { join } from "node:path";

const RECORDINGS = join(import.meta.dir, "..", "..", "shared", "data");
let announced = false;

/**
 * The path of a recording, or null where the recordings are absent, as in an ordinary clone: the caller passes its test over.
 * They lie beside a developer's and CI's checkout only, so with CI=true their absence fails.
 */
export function sharedData(path: string): string | null {
  const found = join(RECORDINGS, path);
  if (existsSync(found)) return found;
  if (process.env["CI"] === "true")
    throw new Error(`expected the recordings at ${RECORDINGS}, found no ${path}`);
  if (!announced)
    process.stderr.write(
      `recordings absent (${RECORDINGS}): the tests that read them are passed over\n`,
    );
  announced = true;
  return null;
}
