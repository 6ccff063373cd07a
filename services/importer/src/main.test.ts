import { expect, test } from "bun:test";
import { request } from "@tracker/bus";
import { startTestServer } from "@tracker/bus/test-server";
import { getServiceHealth } from "@tracker/contracts";
import { runImporter } from "./main.ts";

test("it is found on the bus, says that nobody is configured, and stops when it is asked to", async () => {
  await using server = await startTestServer();
  await using api = await server.connect("api");
  const host = server.host();
  const running = runImporter(host);
  const report = () => host.health.report().services["importer"];
  while (report()?.ready !== true) await Bun.sleep(10);

  const found = await request(api, getServiceHealth("importer"), {});
  const ready = report();
  host.stop();
  await running;

  expect(found.ready).toBeTrue();
  expect(ready).toEqual({
    ready: true,
    detail: "no Steam account is set up: there is nothing to import",
  });
});
