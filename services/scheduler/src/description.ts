import type { Schedule } from "./schedule.ts";

/** When each schedule runs next, for people. */
export function describeNext(schedules: readonly Schedule[], now: number): string {
  const next = schedules.map((schedule) => {
    const due = schedule.nextDue(now);
    return `${schedule.name} ${due === null ? "never" : new Date(due).toISOString()}`;
  });
  return next.length === 0 ? "every schedule is off" : `next: ${next.join(", ")}`;
}
