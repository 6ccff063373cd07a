import { expect, test } from "bun:test";
import { answer } from "@tracker/bus";
import { describeSchedules, SCHEDULES_EXAMPLE } from "@tracker/contracts";
import type { ServiceState } from "./service-roll.ts";
import { startSystem } from "./test-system.ts";

test("the schedules are told as the scheduler has them, and without it that it does not answer", async () => {
  await using system = await startSystem();
  const token = system.token("read");
  const without = await system.fetch("/api/schedules", { token });
  await using _scheduler = await system.answerAs("scheduler", [
    answer(describeSchedules, () => SCHEDULES_EXAMPLE),
  ]);

  const answered = await system.fetch("/api/schedules", { token });
  const status = await system.fetch("/api/status", { token });

  expect(without.status).toBe(503);
  expect(await answered.json()).toEqual(SCHEDULES_EXAMPLE);
  const { services }: { services: ServiceState[] } = JSON.parse(await status.text());
  const states = Object.fromEntries(services.map(({ name, state }) => [name, state]));
  // What answers here is a part of a test, which never says that it is ready.
  expect(states).toMatchObject({ api: "ready", scheduler: "not_ready", importer: "missing" });
  const api = services.find(({ name }) => name === "api");
  expect(api?.health?.memory_bytes).toBeGreaterThan(10_000_000);
}, 20_000);
