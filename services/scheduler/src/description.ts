import type { describeSchedules, Output } from "@tracker/contracts";
import { type readCalendar, SCHEDULES } from "./config.ts";
import type { Schedule } from "./schedule.ts";

/** When each schedule runs next, for people. */
export function describeNext(schedules: readonly Schedule[], now: number): string {
  const next = schedules.map((schedule) => {
    const due = schedule.nextDue(now);
    return `${schedule.name} ${due === null ? "never" : new Date(due).toISOString()}`;
  });
  return next.length === 0 ? "every schedule is off" : `next: ${next.join(", ")}`;
}

/** Every schedule as it is configured, for the operations page. */
export function scheduleStates(
  calendar: ReturnType<typeof readCalendar>,
  schedules: readonly Schedule[],
  now: number,
): Output<typeof describeSchedules> {
  const items = SCHEDULES.map(({ name, kind, variable }) => {
    const schedule = schedules.find((each) => each.name === name);
    const due = schedule?.nextDue(now) ?? null;
    const next_due_at = due === null ? null : new Date(due).toISOString();
    return { name, kind, variable, expression: schedule?.expression ?? null, next_due_at };
  });
  const { TIME_ZONE: time_zone, DAY_START_HOUR: day_start_hour } = calendar;
  return { time_zone, day_start_hour, items };
}
