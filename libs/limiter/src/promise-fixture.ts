import { wait } from "@tracker/service";

/** Whether a promise is still open after everything that was about to happen has happened. */
export async function isOpen(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol("open");
  return (await Promise.race([promise, wait(60).then(() => open)])) === open;
}
