import { Choice } from "@tracker/contracts";
import type { Health } from "@tracker/service";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";

const HealthReport = Type.Object({
  status: Choice(["ready", "starting", "stopping"] as const),
  version: Type.String(),
  uptime_seconds: Type.Number(),
  memory_bytes: Type.Number(),
  services: Type.Record(
    Type.String(),
    Type.Object({ ready: Type.Boolean(), detail: Type.Optional(Type.String()) }),
  ),
});
const tags = ["Operation"];
const live = {
  response: { 200: HealthReport },
  detail: { tags, summary: "Is the process alive", description: "200 while it answers at all." },
};

/** For whoever starts and watches the process. */
export function healthRoutes(health: Health) {
  return new Elysia({ name: "health" })
    .onAfterHandle(({ set }) => {
      set.headers["cache-control"] = "no-store";
    })
    .get("/health", () => health.report(), live)
    .get("/health/live", () => health.report(), live)
    .get(
      "/health/ready",
      ({ set }) => {
        const report = health.report();
        if (report.status !== "ready") set.status = 503;
        return report;
      },
      {
        response: { 200: HealthReport, 503: HealthReport },
        detail: { tags, summary: "Is every service of the process ready" },
      },
    );
}
