import { STEAM_LAG_MS } from "./evidence.ts";
import { MINUTE_MS } from "./slot.ts";

/** A total that was kept in rounded hours: the truth, in whole minutes, lies in [low, high]. */
export interface RoundedTotal {
  readonly low: number;
  readonly high: number;
  /** The minutes that are shown as these hours again. */
  readonly nearest: number;
}

export interface RoundedReading extends RoundedTotal {
  /** The instant (epoch ms) as of which the total was read. */
  readonly at: number;
}

/**
 * What became of a total between two successive readings. `play` and `baseline` bring minutes; `noise` may be rounding alone,
 * `fall` is lower than what was surely reached before, `undone` rose by more than its window holds and was taken back later.
 */
export interface RoundedStep {
  readonly before: RoundedReading;
  readonly after: RoundedReading;
  readonly kind: "play" | "baseline" | "noise" | "fall" | "undone";
  readonly minutes: number;
}

const HOUR_MINUTES = 60;
const EXACT_DECIMALS = 3;
/** Doubles: 12.3 hours are 738.0000000000001 minutes. */
const FLOAT_NOISE = 1e-6;

/** Reads hours with one or two decimals as the minutes that round to them; with more decimals they are meant as they are. */
export function minutesOfHours(hours: number): RoundedTotal {
  const minutes = hours * HOUR_MINUTES;
  const nearest = Math.round(minutes);
  const decimals = [1, 2].find((count) => isWhole(hours * 10 ** count)) ?? EXACT_DECIMALS;
  if (decimals === EXACT_DECIMALS) return { low: nearest, high: nearest, nearest };
  const half = HOUR_MINUTES / 2 / 10 ** decimals;
  const low = Math.max(0, Math.ceil(minutes - half - FLOAT_NOISE));
  const high = Math.floor(minutes + half + FLOAT_NOISE);
  return low > high ? { low: nearest, high: nearest, nearest } : { low, high, nearest };
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < FLOAT_NOISE;
}

/**
 * Turns a game's readings (ascending by instant) into what was surely played between them. The first is read as high as it can be
 * and every later one as low as it can be, so up to any night no more play is told than there was, and over all of them at most one
 * rounding less: 10.0 h then 10.1 h may be one minute apart, and tells of none. A rise that its window cannot hold is
 * from before tracking. Nothing rises above `cap`, the total that is known in the end.
 */
export function stepsOf(readings: readonly RoundedReading[], cap: number): RoundedStep[] {
  const [first, ...rest] = readings;
  if (first === undefined) return [];
  const steps: RoundedStep[] = [];
  let sure = Math.min(first.high, cap);
  let before = first;
  for (const [index, after] of rest.entries()) {
    const rise = Math.min(after.low, cap) - sure;
    const spanMinutes = Math.floor((after.at - before.at) / MINUTE_MS);
    const isPossible = rise <= spanMinutes + STEAM_LAG_MS / MINUTE_MS;
    if (!isPossible && rest.slice(index + 1).some((later) => later.high < after.low)) {
      steps.push({ before, after, kind: "undone", minutes: 0 });
      continue;
    }
    if (rise > 0) {
      const play = isPossible ? Math.min(rise, spanMinutes) : 0;
      if (play > 0) steps.push({ before, after, kind: "play", minutes: play });
      if (rise > play) steps.push({ before, after, kind: "baseline", minutes: rise - play });
      sure += rise;
    } else if (after.high < before.low) {
      steps.push({ before, after, kind: "fall", minutes: 0 });
    } else if (after.low > before.low) {
      steps.push({ before, after, kind: "noise", minutes: 0 });
    }
    before = after;
  }
  return steps;
}
