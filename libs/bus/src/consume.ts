import { wait } from "@tracker/service";
import type { Consumer, ConsumerMessages, JsMsg } from "nats";
import type { Bus } from "./connect.ts";
import { inTraceOf } from "./trace-header.ts";

/** A message of a stream, as a handler sees it. */
export interface Delivery {
  readonly subject: string;
  readonly body: Uint8Array;
  /** 1 at the first try. */
  readonly attempt: number;
  /** Tells the server that the work goes on, so that it does not hand the message to another. */
  working(): void;
}

const RETRY_MS = 500;
/** Below the shortest ack_wait, so that a message that is being tried again stays ours. */
const RETRY_MS_MAX = 1_500;

/**
 * Takes the messages of a durable consumer one by one and in order: a message is acknowledged after `handle` resolves,
 * and while it rejects it is tried again before the next is looked at, so that order is kept through any trouble.
 * Runs until the signal is aborted, through lost connections and a consumer that is not there yet.
 */
export async function consume(
  bus: Bus,
  source: {
    readonly stream: string;
    readonly consumer: string;
    readonly batch: number;
  },
  handle: (delivery: Delivery) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const consumer = await bus.jetstream.consumers.get(source.stream, source.consumer);
      await drainConsumer(bus, consumer, source.batch, handle, signal);
    } catch (error) {
      if (signal.aborted) return;
      bus.log.debug("nats: a consumer is not there yet", {
        stream: source.stream,
        consumer: source.consumer,
        error,
      });
    }
    await wait(RETRY_MS, signal);
  }
}

async function drainConsumer(
  bus: Bus,
  consumer: Consumer,
  batch: number,
  handle: (delivery: Delivery) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const messages: ConsumerMessages = await consumer.consume({
    max_messages: batch,
  });
  // Leaving the loop with break and close() hangs in this client; stop() ends the iteration.
  const stop = () => messages.stop();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const message of messages) {
      if (signal.aborted) continue; // Left unacknowledged: the server hands it out again.
      await handleInPlace(bus, message, handle, signal);
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function handleInPlace(
  bus: Bus,
  message: JsMsg,
  handle: (delivery: Delivery) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    const delivery: Delivery = {
      subject: message.subject,
      body: message.data,
      attempt: failures + 1,
      working: () => message.working(),
    };
    try {
      await inTraceOf(message, () => handle(delivery));
      message.ack();
      return;
    } catch (error) {
      // Stopping: the unfinished message is redelivered after the next start; not an error.
      if (signal.aborted) {
        bus.log.info("stopping: the rest is left for the next start", { subject: message.subject });
        break;
      }
      bus.log.error("a message could not be handled; trying again", {
        subject: message.subject,
        failures,
        error,
      });
      message.working();
      await wait(Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** failures), signal);
    }
  }
  // Stopping: whoever comes next need not wait until the server gives us up.
  message.nak();
}
