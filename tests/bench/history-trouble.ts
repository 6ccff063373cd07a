import type { Random } from "../steam-sim/random.ts";
import type { Span } from "./history-span.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What goes wrong, beside the player, while a year is followed. */
export interface Troubles {
  /** The poller's process is not there; it begins anew, knowing nothing, where each ends. */
  readonly pollerDown: readonly Span[];
  /** Steam answers nothing. */
  readonly steamDown: readonly Span[];
  /** No permits can be had without the bus, so nobody looks. */
  readonly natsDown: readonly Span[];
  /** Facts wait and are applied when it is back. */
  readonly storeDown: readonly Span[];
  /** How likely a single look fails, a look at the list of recent games alone included. */
  readonly failureChance: number;
  /** How likely a fact is applied a second time, at once or many facts later. */
  readonly duplicateChance: number;
}

export const NO_TROUBLES: Troubles = {
  pollerDown: [],
  steamDown: [],
  natsDown: [],
  storeDown: [],
  failureChance: 0,
  duplicateChance: 0,
};

/** Killed and restarted about four times a day, away for up to a minute and a half. */
export function restarts(whole: Span, random: Random): Span[] {
  return drawSpans(whole, random, [HOUR_MS, 11 * HOUR_MS], [5 * SECOND_MS, 90 * SECOND_MS]);
}

/** Every few days for some hours. */
export function steamOutages(whole: Span, random: Random): Span[] {
  return drawSpans(whole, random, [2 * DAY_MS, 14 * DAY_MS], [8 * MINUTE_MS, 5 * HOUR_MS]);
}

/** Hours, nights, and now and then three days. */
export function longAbsences(whole: Span, random: Random): Span[] {
  return [
    ...drawSpans(whole, random, [6 * DAY_MS, 20 * DAY_MS], [HOUR_MS, 12 * HOUR_MS]),
    ...drawSpans(whole, random, [50 * DAY_MS, 110 * DAY_MS], [2 * DAY_MS, 3 * DAY_MS]),
  ];
}

/** The bus is away for some minutes, now and then for hours. */
export function busOutages(whole: Span, random: Random): Span[] {
  return [
    ...drawSpans(whole, random, [2 * DAY_MS, 8 * DAY_MS], [10 * SECOND_MS, 4 * MINUTE_MS]),
    ...drawSpans(whole, random, [20 * DAY_MS, 60 * DAY_MS], [HOUR_MS, 6 * HOUR_MS]),
  ];
}

/** The store is away for minutes or a day. */
export function storeOutages(whole: Span, random: Random): Span[] {
  return drawSpans(whole, random, [DAY_MS, 10 * DAY_MS], [MINUTE_MS, 26 * HOUR_MS]);
}

/** Spans one after the other: a break, a span, a break, each of a length between the two given, in milliseconds. */
function drawSpans(
  whole: Span,
  random: Random,
  breakMs: readonly [number, number],
  lengthMs: readonly [number, number],
): Span[] {
  const spans: Span[] = [];
  for (let at = whole.from + random.between(...breakMs); at < whole.to;) {
    const to = at + random.between(...lengthMs);
    spans.push({ from: at, to });
    at = to + random.between(...breakMs);
  }
  return spans;
}
