/** Watches the followed Steam account: samples its library, looks at its presence, tells both as facts. */
import { answer, busOptions, connectBus, serve, workOn } from "@tracker/bus";
import { checkAccount, getPollerStatus, getPresence } from "@tracker/contracts";
import { createLimiter } from "@tracker/limiter";
import { type Host, systemClock } from "@tracker/service";
import type { KnownAccount } from "@tracker/steam";
import { checkSteamAccount } from "./account-check.ts";
import { followWhoIsSetUp } from "./account-watch.ts";
import { readConfig } from "./config.ts";
import { FactQueue } from "./fact-queue.ts";
import { createPoller } from "./poller.ts";
import { publishOutgoing } from "./publication.ts";
import { quotaStatus } from "./quota-status.ts";

export { readConfig };

const NAME = "steam-poller";

export async function runSteamPoller(host: Host): Promise<void> {
  const config = readConfig(host.env);
  const { health, signal } = host;
  const log = host.log(NAME);

  using _starting = host.starting(NAME);
  await using bus = await connectBus(busOptions(host, NAME));
  await using limiter = await createLimiter(bus, config.quotas, { signal });
  await using facts = new FactQueue({ publish: publishOutgoing(bus), log });
  const quotas = quotaStatus(limiter, log);
  const reachable = () => bus.connected;
  const common = { config, permits: limiter, quotas, reachable, facts, log, clock: systemClock };
  let poller = createPoller({ ...common, known: config.account(), signal });
  let startupDelayMs = config.startupDelayMs;
  const follow = (known: KnownAccount, until: AbortSignal) => {
    const now = { ...config, startupDelayMs };
    poller = createPoller({ ...common, config: now, known, signal: until });
    startupDelayMs = 0; // Whoever has just set up an account waits for it.
    return poller.run();
  };
  await using _service = await serve(bus, "Samples a Steam account.", [
    answer(getPresence, () => poller.presence()),
    answer(getPollerStatus, () => poller.status()),
    answer(checkAccount, (input) => checkSteamAccount({ ...common, signal }, input)),
  ]);
  using _health = health.register({ name: NAME, ready: reachable, detail: () => poller.detail });

  log.info("ready");
  const working = workOn(bus, "poll", (work) => poller.poll(work), signal);
  const following = followWhoIsSetUp(() => config.account(), follow, signal);
  await Promise.all([host.stopped, following, working]);
}
