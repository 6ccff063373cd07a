import { expect, test } from "bun:test";
import { type IncomingMessage, request as startRequest } from "node:http";
import { subscribeEvents } from "@tracker/bus";
import { wait } from "@tracker/service";
import { EventHub, type Subscribe } from "./event-hub.ts";
import { blocksOf, publishEvent, readFrames } from "./test-events.ts";
import { startSystem } from "./test-system.ts";

const STAY = () => Promise.resolve(true);

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await Bun.sleep(10);
}

test("events reach every reader as they happen, and one that was cut off misses nothing", async () => {
  await using system = await startSystem();
  const token = system.token("read");
  const open = (id?: number) =>
    system.fetch("/api/events", {
      token,
      headers: id === undefined ? {} : { "last-event-id": String(id) },
    });

  const readers = await Promise.all([open(), open(), open()]);
  for (const number of range(1, 5)) await publishEvent(system.storeBus, number);
  const live = await Promise.all(readers.map((reader) => readFrames(reader, 5)));
  for (const number of range(6, 9)) await publishEvent(system.storeBus, number);
  const resumed = await readFrames(await open(3), 6);
  const replayed = await readFrames(await open(0), 9);

  for (const frames of live) expect(frames.map(({ id }) => id)).toEqual(range(1, 5));
  expect(live[0]?.[0]).toMatchObject({ event: "game.changed", data: { number: 1 } });
  expect(resumed.map(({ id }) => id)).toEqual(range(4, 9));
  expect(replayed.map(({ id }) => id)).toEqual(range(1, 9));
  expect(
    (await system.fetch("/api/events", { token, headers: { "last-event-id": "x" } })).status,
  ).toBe(422);
});

// After a restart of the api all its readers come back at once, with nothing in memory for them.
test("readers that were away for longer than memory reaches replay the stream and go on live", async () => {
  await using system = await startSystem();
  for (const number of range(1, 60)) await publishEvent(system.storeBus, number);
  await using hub = new EventHub((...wish) => subscribeEvents(system.storeBus, ...wish), {
    kept: 5,
    replaysMax: 2,
  });

  const reading = range(0, 9).map((after) =>
    readFrames(new Response(hub.open(after * 6, STAY)), 80 - after * 6),
  );
  for (const number of range(61, 80)) await publishEvent(system.storeBus, number);
  const all = await Promise.all(reading);

  for (const [index, frames] of all.entries()) {
    expect(frames.map(({ id }) => id)).toEqual(range(index * 6 + 1, 80));
  }
  await until(() => hub.readers === 0);
});

// After a restore into another folder every open page comes back with a place that the new stream has not reached.
test("a reader whose place is not in the stream is told so, and hears what happens from then on", async () => {
  await using system = await startSystem();
  const token = system.token("read");
  const open = (id: number) =>
    system.fetch("/api/events", { token, headers: { "last-event-id": String(id) } });
  const blocks = (response: Response) => {
    const reading = blocksOf(response);
    return async () => (await reading.next()).value;
  };

  const empty = blocks(await open(335));
  const emptyStart = [await empty(), await empty()];
  for (const number of range(1, 3)) await publishEvent(system.storeBus, number);
  const emptyNext = await empty();
  const ahead = blocks(await open(99_999_999));
  const aheadStart = [await ahead(), await ahead()];
  const present = blocks(await open(3));
  const presentStart = await present();
  await publishEvent(system.storeBus, 4);
  const next = [await ahead(), await present()];

  expect(emptyStart[1]).toBe("id: 0\nevent: bus.gap\ndata: {}");
  expect(emptyNext).toStartWith("id: 1\n");
  expect([emptyStart[0], aheadStart[0], presentStart].join()).not.toContain("bus.gap");
  expect(aheadStart[1]).toBe("id: 3\nevent: bus.gap\ndata: {}");
  expect(next[0]).toStartWith("id: 4\n");
  expect(next[1]).toStartWith("id: 4\n");
});

// nats-server may come back with an empty folder while the api goes on.
test("when the stream itself begins anew all readers are told, and what memory held of the old one is forgotten", async () => {
  const event = (sequence: number) => ({ sequence, subject: "events.game.changed", data: {} });
  const shared = Promise.withResolvers<Parameters<Subscribe>>();
  await using hub = new EventHub(async (options, receive, signal) => {
    if (options.after === null) shared.resolve([options, receive, signal]);
    else if ((options.after ?? 0) > 2) options.missed?.(2);
    options.caughtUp?.();
    await wait(60_000, signal);
  });
  const [options, receive] = await shared.promise;
  for (const sequence of range(11, 13)) await receive(event(sequence));
  const stayed = readFrames(new Response(hub.open(12, STAY)), 2);
  await until(() => hub.live === 1);

  options.missed?.(0);
  for (const sequence of range(1, 2)) await receive(event(sequence));
  const afterwards = await stayed;
  const late = readFrames(new Response(hub.open(13, STAY)), 1);
  await until(() => hub.live === 1);
  await receive(event(3));

  expect(afterwards.map(({ id }) => id)).toEqual([13, 1]);
  expect((await late).map(({ id }) => id)).toEqual([3]);
});

