import type { getHeatmap as definition, Heatmap, Input } from "@tracker/contracts";
import { dayOf, nextDay } from "@tracker/playtime";
import type { Database } from "./database.ts";
import type { Reading } from "./day-range.ts";
import { instantOrNull } from "./instant.ts";
import { chooseGames } from "./statistics-choice.ts";
import { mostOf } from "./statistics-day.ts";
import { readKnown } from "./statistics-known.ts";
import { readPlay } from "./statistics-play.ts";
import { yearRange } from "./statistics-year.ts";

/** Minutes on each day of a year in one small answer. */
export function getHeatmap(
  database: Database,
  input: Input<typeof definition>,
  reading: Reading,
): Heatmap {
  const { calendar } = reading;
  const today = dayOf(reading.now, calendar);
  const year = input.year ?? Number(today.slice(0, 4));
  const range = yearRange(year, reading);
  const play = readPlay(database, range, { games: chooseGames(database, input), calendar });
  const days: number[] = [];
  for (let day = range.from; day <= range.to; day = nextDay(day))
    days.push(play.days.get(day) ?? 0);
  return {
    year,
    time_zone: calendar.zone,
    today,
    tracked_since: instantOrNull(readKnown(database, reading).trackedSince),
    minutes: play.dayMinutes,
    gap_minutes: play.gapMinutes,
    active_days: play.days.size,
    most_active_day: mostOf(play.days, (day, minutes) => ({ day, minutes })),
    days,
  };
}
