import type { Page } from "playwright-core";

const LISTEN = `{
  globalThis.durations = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) durations.push(duration);
  }).observe({ type: "event", durationThreshold: 16 });
}`;
/** Quicker ones the browser does not tell. */
const TOLD_MS_MIN = 16;

/** How long the page took to show what a key or a click did: from the event to the next picture, in milliseconds. */
export interface Interactions {
  readonly count: number;
  readonly p95: number;
  readonly longest: number;
}

/** Measures what `interact` does, which makes at least `countMin` keys and clicks. */
export async function measureInteractions(
  page: Page,
  countMin: number,
  interact: () => Promise<void>,
): Promise<Interactions> {
  await page.evaluate(LISTEN);
  await interact();
  const slow = await page.evaluate<number[]>("durations");
  const quick = Array.from({ length: Math.max(0, countMin - slow.length) }, () => TOLD_MS_MIN);
  const all = [...quick, ...slow].sort((a, b) => a - b);
  return {
    count: all.length,
    p95: all[Math.floor(all.length * 0.95)] ?? Infinity,
    longest: all.at(-1) ?? Infinity,
  };
}
