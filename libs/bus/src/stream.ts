import {
  EVENTS_STREAM,
  FACTS_CONSUMER,
  FACTS_STREAM,
  JOB_KIND_NAMES,
  JOB_SUBJECT_PREFIX,
  JOBS_STREAM,
} from "@tracker/contracts";
import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  nanos,
  NatsError,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from "nats";
import type { Bus } from "./connect.ts";

const DAY_MS = 86_400_000;
const MIB = 1024 * 1024;

type StreamWish = Partial<StreamConfig> & Pick<StreamConfig, "name" | "subjects" | "max_bytes">;
type ConsumerWish = Partial<ConsumerConfig> & { durable_name: string };

const STREAMS: readonly StreamWish[] = [
  {
    name: FACTS_STREAM,
    subjects: ["facts.>"],
    retention: RetentionPolicy.Workqueue,
    // A full stream refuses new facts, and the sender keeps them; it never drops old ones silently.
    discard: DiscardPolicy.New,
    max_bytes: 256 * MIB,
    duplicate_window: nanos(120_000),
  },
  {
    name: JOBS_STREAM,
    subjects: [`${JOB_SUBJECT_PREFIX}>`],
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.Old,
    max_bytes: 16 * MIB,
    duplicate_window: nanos(5_000),
  },
  {
    name: EVENTS_STREAM,
    subjects: ["events.>"],
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: nanos(7 * DAY_MS),
    max_bytes: 128 * MIB,
    duplicate_window: nanos(120_000),
    deny_delete: true,
    deny_purge: true,
  },
];

/**
 * One fact at a time: were more handed out, those that a killed store had not acknowledged would come back after newer
 * ones, and a look at presence that comes after its successor tells nothing any more.
 */
const FACTS_CONSUMER_WISH: ConsumerWish = {
  durable_name: FACTS_CONSUMER,
  ack_policy: AckPolicy.Explicit,
  // How long a killed store's fact, and all behind it, waits for the next store.
  ack_wait: nanos(3_000),
  max_ack_pending: 1,
  deliver_policy: DeliverPolicy.All,
};

function jobConsumer(kind: string): ConsumerWish {
  return {
    durable_name: kind,
    filter_subject: `${JOB_SUBJECT_PREFIX}${kind}`,
    ack_policy: AckPolicy.Explicit,
    // A worker says every 5 s that it is at work; one that was killed is replaced this soon.
    ack_wait: nanos(12_000),
    max_ack_pending: 4,
    deliver_policy: DeliverPolicy.All,
  };
}

/**
 * Makes the streams and consumers that the conversations rest on, or brings them up to date. A server that is too old
 * ignores what it does not know without a word, so what it echoes is compared with what was asked.
 */
export async function provisionStreams(bus: Bus): Promise<void> {
  for (const wish of STREAMS) await provisionStream(bus, wish);
  await provisionConsumer(bus, FACTS_STREAM, FACTS_CONSUMER_WISH);
  for (const kind of JOB_KIND_NAMES) await provisionConsumer(bus, JOBS_STREAM, jobConsumer(kind));
}

/** Makes or updates one stream and checks the echo. Also used for the quota windows. */
export async function provisionStream(bus: Bus, wish: StreamWish): Promise<void> {
  const config = { storage: StorageType.File, num_replicas: 1, ...wish };
  const info = await bus.manager.streams.add(config).catch((error: unknown) => {
    if (!isNameTaken(error)) throw error;
    return bus.manager.streams.update(config.name, config);
  });
  assertEchoed(`stream ${wish.name}`, config, { ...info.config });
}

async function provisionConsumer(bus: Bus, stream: string, wish: ConsumerWish): Promise<void> {
  const info = await bus.manager.consumers
    .add(stream, wish)
    .catch(() => bus.manager.consumers.update(stream, wish.durable_name, wish));
  assertEchoed(`consumer ${stream}/${wish.durable_name}`, wish, {
    ...info.config,
  });
}

const STREAM_NAME_IN_USE = 10_058;

function isNameTaken(error: unknown): boolean {
  return error instanceof NatsError && error.api_error?.err_code === STREAM_NAME_IN_USE;
}

function assertEchoed(what: string, wish: object, echoed: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(wish)) {
    if (JSON.stringify(echoed[key]) === JSON.stringify(value)) continue;
    throw new Error(
      `nats: ${what}: the server did not take ${key} (expected ${JSON.stringify(value)}, got ${JSON.stringify(echoed[key])}); nats-server 2.12 or newer is needed`,
    );
  }
}
