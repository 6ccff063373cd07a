/** A stop that takes longer than this is ended hard: compose would kill us at 10 s, and a hang must show as a failure. */
export const SHUTDOWN_MS_MAX = 8_000;

/**
 * Resolves on SIGTERM or SIGINT and rejects on any unhandled error. While a main awaits at top level Bun prints an
 * unhandled rejection and runs on (oven-sh/bun#22546), so whoever waits for the stop has to listen for it as well.
 * After that the process has {@link SHUTDOWN_MS_MAX} to dispose what it holds; then it exits 1. A second Ctrl-C does not cut that short.
 */
export async function untilStopped(onStop: () => void = () => {}): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = () => resolve();
  const fail = (error: unknown) => reject(error);
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("unhandledRejection", fail);
  process.on("uncaughtException", fail);
  try {
    await promise;
  } finally {
    setTimeout(() => process.exit(1), SHUTDOWN_MS_MAX).unref();
    process.off("unhandledRejection", fail);
    process.off("uncaughtException", fail);
    onStop();
  }
}