test("a reader whose replay was ahead of the subscription that all share gets no event twice", async () => {
  const event = (sequence: number) => ({ sequence, subject: "events.game.changed", data: {} });
  const shared = Promise.withResolvers<Parameters<Subscribe>[1]>();
  const subscribe: Subscribe = async ({ after, caughtUp }, receive, signal) => {
    if (typeof after !== "number") shared.resolve(receive);
    else for (const sequence of range(after + 1, 3)) await receive(event(sequence));
    caughtUp?.();
    await wait(60_000, signal);
  };
  await using hub = new EventHub(subscribe);

  const reading = readFrames(new Response(hub.open(1, STAY)), 4);
  const receive = await shared.promise;
  await until(() => hub.live === 1);
  for (const sequence of range(1, 5)) await receive(event(sequence));

  expect((await reading).map(({ id }) => id)).toEqual([2, 3, 4, 5]);
});

test("a reader that does not read is cut off with bounded memory, and the others notice nothing", async () => {
  await using system = await startSystem();
  const token = system.token("read");
  const stuck = Promise.withResolvers<IncomingMessage>();
  const { hostname, port } = new URL(system.url);
  const headers = { authorization: `Bearer ${token}` };
  const socket = startRequest({ hostname, port, path: "/api/events", headers }, (response) => {
    response.pause();
    stuck.resolve(response);
  });
  socket.on("error", () => {});
  socket.end();
  const stalled = await stuck.promise;
  const reader = await system.fetch("/api/events", { token });
  const reading = readFrames(reader, 400);

  const padding = "x".repeat(50_000);
  for (const number of range(1, 400)) await publishEvent(system.storeBus, number, padding);
  const frames = await reading;

  expect(frames.map(({ id }) => id)).toEqual(range(1, 400));
  // It gets what was on its way, and then the end: its line is not kept for ever.
  const ended = Promise.withResolvers<void>();
  stalled.on("end", () => ended.resolve()).resume();
  await ended.promise;
});

test("a heartbeat keeps the line, and a reader whose token was revoked is ended", async () => {
  let allowed = true;
  await using hub = new EventHub(
    (options, _receive, signal) => {
      options.caughtUp?.();
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
    },
    { heartbeatMs: 5 },
  );
  const reader = hub.open(null, () => Promise.resolve(allowed)).getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let count = 0; count < 10; count++) text += decoder.decode((await reader.read()).value);
  allowed = false;
  while (!(await reader.read()).done);

  expect(text).toStartWith("retry: 2000\n: connected\n\n: heartbeat\n\n");
  expect(hub.readers).toBe(0);
});

test("the api stops within two seconds although events are being read", async () => {
  await using system = await startSystem();
  const token = system.token("read");
  const readers = await Promise.all(range(1, 20).map(() => system.fetch("/api/events", { token })));

  const started = performance.now();
  system.host.stop();
  await system.ended;
  const ms = performance.now() - started;
  await Promise.all(readers.map((reader) => reader.text()));

  expect(ms).toBeLessThan(2_000);
});

test("what happens while NATS is away reaches the readers when it is back", async () => {
  await using system = await startSystem();
  const token = system.token("read");
  const reading = readFrames(await system.fetch("/api/events", { token }), 2);
  await publishEvent(system.storeBus, 1);

  system.nats.kill();
  await until(() =>
    publishEvent(system.storeBus, 2).then(
      () => true,
      () => false,
    ),
  );
  const frames = await reading;

  expect(frames.map(({ data }) => data)).toMatchObject([{ number: 1 }, { number: 2 }]);
}, 20_000);

// While NATS is away nothing happens on an open connection: without a word the page would show old facts as if they were new.
test("readers are told when the bus is lost, also one that comes later, and when it is back", async () => {
  const never: Subscribe = (_options, _receive, signal) => aborted(signal);
  await using hub = new EventHub(never);
  const first = heard(hub.open(null, STAY));
  hub.noteBus(true);
  hub.noteBus(false);
  hub.noteBus(false);
  const late = heard(hub.open(null, STAY));

  hub.noteBus(true);
  hub.end();

  expect(await first).toEqual(["bus.lost", "bus.recovered"]);
  expect(await late).toEqual(["bus.lost", "bus.recovered"]);
});

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** The names of all events up to the end of the stream. */
async function heard(stream: ReadableStream<Uint8Array>): Promise<string[]> {
  const text = await new Response(stream).text();
  return [...text.matchAll(/^event: (.+)$/gm)].map(([, name = ""]) => name);
}
