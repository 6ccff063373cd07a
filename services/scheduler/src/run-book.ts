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
    async start({ name, kind }, dueAt) {
      const due_at = new Date(dueAt).toISOString();
      const { started } = await request(bus, startScheduledJob, { schedule: name, kind, due_at });
      return started;
    },
  };
}
