import { Choice } from "@tracker/contracts";
import type { Health } from "@tracker/service";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { withExample } from "./schema.ts";

const HealthReport = Type.Object({
  status: Choice(["ready", "starting", "stopping"] as const),
  version: Type.String(),
  services: Type.Record(Type.String(), Type.Object({ ready: Type.Boolean() })),
});
const report = withExample(HealthReport, {
  status: "ready",
  version: "0.1.0",
  services: { api: { ready: true } },
});
const tags = ["Operation"];
const live = {
  response: { 200: report },
  detail: {
    tags,
    summary: "Is the process alive",
    description: "200 while it answers at all. Why a service is not ready says GET /api/status.",
  },
};

/** For supervisors and monitors. Public, so without inner details. */
export function healthRoutes(health: Health) {
  const publicReport = () => {
    const { status, version, services } = health.report();
    const ready = Object.entries(services).map(([name, { ready }]) => [name, { ready }] as const);
    return { status, version, services: Object.fromEntries(ready) };
  };
  return new Elysia({ name: "health" })
    .get("/health", publicReport, live)
    .get("/health/live", publicReport, live)
    .get(
      "/health/ready",
      ({ set }) => {
        const report = publicReport();
        if (report.status !== "ready") set.status = 503;
        return report;
      },
      {
        response: { 200: report, 503: HealthReport },
        detail: {
          tags,
          summary: "Is every service of the process ready",
          description:
            "200 when all are, 503 while one is not, which the store also is while its disk takes no write; `services` says which.",
        },
      },
    );
}
