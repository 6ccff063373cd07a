import { EVENTS_STREAM } from "@tracker/contracts";
import { wait } from "@tracker/service";
import { type ConsumerMessages, DeliverPolicy } from "nats";
import { decode } from "./codec.ts";
import { Type } from "@sinclair/typebox";
import type { Bus } from "./connect.ts";

/** An event as a subscriber sees it; `sequence` is its place in the stream, to resume after. */
export interface ReceivedEvent {
  readonly subject: string;
  readonly sequence: number;
  readonly data: unknown;
}

const Anything = Type.Unknown();

/**
 * Reads events from the stream, those after `after` first (null: only new ones), until the signal is aborted. Uses an
 * ordered consumer: nothing to acknowledge, nothing left behind on the server, resumes by itself after lost connections.
 */
export async function subscribeEvents(
  bus: Bus,
  { filter = "events.>", after = null }: { filter?: string; after?: number | null },
  receive: (event: ReceivedEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  let last = after;
  while (!signal.aborted) {
    try {
      const consumer = await bus.jetstream.consumers.get(EVENTS_STREAM, {
        filterSubjects: filter,
        ...(last === null
          ? { deliver_policy: DeliverPolicy.New }
          : {
              deliver_policy: DeliverPolicy.StartSequence,
              opt_start_seq: last + 1,
            }),
      });
      const messages: ConsumerMessages = await consumer.consume({
        max_messages: 100,
      });
      const stop = () => messages.stop();
      signal.addEventListener("abort", stop, { once: true });
      for await (const message of messages) {
        last = message.seq;
        receive({
          subject: message.subject,
          sequence: message.seq,
          data: decode(Anything, message.data),
        });
      }
      signal.removeEventListener("abort", stop);
    } catch (error) {
      bus.log.debug("nats: events are not there yet", { error });
    }
    await wait(500, signal);
  }
}
