/** Collects the Steam catalogue: the list of apps, bulk facts and details, each within its quota. */
import { answer, busOptions, connectBus, serve, workOn } from "@tracker/bus";
import { getCollectorStatus } from "@tracker/contracts";
import { createLimiter } from "@tracker/limiter";
import { type Host, systemClock } from "@tracker/service";
import { createCollector } from "./collector.ts";
import { readConfig } from "./config.ts";

export { type Collector, createCollector } from "./collector.ts";
export { readConfig } from "./config.ts";

const NAME = "steamspy-collector";

export async function runSteamspyCollector(host: Host): Promise<void> {
  const config = readConfig(host.env);
  const { health, signal } = host;
  const log = host.log(NAME);

  using _starting = host.starting(NAME);
  await using bus = await connectBus(busOptions(host, NAME));
  await using limiter = await createLimiter(bus, config.quotas, { signal });
  const collector = createCollector({ config, bus, permits: limiter, clock: systemClock, log });
  await using _service = await serve(bus, "Collects the Steam catalogue.", [
    answer(getCollectorStatus, async () => collector.status(await limiter.usage().catch(() => []))),
  ]);
  using _health = health.register({
    name: NAME,
    ready: () => bus.connected,
    detail: () => collector.detail,
  });

  log.info("ready");
  await Promise.all([host.stopped, workOn(bus, "crawl", (work) => collector.crawl(work), signal)]);
}
