import { type Static, Type } from "@sinclair/typebox";
import { defineRequest, type Output } from "./conversation.ts";
import { JobKindName } from "./job.ts";
import { Empty, Instant, Nullable } from "./primitive.ts";

/** A schedule as it is configured; null for what is off. */
export const ScheduleState = Type.Object({
  name: Type.String(),
  kind: JobKindName,
  /** The environment variable that holds its cron expression. */
  variable: Type.String(),
  expression: Nullable(Type.String()),
  next_due_at: Nullable(Instant),
});
export type ScheduleState = Static<typeof ScheduleState>;

export const describeSchedules = defineRequest({
  subject: "scheduler.schedules.list",
  description: "Every schedule with its cron expression, read in the zone, and its next run.",
  input: Empty,
  output: Type.Object({
    time_zone: Type.String(),
    /** The local hour at which a day begins. */
    day_start_hour: Type.Integer(),
    items: Type.Array(ScheduleState),
  }),
});

/** For the description of the API. */
export const SCHEDULES_EXAMPLE: Output<typeof describeSchedules> = {
  time_zone: "America/New_York",
  day_start_hour: 0,
  items: [
    {
      name: "backup",
      kind: "backup",
      variable: "SCHEDULE_BACKUP",
      expression: "30 4 * * *",
      next_due_at: "2026-11-21T09:30:00.000Z",
    },
    {
      name: "poll",
      kind: "poll",
      variable: "SCHEDULE_POLL",
      expression: null,
      next_due_at: null,
    },
  ],
};
