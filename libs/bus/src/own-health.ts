import { SERVICES, type ServiceHealth, type ServiceName } from "@tracker/contracts";
import type { Health } from "@tracker/service";
import type { Bus } from "./connect.ts";

/** The service whose connection it is; null for a person's. */
export function serviceOf(bus: Bus): ServiceName | null {
  return SERVICES.find((name) => name === bus.name) ?? null;
}

/** What the service of this connection says of itself. */
export function ownHealth(bus: Bus, health: Health): ServiceHealth {
  const { version, uptime_seconds, memory_bytes, services } = health.report();
  const { ready = false, detail = null } = services[bus.name] ?? {};
  return {
    version,
    ready,
    detail,
    process: health.process,
    uptime_seconds,
    memory_bytes,
    jobs: [...bus.jobs].map(([id, kind]) => ({ id, kind })),
  };
}
