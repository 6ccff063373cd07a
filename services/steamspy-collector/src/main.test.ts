import { expect, test } from "bun:test";
import { request } from "@tracker/bus";
import { startTestServer } from "@tracker/bus/test-server";
import { getCollectorStatus, getServiceHealth } from "@tracker/contracts";
import { ConfigError } from "@tracker/service";
import { runSteamspyCollector } from "./main.ts";

test("it is found on the bus, tells its quotas, and stops when it is asked to", async () => {
  await using server = await startTestServer();
  await using api = await server.connect("api");
  const host = server.host();
  const running = runSteamspyCollector(host);
  const report = () => host.health.report().services["steamspy-collector"];
  while (report()?.ready !== true) await Bun.sleep(10);

  const found = await request(api, getServiceHealth("steamspy-collector"), {});
  const status = await request(api, getCollectorStatus, {});
  const ready = report();
  host.stop();
  await running;

  expect(found.ready).toBeTrue();
  expect(ready?.detail).toBe("no Steam API key: the list of apps is not asked for");
  expect(status).toMatchObject({ configured: false, job_id: null, sources: [] });
  const limits = Object.fromEntries(
    status.quotas.map(({ api, windows }) => [
      api,
      windows.map(({ limit, window_ms }) => `${limit}/${window_ms / 1_000} s`).join(", "),
    ]),
  );
  expect(limits).toEqual({
    "steam-web-api": "100000/86400 s",
    "steam-store": "200/300 s",
    "steamspy-details": "60/60 s, 1/1 s",
    "steamspy-all": "1/60 s",
  });
});

test("wrong configuration names every wrong variable at once, and no value", async () => {
  await using server = await startTestServer();
  const env = { MAX_WORKERS: "0", BATCH_SIZE: "10000", STEAMSPY_API_LIMIT: "plenty" };

  const error = await runSteamspyCollector(server.host(env)).catch((error: unknown) => error);

  expect(error).toBeInstanceOf(ConfigError);
  const text = String(error);
  for (const name of Object.keys(env)) expect(text).toContain(`${name}: expected`);
  expect(text).not.toContain("plenty");
});
