import type { Page } from "playwright-core";

/** What somebody does, and how the page tells that it has done it. */
export interface Interaction {
  readonly name: string;
  /** One key or one click. */
  readonly act: () => Promise<void>;
  /** True in the page once the result is shown; JavaScript as text, since it is of the browser's world. */
  readonly shows: string;
}

/** How long the pictures with the results were awaited, in milliseconds. */
export interface Waits {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  readonly slowest: string;
}

const RESULT_MS_MAX = 15_000;

/** From the key or click to the first picture that shows its result. */
async function waitOf(page: Page, { name, act, shows }: Interaction): Promise<number> {
  await page.evaluate(`{
    let from;
    const note = ({ timeStamp }) => { from ??= timeStamp; };
    for (const type of ["keydown", "pointerdown"]) addEventListener(type, note, { capture: true, once: true });
    globalThis.shown = new Promise((resolve, reject) => {
      const end = performance.now() + ${RESULT_MS_MAX};
      const look = () => {
        if (performance.now() > end) return reject(new Error("the result was never shown"));
        if (from === undefined || !(${shows})) return requestAnimationFrame(look);
        // What stands when a frame begins is in its picture; a message is read when that is drawn.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - from);
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    });
    globalThis.shown.catch(() => undefined);
    // A promise at the end would be awaited here.
    undefined;
  }`);
  await act();
  return await page.evaluate<number>("shown").catch((error: unknown) => {
    throw new Error(`${name}: ${String(error)}`);
  });
}

/** Does one after the other, and sums up. */
export async function measureWaits(
  page: Page,
  interactions: AsyncIterable<Interaction>,
): Promise<Waits> {
  const took: { name: string; ms: number }[] = [];
  for await (const each of interactions) {
    took.push({ name: each.name, ms: Math.round(await waitOf(page, each)) });
  }
  took.sort((a, b) => a.ms - b.ms);
  const at = (share: number) => took[Math.floor(took.length * share)]?.ms ?? Infinity;
  const slowest = took.slice(-5).reverse();
  return {
    count: took.length,
    p50: at(0.5),
    p95: at(0.95),
    longest: took.at(-1)?.ms ?? Infinity,
    slowest: slowest.map(({ name, ms }) => `${name} ${ms}`).join(", "),
  };
}

/** The one line in which a measurement is told. */
export function told({ count, p50, p95, longest, slowest }: Waits): string {
  return `from a key or click to the picture with its result, ${count} times: p50 ${p50} ms, p95 ${p95} ms, longest ${longest} ms (${slowest})`;
}

/**
 * That the table called `table` shows rows that begin with these names and is not about to show others; true of a result that is the
 * same as the one before as soon as it is drawn again.
 */
export function showsRows(table: string, names: readonly string[]): string {
  return `(() => {
    const table = document.querySelector('[role="table"][aria-label="${table}"]');
    if (table === null) return ${JSON.stringify(names.length === 0)};
    const rows = [...table.querySelectorAll('[role="row"][aria-rowindex]')]
      .sort((a, b) => a.ariaRowIndex - b.ariaRowIndex)
      .flatMap((row) => row.querySelector("a[href]:not([aria-hidden])")?.textContent ?? []);
    return table.ariaBusy !== "true" && ${JSON.stringify(names)}.every((name, index) => rows[index] === name);
  })()`;
}
