import { expect, test } from "bun:test";
import { discoverServices } from "@tracker/bus";
import { startTestServer } from "@tracker/bus/test-server";
import { runSteamspyCollector } from "./main.ts";

test("it is found on the bus, says that it has no work yet, and stops when it is asked to", async () => {
  await using server = await startTestServer();
  await using api = await server.connect("api");
  const host = server.host();
  const running = runSteamspyCollector(host);
  const report = () => host.health.report().services["steamspy-collector"];
  while (report()?.ready !== true) await Bun.sleep(10);

  const found = await discoverServices(api);
  const ready = report();
  host.stop();
  await running;

  expect(found.map(({ name }) => name)).toEqual(["steamspy-collector"]);
  expect(ready).toEqual({ ready: true, detail: "no kind of work yet in this version" });
});
