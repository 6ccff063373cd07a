import { describeSchedules, listRuns, SCHEDULES_EXAMPLE } from "@tracker/contracts";
import { Elysia } from "elysia";
import { pageOf } from "./answer-example.ts";
import { RUN_EXAMPLE } from "./operation-example.ts";
import type { Ask } from "./question.ts";
import { parameters, withExample } from "./schema.ts";
import { Status, STATUS_EXAMPLE, type StatusParts, systemStatus } from "./status.ts";

const tags = ["Operation"];

/** How the system does, for people. */
export function statusRoutes(ask: Ask, parts: StatusParts) {
  return new Elysia({ name: "status" })
    .get("/api/status", () => systemStatus(parts), {
      response: { 200: withExample(Status, STATUS_EXAMPLE) },
      detail: {
        tags,
        summary: "The state of the system",
        description:
          "Accounts, last runs, quotas and services; `problems` says in plain words what is wrong. It answers also while the store or the poller does not.",
      },
    })
    .get("/api/schedules", () => ask(describeSchedules, {}, { attempts: 1 }), {
      response: { 200: withExample(describeSchedules.output, SCHEDULES_EXAMPLE) },
      detail: {
        tags,
        summary: "List schedules",
        description: `${describeSchedules.description} They are configured by environment variables.`,
      },
    })
    .get("/api/runs", ({ query }) => ask(listRuns, query), {
      query: parameters(listRuns.input),
      response: { 200: withExample(listRuns.output, pageOf(RUN_EXAMPLE)) },
      detail: { tags, summary: "List sync runs", description: listRuns.description },
    });
}
