import type { Data, Fact } from "@tracker/contracts";
import { wait } from "@tracker/service";
import { encode } from "./codec.ts";
import type { Bus } from "./connect.ts";
import { headersWithTrace } from "./trace-header.ts";

const PUBLISH_TIMEOUT_MS = 2_000;
const RETRY_MS_MAX = 5_000;

/**
 * Hands a message to its stream and returns once the server has it on disk. `id` makes a repetition within the stream's
 * window harmless. One try; throws when the server did not confirm it, which leaves open whether it has it.
 */
export async function publish(
  bus: Bus,
  subject: string,
  body: Uint8Array,
  id: string,
): Promise<void> {
  await bus.jetstream.publish(subject, body, {
    msgID: id,
    headers: headersWithTrace(),
    timeout: PUBLISH_TIMEOUT_MS,
  });
}

/** Publishes a fact, trying until the stream has it or the signal is aborted; answers whether it has it. */
export async function publishFact<F extends Fact>(
  bus: Bus,
  fact: F,
  data: Data<F> & { id: string },
  signal: AbortSignal,
): Promise<boolean> {
  const body = encode(data);
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      await publish(bus, fact.subject, body, data.id);
      return true;
    } catch (error) {
      if (attempt % 20 === 1)
        bus.log.warn("nats: a fact waits to be published", {
          subject: fact.subject,
          error,
        });
      await wait(Math.min(RETRY_MS_MAX, 200 * 2 ** Math.min(attempt, 5)), signal);
    }
  }
  return false;
}
