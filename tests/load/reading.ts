import { wait } from "@tracker/service";
import { memoryOf } from "../process-memory.ts";
import { until } from "../service-process.ts";
import { BACKLOG_BYTES, Publisher } from "./publisher.ts";
import { startReaders } from "./reader-process.ts";
import type { ReaderReport } from "./readers.ts";
import { openStuckReader } from "./stuck-reader.ts";
import type { LoadedSystem } from "./system.ts";

export interface ReadingOptions {
  readonly readers: number;
  /** How many of them are cut off for all of the time. */
  readonly cut: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
}

export interface ReadingMeasure {
  readonly events: number;
  /** While some were cut off, and after they came back. */
  readonly without: ReaderReport;
  readonly all: ReaderReport;
  /** What the api process had in memory before the first reader, and at most while they read. */
  readonly memoryMib: { readonly before: number; readonly peak: number };
  /** Of what the reader that never read had asked for, that which was on its way when its line was ended; 1 when it was not ended yet. */
  readonly stuckShare: number;
}

const ARRIVAL_MS_MAX = 60_000;
/** Publishes events to readers of which one never reads and some are away, and answers what the others got, and when. */
export async function readEvents(
  { bus, url, tracker, api }: LoadedSystem,
  options: ReadingOptions,
): Promise<ReadingMeasure> {
  const address = `${url}/api/events`;
  const made = await tracker.send<{ token: string }>("POST", "/api/tokens", {
    name: "a reader",
    scopes: ["read"],
  });
  const events = new Publisher(bus);
  await events.publishBacklog();
  const before = memoryOf(api.pid).nowMib;
  using stuck = openStuckReader(address, made.token, BACKLOG_BYTES);
  await using readers = startReaders();
  await readers.tell({ do: "open", url: address, token: made.token, readers: options.readers });
  const haveAll = (open: number) => async () => {
    const { reached, open: opened } = await readers.tell({ do: "look" });
    return opened === open && reached === events.published;
  };

  await events.publish();
  await until("the first event", ARRIVAL_MS_MAX, haveAll(options.readers));
  await readers.tell({ do: "cut", readers: options.cut });
  const { signal } = new AbortController();
  const count = options.seconds * options.eventsPerSecond;
  const startedAt = performance.now();
  for (let number = 1; number <= count; number++) {
    await events.publish();
    const dueAt = startedAt + (number * 1_000) / options.eventsPerSecond;
    await wait(Math.max(0, dueAt - performance.now()), signal);
  }
  await until("every event", ARRIVAL_MS_MAX, haveAll(options.readers - options.cut));
  const without = await readers.tell({ do: "look" });
  await readers.tell({ do: "return" });
  await until("what was missed", ARRIVAL_MS_MAX, haveAll(options.readers));
  await events.publish();
  await until("the last event", ARRIVAL_MS_MAX, haveAll(options.readers));
  return {
    events: events.published,
    without,
    all: await readers.tell({ do: "look" }),
    memoryMib: { before, peak: memoryOf(api.pid).peakMib },
    stuckShare: await stuck.drain(),
  };
}
