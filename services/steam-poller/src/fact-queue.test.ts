import { expect, test } from "bun:test";
import type { Trigger } from "@tracker/contracts";
import { createLog } from "@tracker/service";
import { FactQueue, type OutgoingFact } from "./fact-queue.ts";

function sample(id: number, trigger: Trigger = "interval"): OutgoingFact {
  const at = new Date(id * 60_000).toISOString();
  return {
    noun: "library",
    data: {
      id: `sample-${id}`,
      steam_id: null,
      started_at: at,
      observed_at: at,
      trigger,
      job_id: null,
      outcome: "ok",
      reason: null,
      games: [],
    },
  };
}

function presence(id: number): OutgoingFact {
  return {
    noun: "presence",
    data: {
      id: `presence-${id}`,
      steam_id: "76561190000000001",
      persona_name: null,
      observed_at: new Date(id * 60_000).toISOString(),
      previous_observed_at: null,
      in_game: true,
      app_id: 620,
      game_name: null,
    },
  };
}

/** A stream that is away until it is opened. */
function createStream() {
  const sent: string[] = [];
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const publish = async (fact: OutgoingFact, signal: AbortSignal) => {
    const stopped = new Promise<void>((resolve) =>
      signal.addEventListener("abort", () => resolve()),
    );
    await Promise.race([opened, stopped]);
    if (signal.aborted) return false;
    sent.push(fact.data.id);
    return true;
  };
  const lines: string[] = [];
  return {
    sent,
    open,
    publish,
    lines,
    log: createLog("test", "info", (line) => void lines.push(line)),
  };
}

test("facts that waited for the bus are sent in the order in which they were seen", async () => {
  const stream = createStream();
  await using queue = new FactQueue(stream);
  const added = Promise.all([queue.add(sample(1)), queue.add(presence(2)), queue.add(sample(3))]);

  stream.open();

  expect(await added).toEqual([true, true, true]);
  expect(stream.sent).toEqual(["sample-1", "presence-2", "sample-3"]);
  expect(await queue.add(presence(4))).toBe(true);
});

test("when too many wait, the oldest interval samples go first, then the oldest of the rest, never the newest", async () => {
  const stream = createStream();
  await using queue = new FactQueue({ ...stream, size: 5 });
  const facts = [
    sample(1),
    presence(2),
    sample(3, "midnight"),
    sample(4),
    presence(5),
    sample(6),
    presence(7),
    presence(8),
  ];
  const added = Promise.all(facts.map((fact) => queue.add(fact)));

  stream.open();

  expect(await added).toEqual([true, false, true, false, true, false, true, true]);
  expect(stream.sent).toEqual(["sample-1", "sample-3", "presence-5", "presence-7", "presence-8"]);
});

test("at a stop the queue is flushed; what the bus does not take in time is counted in the log", async () => {
  const open = createStream();
  const away = createStream();
  open.open();
  const flushed = new FactQueue(open);
  const lost = new FactQueue(away);
  void flushed.add(sample(1));
  void flushed.add(sample(2));
  void lost.add(sample(1));

  const started = performance.now();
  await flushed[Symbol.asyncDispose]();
  await lost[Symbol.asyncDispose]();

  expect(open.sent).toEqual(["sample-1", "sample-2"]);
  expect(performance.now() - started).toBeLessThan(4_000);
  expect(away.lines.join("")).toContain('"facts":1');
});
