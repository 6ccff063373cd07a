import { expect, test } from "bun:test";
import { type ServiceHealth, ServiceError } from "@tracker/contracts";
import type { Ask } from "./question.ts";
import { ServiceRoll } from "./service-roll.ts";

const HEALTH: ServiceHealth = {
  version: "1.2.3",
  ready: true,
  detail: null,
  process: "a1",
  uptime_seconds: 60,
  memory_bytes: 50_000_000,
  jobs: [{ id: 7, kind: "import" }],
};

// Six containers on a small droplet: which of them is gone, and since when, is what its owner wants to know first.
test("a service that answers is told with its memory and jobs, and one that stops is missing since it was seen last", async () => {
  const here = new Set(["importer.health.get", "store.health.get"]);
  const ask = (({ subject }: { subject: string }) =>
    here.has(subject)
      ? Promise.resolve({ ...HEALTH, ready: subject.startsWith("importer") })
      : Promise.reject(new ServiceError("UNAVAILABLE", "does not answer"))) as Ask;
  const before = Date.now();
  const roll = new ServiceRoll(ask, () => HEALTH);

  const first = await roll.call();
  const seen = Date.now();
  here.delete("importer.health.get");
  const second = await roll.call();

  const named = (services: typeof first, name: string) =>
    services.find((service) => service.name === name);
  const { version, ready: _ready, ...health } = HEALTH;
  expect(first).toHaveLength(6);
  expect(named(first, "importer")).toEqual({
    name: "importer",
    state: "ready",
    version,
    missing_since: null,
    health,
  });
  expect(named(first, "store")?.state).toBe("not_ready");
  expect(named(first, "api")?.state).toBe("ready");
  expect(named(first, "scheduler")).toMatchObject({
    state: "missing",
    version: null,
    health: null,
  });
  const gone = named(second, "importer");
  expect(gone).toMatchObject({ state: "missing", version: "1.2.3", health: null });
  const since = Date.parse(gone?.missing_since ?? "");
  expect(since).toBeGreaterThanOrEqual(before);
  expect(since).toBeLessThanOrEqual(seen);
});
