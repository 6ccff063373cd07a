import { join } from "node:path";
import type { ReaderOrder, ReaderReport } from "./readers.ts";

/** Starts readers.ts. Disposing ends it, with all its lines. */
export function startReaders() {
  let answer = Promise.withResolvers<ReaderReport>();
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "readers.ts")], {
    // Bun opens 256 lines at once unless told.
    env: { BUN_CONFIG_MAX_HTTP_REQUESTS: "10000" },
    stdin: "ignore",
    stdout: "inherit",
    stderr: "inherit",
    ipc: (report: ReaderReport) => answer.resolve(report),
    onExit: () => answer.reject(new Error("the readers' process has ended")),
  });
  return {
    async tell(order: ReaderOrder): Promise<ReaderReport> {
      answer = Promise.withResolvers();
      child.send(order);
      return answer.promise;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}
