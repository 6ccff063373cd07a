/** Imports from Steam; in this version there is no such work yet, so it only takes its place on the bus. */
import { busOptions, connectBus, serve } from "@tracker/bus";
import type { Host } from "@tracker/service";

const NAME = "importer";

export async function runImporter(host: Host): Promise<void> {
  using _starting = host.health.register({
    name: NAME,
    ready: () => false,
    detail: () => "waiting for NATS",
  });
  await using bus = await connectBus(busOptions(host, NAME));
  await using _service = await serve(bus, "Imports from Steam.", []);
  using _health = host.health.register({
    name: NAME,
    ready: () => bus.connected,
    detail: () => "no kind of work yet in this version",
  });

  host.log(NAME).info("ready");
  await host.stopped;
}
