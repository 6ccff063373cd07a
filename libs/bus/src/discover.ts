import { RequestStrategy } from "nats";
import type { Bus } from "./connect.ts";

/** A service that answered a ping on the NATS services protocol. */
export interface FoundService {
  readonly name: string;
  readonly version: string;
}

const WAIT_MS_MAX = 500;
/** After the first answer the rest follow within a few milliseconds; a silence this long ends the listening. */
const SILENCE_MS = 60;

/** Asks who is there, as `nats micro ls` does; a service that runs twice is named once. Empty when nobody answers. */
export async function discoverServices(bus: Bus): Promise<FoundService[]> {
  const client = bus.nats.services.client({
    strategy: RequestStrategy.JitterTimer,
    maxWait: WAIT_MS_MAX,
    jitter: SILENCE_MS,
  });
  const found = new Map<string, FoundService>();
  try {
    for await (const { name, version } of await client.ping()) found.set(name, { name, version });
  } catch (error) {
    bus.log.debug("nats: nobody answered the ping", { error });
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}
