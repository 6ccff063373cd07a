import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { JobKindName } from "./job.ts";
import { Count, Empty, Id, Nullable } from "./primitive.ts";
import type { ServiceName } from "./stream.ts";

/** What a service says of itself. Memory and uptime are those of its process, which it may share with others. */
export const ServiceHealth = Type.Object({
  version: Type.String(),
  ready: Type.Boolean(),
  /** Why it is not ready, or what it waits for: one clause for people. */
  detail: Nullable(Type.String()),
  /** The same for all services of one process, and another after each start. */
  process: Type.String(),
  uptime_seconds: Count,
  /** Resident memory. */
  memory_bytes: Count,
  /** The jobs that it works on just now. */
  jobs: Type.Array(Type.Object({ id: Id, kind: JobKindName })),
});
export type ServiceHealth = Static<typeof ServiceHealth>;

/** `<service>.health.get`: every service answers it, whatever else it does. */
export function getServiceHealth(service: ServiceName) {
  return defineRequest({
    subject: `${service}.health.get`,
    description: "How the service does: ready or why not, version, uptime, memory and its jobs.",
    input: Empty,
    output: ServiceHealth,
  });
}
