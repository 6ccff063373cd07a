/** Imports from Steam: the library's achievements and covers, and what was played before tracking. */
import { busOptions, connectBus, serve, workOn } from "@tracker/bus";
import { createLimiter } from "@tracker/limiter";
import { type Host, systemClock } from "@tracker/service";
import { createSteamClient } from "@tracker/steam";
import { NOT_CONFIGURED, readConfig } from "./config.ts";
import { importHistory } from "./history.ts";
import { importLibrary } from "./import-job.ts";
import { spacedPermits } from "./spaced-permits.ts";

export { readConfig };

const NAME = "importer";

export async function runImporter(host: Host): Promise<void> {
  const config = readConfig(host.env);
  const { signal } = host;
  const log = host.log(NAME);

  using _starting = host.starting(NAME);
  await using bus = await connectBus(busOptions(host, NAME));
  await using limiter = await createLimiter(bus, config.quotas, { signal });
  const permits = spacedPermits(limiter, config.quotas, systemClock);
  await using _service = await serve(bus, "Imports from Steam.", []);
  using _health = host.health.register({
    name: NAME,
    ready: () => bus.connected,
    detail: () => (config.account() === null ? NOT_CONFIGURED : undefined),
  });

  const context = () => {
    const account = config.account();
    const { apiUrl, retryAttempts } = config;
    const key = account?.steam_api_key ?? "";
    const steam = createSteamClient({ apiUrl, key, permits, retryAttempts });
    return { bus, steam, account: account?.steam_id ?? null, clock: systemClock, log };
  };
  log.info("ready");
  await Promise.all([
    host.stopped,
    workOn(bus, "import", (work) => importLibrary(work, context()), signal),
    workOn(bus, "history", (work) => importHistory(work, context()), signal),
  ]);
}
