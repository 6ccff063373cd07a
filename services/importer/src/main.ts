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
  const { steam: account, quotas, apiUrl, retryAttempts } = readConfig(host.env);
  const { signal } = host;
  const log = host.log(NAME);

  const detail = () => "waiting for NATS";
  using _starting = host.health.register({ name: NAME, ready: () => false, detail });
  await using bus = await connectBus(busOptions(host, NAME));
  await using limiter = await createLimiter(bus, quotas, { signal });
  const permits = spacedPermits(limiter, quotas, systemClock);
  const key = account?.key ?? "";
  const steam = createSteamClient({ apiUrl, key, permits, retryAttempts });
  await using _service = await serve(bus, "Imports from Steam.", []);
  using _health = host.health.register({
    name: NAME,
    ready: () => bus.connected,
    detail: () => (account === null ? NOT_CONFIGURED : undefined),
  });

  const context = { bus, steam, account: account?.id ?? null, clock: systemClock, log };
  log.info("ready");
  await Promise.all([
    host.stopped,
    workOn(bus, "import", (work) => importLibrary(work, context), signal),
    workOn(bus, "history", (work) => importHistory(work, context), signal),
  ]);
}
