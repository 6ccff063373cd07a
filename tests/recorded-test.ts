import { test } from "bun:test";
import { sharedData } from "./shared-data.ts";

/** A test that reads a recording, whose path it gets: skipped where the recordings are absent. */
export function recordedTest(
  recording: string,
  name: string,
  run: (path: string) => void | Promise<void>,
  timeoutMs?: number,
): void {
  const path = sharedData(recording);
  test.skipIf(path === null)(name, () => run(path ?? recording), timeoutMs);
}
