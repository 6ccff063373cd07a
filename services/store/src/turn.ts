/**
 * So many apps are one commit, of 5 ms mostly: a question that is asked meanwhile waits no longer. With half as many a crawl spent
 * more time on waiting for a busy disk than on anything else.
 */
export const APPS_PER_COMMIT = 20;

/** Lets whatever else waits be done first: a question that came meanwhile is answered before this goes on. */
export function nextTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  return promise;
}

/** Does a work step by step, and lets others be answered between them. */
export async function inTurns(steps: Iterable<void>): Promise<void> {
  for (const _step of steps) await nextTurn();
}
