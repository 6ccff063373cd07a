import type { Random } from "./random.ts";
import type { SittingMode } from "./truth.ts";

/** How a day goes: how likely it has play, how many sittings, from which hour on, and whether the client is offline. */
export interface DayPlan {
  readonly playChance: number;
  readonly sittings: readonly [number, number];
  /** The earliest and the latest local hour at which the first sitting begins. */
  readonly firstHour: readonly [number, number];
  /** No sitting begins later; 25.5 is half past one at night. */
  readonly lastHour: number;
  readonly mode: SittingMode;
}

const WORKDAY: DayPlan = {
  playChance: 0.72,
  sittings: [1, 3],
  firstHour: [18, 22],
  lastHour: 23.5,
  mode: "online",
};
const FRIDAY: DayPlan = { ...WORKDAY, playChance: 0.85, sittings: [2, 5], lastHour: 25.5 };
const WEEKEND: DayPlan = {
  playChance: 0.9,
  sittings: [2, 7],
  firstHour: [9, 15],
  lastHour: 24.5,
  mode: "online",
};
const HOLIDAY: DayPlan = { ...WEEKEND, playChance: 0.97, sittings: [3, 7], lastHour: 26 };
const AWAY: DayPlan = { ...WORKDAY, playChance: 0 };
const TRAVELLING: DayPlan = {
  playChance: 0.8,
  sittings: [1, 2],
  firstHour: [8, 20],
  lastHour: 23,
  mode: "offline",
};

/** Stretches of the year that are not as usual, as days counted from its first: two trips with a laptop offline, one without any play. */
export interface Journeys {
  readonly offline: readonly (readonly [number, number])[];
  readonly away: readonly (readonly [number, number])[];
}

export function drawJourneys(random: Random): Journeys {
  const first = random.between(50, 120);
  const second = random.between(190, 250);
  const away = random.between(280, 320);
  return {
    offline: [
      [first, first + random.between(2, 5)],
      [second, second + random.between(3, 7)],
    ],
    away: [[away, away + random.between(7, 11)]],
  };
}

export function planOf(day: number, date: Temporal.PlainDate, journeys: Journeys): DayPlan {
  if (isWithin(day, journeys.away)) return AWAY;
  if (isWithin(day, journeys.offline)) return TRAVELLING;
  if (isHoliday(date)) return HOLIDAY;
  if (date.dayOfWeek === 5) return FRIDAY;
  return date.dayOfWeek > 5 ? WEEKEND : WORKDAY;
}

export function isWithin(day: number, spans: Journeys["away"]): boolean {
  return spans.some(([from, until]) => day >= from && day < until);
}

/** Around the turn of the year, and the first days of May and of July. */
function isHoliday({ month, day }: Temporal.PlainDate): boolean {
  if (month === 12) return day >= 24;
  if (month === 1) return day <= 2;
  return (month === 5 && day <= 2) || (month === 7 && day >= 3 && day <= 5);
}
