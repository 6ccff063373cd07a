import { type Bus, encode, publish } from "@tracker/bus";

/** An event as it came over the wire; a comment has only its text. */
export interface ReceivedFrame {
  readonly id?: number;
  readonly event?: string;
  readonly data?: unknown;
}

/** Publishes an event as the store's outbox does. */
export function publishEvent(bus: Bus, number: number, padding = ""): Promise<void> {
  const body = encode({ number, padding });
  return publish(bus, "events.game.changed", body, `event-${number}`);
}

/** Reads a stream of events until `count` have come or the server ends it. */
export async function readFrames(response: Response, count: number): Promise<ReceivedFrame[]> {
  const frames: ReceivedFrame[] = [];
  for await (const block of blocksOf(response)) {
    frames.push(...parseBlock(block));
    if (frames.length >= count) break;
  }
  return frames;
}

/** The events and comments of a stream as they come, each as its lines. */
export async function* blocksOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    yield* blocks;
  }
}

function parseBlock(block: string): ReceivedFrame[] {
  const fields = new Map(block.split("\n").map((line) => splitOnce(line)));
  const data = fields.get("data");
  // What is told of the bus is no event of the stream.
  if (data === undefined || fields.get("event")?.startsWith("bus.")) return [];
  return [
    { id: Number(fields.get("id")), event: fields.get("event") ?? "", data: JSON.parse(data) },
  ];
}

function splitOnce(line: string): [string, string] {
  const [name = "", ...rest] = line.split(": ");
  return [name, rest.join(": ")];
}
