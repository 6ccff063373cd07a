import { EVENTS_STREAM } from "@tracker/contracts";
import { wait } from "@tracker/service";
import { type ConsumerMessages, DeliverPolicy, type JsMsg, type StreamState } from "nats";
import { decode } from "./codec.ts";
import { Type } from "@sinclair/typebox";
import type { Bus } from "./connect.ts";

/** An event as a subscriber sees it; `sequence` is its place in the stream, to resume after. */
export interface ReceivedEvent {
  readonly subject: string;
  readonly sequence: number;
  readonly data: unknown;
}

export interface EventsOptions {
  readonly filter?: string;
  /** The sequence after which to start; null or absent: only what is new from now on. */
  readonly after?: number | null;
  /** Called once, when everything that was in the stream at the start has been received. */
  readonly caughtUp?: () => void;
  /**
   * Called where the stream does not hold what follows `after`: it was lost or replaced and has not come that far, or what came
   * next was too old to be kept. Told is the place after which it goes on.
   */
  readonly missed?: (after: number) => void;
}

const Anything = Type.Unknown();
const RETRY_MS = 500;

/**
 * Reads events from the stream until the signal is aborted. Uses an ordered consumer: nothing to acknowledge, nothing
 * left behind on the server. A receiver that answers a promise is waited for; an event that it cannot take is logged and
 * left out, so that one bad event does not hold up all that come after it. The place in the stream is fixed at the
 * start, so that an event published while the connection is lost is not missed, even when it would have been the first.
 */
export async function subscribeEvents(
  bus: Bus,
  { filter = "events.>", after = null, caughtUp = () => {}, missed = () => {} }: EventsOptions,
  receive: (event: ReceivedEvent) => void | Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let last = after;
  let told = false;
  const tell = () => {
    if (!told) caughtUp();
    told = true;
  };
  while (!signal.aborted) {
    try {
      const { state } = await bus.manager.streams.info(EVENTS_STREAM);
      const place = placeIn(state, last);
      if (last !== null && last > 0 && place !== last) missed(place);
      last = place;
      const consumer = await bus.jetstream.consumers.get(EVENTS_STREAM, {
        filterSubjects: filter,
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: last + 1,
      });
      // Without the flag a missing stream is waited for inside the client, deaf to our signal.
      const messages = await consumer.consume({
        max_messages: 100,
        abort_on_missing_resource: true,
      });
      if ((await consumer.info(true)).num_pending === 0) tell();
      for await (const message of untilAborted(messages, signal)) {
        last = message.seq;
        await receiveOne(bus, message, receive);
        if (message.info.pending === 0) tell();
      }
    } catch (error) {
      bus.log.debug("nats: events are not there yet", { error });
    }
    await wait(RETRY_MS, signal);
  }
}

/** The place nearest to the wanted one after which the stream still has everything; null is its end. */
function placeIn({ first_seq: first, last_seq: end }: StreamState, wanted: number | null): number {
  if (wanted === null || wanted > end) return end;
  return Math.max(wanted, first - 1);
}

/** The messages until the signal is aborted; its listener goes with them, however they end. */
async function* untilAborted(
  messages: ConsumerMessages,
  signal: AbortSignal,
): AsyncGenerator<JsMsg> {
  const stop = () => messages.stop();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    yield* messages;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function receiveOne(
  bus: Bus,
  message: JsMsg,
  receive: (event: ReceivedEvent) => void | Promise<void>,
): Promise<void> {
  const { subject, seq: sequence } = message;
  try {
    await receive({ subject, sequence, data: decode(Anything, message.data) });
  } catch (error) {
    bus.log.error("an event could not be received; going on without it", {
      subject,
      sequence,
      error,
    });
  }
}
