/** The REST API and the web UI. It asks the store and keeps no history itself. */
import { busOptions, connectBus, ownHealth, serve, subscribeEvents } from "@tracker/bus";
import { findPlaying, getPresence } from "@tracker/contracts";
import { type Environment, type Host, parseEnv } from "@tracker/service";
import { accessOf } from "./access.ts";
import { readAdminPassword } from "./admin-password.ts";
import { createApp, routeInputs } from "./app.ts";
import { watchBus } from "./bus-watch.ts";
import { Config } from "./config.ts";
import { Doorkeeper } from "./doorkeeper.ts";
import { createEdge } from "./edge.ts";
import { EventHub } from "./event-hub.ts";
import { LoginThrottle } from "./login-throttle.ts";
import { PlayingNow } from "./playing-now.ts";
import { PlayingStream } from "./playing-stream.ts";
import { askOver } from "./question.ts";
import { assertPortFree, listen } from "./server.ts";
import { ServiceRoll } from "./service-roll.ts";
import { webAssets } from "./web-assets.ts";
import { WebhookDeliverer } from "./webhook-deliverer.ts";

/** How long the public answer waits for one side before it goes on without it. */
const PLAYING = { attempts: 1, timeoutMs: 2_000 };

/** Reads the configuration before anything is started; whether its port is free belongs to it. */
export function readConfig(env: Environment): Config {
  const config = parseEnv(Config, env);
  assertPortFree({ hostname: config.HOST, port: config.PORT });
  return config;
}

export async function runApi(host: Host): Promise<void> {
  const config = readConfig(host.env);
  const log = host.log("api");
  const { HOST: hostname, PORT: port, TRUST_PROXY: trustProxy } = config;
  const password = await readAdminPassword({
    password: config.ADMIN_PASSWORD,
    dataDir: config.DATA_DIR,
    print: (text) => void process.stdout.write(text),
  });

  await webAssets(); // Built before anyone can ask for it.
  await using bus = await connectBus(busOptions(host, "api"));
  await using _found = await serve(bus, "The REST API", []);
  const { health, version } = host;
  const ask = askOver(bus);
  const doorkeeper = new Doorkeeper(ask, password.loginKey);
  const playing = new PlayingNow({
    presence: () => ask(getPresence, {}, PLAYING),
    find: (among) => ask(findPlaying, among, PLAYING),
    now: () => Date.now(),
  });
  await using playingStream = new PlayingStream(() => playing.get());
  const roll = new ServiceRoll(ask, () => ownHealth(bus, health));
  const { DATA_DIR: dataDir, WEBHOOK_PRIVATE_NETWORKS: mayBePrivate } = config;
  await using webhooks = new WebhookDeliverer({ ask, dataDir, mayBePrivate, log });
  await using hub = new EventHub(
    (...wish) => subscribeEvents(bus, ...wish),
    {},
    () => webhooks.ring(),
  );
  const throttle = new LoginThrottle();
  const access = accessOf(config);
  const parts = {
    ask,
    roll,
    doorkeeper,
    hub,
    playing,
    playingStream,
    access,
    throttle,
    password,
    dataDir,
    mayBePrivate,
    health,
    version,
  };
  const app = createApp({ ...parts, log });
  const handle = (request: Request) => app.handle(request);
  const edge = createEdge({ handle, inputs: routeInputs(app), doorkeeper, access, log });
  await using server = listen(edge, { hostname, port, trustProxy });
  using _health = health.register({
    name: "api",
    ready: () => bus.connected,
    detail: () => (bus.connected ? undefined : "the bus is not reachable"),
  });
  log.info("listening", { url: server.url.href });
  const stopped = host.stopped.then(() => {
    hub.end();
    playingStream.end();
  });
  const watching = watchBus(() => bus.connected, hub, host.signal);
  await Promise.all([stopped, roll.keepCalling(host.signal), watching]);
}
