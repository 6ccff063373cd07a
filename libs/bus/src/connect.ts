import type { Job } from "@tracker/contracts";
import { errorCode, type Health, type Log, wait } from "@tracker/service";
import {
  type Authenticator,
  connect,
  Events,
  type JetStreamClient,
  type JetStreamManager,
  type NatsConnection,
  nkeyAuthenticator,
} from "nats";

/** A connection to the bus, and what libs/bus itself needs of it. Services pass it on and look no further. */
export interface Bus extends AsyncDisposable {
  readonly name: string;
  readonly version: string;
  readonly log: Log;
  readonly nats: NatsConnection;
  readonly jetstream: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly connected: boolean;
  /** How the process does; null where the connection is a person's. */
  readonly health: Health | null;
  /** The jobs at work over this connection just now; see `workOn`. */
  readonly jobs: Map<number, Job["kind"]>;
  /** Resolves once the server has handled everything sent so far, subscriptions included. */
  flush(): Promise<void>;
}

export interface BusOptions {
  readonly url: string;
  /** The service's name; also the user's, and the prefix of its inboxes. */
  readonly name: string;
  readonly version: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** What the service tells of itself when it is asked; nothing unless given. */
  readonly health?: Health;
  /** The nkey seed of the service's user, where the server asks for one. Never logged. */
  readonly seed?: Uint8Array | undefined;
  /** Where replies come; the user's own prefix unless said otherwise. */
  readonly inboxPrefix?: string;
}

const CONNECT_TIMEOUT_MS = 2_000;
const RETRY_MS = 1_000;

/**
 * Connects, trying for ever, as the server may start after us; says once a minute what is missing. From then on the
 * client reconnects for ever too. Disposing drains: what was received is handled and what was published is sent.
 */
export async function connectBus(options: BusOptions): Promise<Bus> {
  const { name, version, log, health = null } = options;
  const nats = await dial(options);
  let connected = true;
  // Not awaited anywhere: the client never ends this iteration, not even when it is closed.
  void watchStatus(nats, log, (up) => {
    connected = up;
  });
  return {
    name,
    version,
    log,
    health,
    jobs: new Map(),
    nats,
    jetstream: nats.jetstream({ timeout: 5_000 }),
    manager: await nats.jetstreamManager({ checkAPI: false, timeout: 5_000 }),
    get connected() {
      return connected;
    },
    flush: () => nats.flush(),
    async [Symbol.asyncDispose]() {
      // A drain waits for the server; without one there is nothing to wait for.
      if (connected) await Promise.race([nats.drain(), wait(3_000)]);
      await nats.close();
    },
  };
}

async function dial(options: BusOptions): Promise<NatsConnection> {
  const { log, signal } = options;
  for (let attempt = 0; ; attempt++) {
    try {
      return await connect(connectOptions(options));
    } catch (error) {
      if (signal.aborted) throw error;
      if (attempt % 60 === 3) {
        const code = errorCode(error) || "unknown";
        log.warn(
          `nats: cannot connect (${code}); is the server of NATS_URL running and the user known to it? trying on`,
        );
      }
      await wait(attempt < 3 ? 200 : RETRY_MS, signal);
      if (signal.aborted) throw error;
    }
  }
}

function connectOptions({ url, name, seed, inboxPrefix = `_INBOX_${name}` }: BusOptions) {
  const { servers, user, pass } = splitUrl(url);
  const authenticator: Authenticator | undefined = seed && nkeyAuthenticator(seed);
  return {
    servers,
    name,
    timeout: CONNECT_TIMEOUT_MS,
    // Inboxes of our own: the server lets each user subscribe to its own replies only.
    inboxPrefix,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    pingInterval: 20_000,
    maxPingOut: 2,
    ...(authenticator === undefined ? {} : { authenticator }),
    ...(user === undefined ? {} : { user, pass: pass ?? "" }),
  };
}

/** The client takes user and password apart from the address, so that no address of ours ever shows them. */
function splitUrl(url: string): {
  servers: string;
  user?: string;
  pass?: string;
} {
  const parsed = new URL(url.includes("://") ? url : `nats://${url}`);
  const servers = `${parsed.hostname}:${parsed.port || "4222"}`;
  if (parsed.username === "") return { servers };
  return {
    servers,
    user: decodeURIComponent(parsed.username),
    pass: decodeURIComponent(parsed.password),
  };
}

async function watchStatus(
  nats: NatsConnection,
  log: Log,
  onChange: (up: boolean) => void,
): Promise<void> {
  for await (const status of nats.status()) {
    if (status.type === Events.Disconnect) {
      onChange(false);
      log.warn("nats: connection lost; reconnecting");
    } else if (status.type === Events.Reconnect) {
      onChange(true);
      log.info("nats: connected again");
    } else if (status.type === Events.Error) {
      log.warn("nats: the server refused something", {
        reason: JSON.stringify(status.data),
      });
    }
  }
}
