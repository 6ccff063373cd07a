import type { Accuracy, DayOfGame } from "./history-measure.ts";
import type { Scenario } from "./history-scenario.ts";

const DAY_MINUTES_MAX = 1;
const EDGE_WITH_PRESENCE_MAX = 2;
const EDGE_WITHOUT_MAX = 30;

export function errorOf({ minutes, trueMinutes }: DayOfGame): number {
  return Math.abs(minutes - trueMinutes);
}

export function isOff(day: DayOfGame): boolean {
  return errorOf(day) > DAY_MINUTES_MAX;
}

/** How many of the edges lie within what is promised, as a share; 1 where there are none. */
export function shareWithin(errors: readonly number[], promise: number): number {
  return errors.length === 0
    ? 1
    : errors.filter((error) => error <= promise).length / errors.length;
}

export function worstOf(errors: readonly number[]): number {
  return errors.reduce((most, error) => Math.max(most, error), 0);
}

export const EDGE_PROMISES = { withPresence: EDGE_WITH_PRESENCE_MAX, without: EDGE_WITHOUT_MAX };

/** The promises that a history breaks, each in one line; none is what a bench and a test ask for. */
export function brokenPromises({ name, exact }: Scenario, accuracy: Accuracy): string[] {
  const { days, unexplainedGapMinutes, outsideMinutes, conserved } = accuracy;
  const off = exact ? days.filter((day) => day.watched && isOff(day)) : [];
  const late = worstOf(accuracy.withPresence.errors);
  const loose = worstOf(accuracy.withoutPresence.errors);
  return [
    off.length > 0 &&
      `${off.length} days of a game are off by up to ${worstOf(off.map(errorOf))} minutes`,
    unexplainedGapMinutes > 0 &&
      `${unexplainedGapMinutes} minutes are left over although nothing was played offline and Steam was looked at`,
    outsideMinutes > 0 &&
      `${outsideMinutes} minutes were not played within the window stated for them`,
    late > EDGE_WITH_PRESENCE_MAX &&
      `a session that rests on presence starts or ends ${late.toFixed(1)} minutes from any sitting`,
    loose > EDGE_WITHOUT_MAX &&
      `a session starts or ends ${loose.toFixed(1)} minutes from any sitting`,
    !conserved && "ledger, totals, sessions and snapshots do not add up to what Steam told",
  ].flatMap((problem) => (problem === false ? [] : `${name}: ${problem}`));
}
