import { type Bus, request } from "@tracker/bus";
import { listSchedules, startScheduledJob } from "@tracker/contracts";
import type { RunBook } from "./schedule-runner.ts";

/** The store's record of the runs. */
export function storeRunBook(bus: Bus): RunBook {
  return {
    async lastDue(schedule) {
      const { items } = await request(bus, listSchedules, {});
      const dues = items.filter((item) => item.schedule === schedule).map((item) => item.due_at);
      return dues.length === 0 ? null : Math.max(...dues.map((due) => Date.parse(due)));
    },
    async start({ name, job }, dueAt) {
      const due_at = new Date(dueAt).toISOString();
      const run = { schedule: name, kind: job.kind, due_at };
      const given = job.arguments === undefined ? {} : { arguments: { ...job.arguments } };
      const { started } = await request(bus, startScheduledJob, { ...run, ...given });
      return started;
    },
  };
}
