import { expect, test } from "bun:test";
import {
  FACTS_CONSUMER,
  EVENTS_STREAM,
  FACTS_STREAM,
  getGame,
  listTags,
  presenceObserved,
  ServiceError,
} from "@tracker/contracts";
import { connectBus } from "./connect.ts";
import { consume } from "./consume.ts";
import { busOptions } from "./credential.ts";
import { publishFact } from "./publish.ts";
import { request } from "./request.ts";
import { answer, serve } from "./serve.ts";
import { provisionStreams } from "./stream.ts";
import { subscribeEvents } from "./subscribe.ts";
import { startTestServer } from "./server-fixture.ts";
import { publish } from "./publish.ts";
import { encode } from "./codec.ts";

const TAGS = answer(listTags, () => ({ items: [{ name: "cosy", games: 2 }] }));

function presence(id: string) {
  return {
    id,
    steam_id: "76561190000000001",
    persona_name: null,
    observed_at: "2026-11-20T20:00:00.000Z",
    previous_observed_at: null,
    in_game: false,
    app_id: null,
    game_name: null,
  };
}

test("a question is answered by the service that its subject names, also after the server was killed", async () => {
  await using server = await startTestServer();
  await using store = await server.connect("store");
  await using _answers = await serve(store, "test", [TAGS]);
  await using api = await server.connect("api");

  expect(await request(api, listTags, {})).toEqual({ items: [{ name: "cosy", games: 2 }] });
  server.kill();

  expect(await request(api, listTags, {}, { attempts: 20, timeoutMs: 300 })).toEqual({
    items: [{ name: "cosy", games: 2 }],
  });
});

test("a wrong question names the field, what was expected and what came", async () => {
  await using server = await startTestServer();
  await using store = await server.connect("store");
  const handle = (): never => {
    throw new ServiceError("NOT_FOUND", "no game has id 7");
  };
  await using _answers = await serve(store, "test", [answer(getGame, handle)]);
  await using api = await server.connect("api");

  const wrong = await request(api, getGame, { id: 0 }).catch((error: unknown) => error);
  const missing = await request(api, getGame, { id: 7 }).catch((error: unknown) => error);

  expect(wrong).toMatchObject({
    code: "INVALID",
    field: "/id",
    message: "/id: expected a whole number from 1, got 0",
  });
  expect(missing).toMatchObject({ code: "NOT_FOUND", message: "no game has id 7" });
});

// A job says who asked for it, which a caller must not be able to make up.
test("who answers knows which user of the bus asks", async () => {
  await using server = await startTestServer();
  await using store = await server.connect("store");
  const handle = (_input: unknown, asker: string) => ({ items: [{ name: asker, games: 1 }] });
  await using _answers = await serve(store, "test", [answer(listTags, handle)]);
  await using api = await server.connect("api");
  const options = busOptions(server.host(), "operator");
  await using operator = await connectBus({ ...options, inboxPrefix: "_INBOX" });

  const told = [api, operator].map(
    async (bus) => (await request(bus, listTags, {})).items[0]?.name,
  );

  expect(await Promise.all(told)).toEqual(["api", "operator"]);
});

test("an error that is not meant for the caller travels without its text", async () => {
  await using server = await startTestServer();
  await using store = await server.connect("store");
  const handle = (): never => {
    throw new Error("the secret inside");
  };
  await using _answers = await serve(store, "test", [answer(listTags, handle)]);
  await using api = await server.connect("api");

  const error = await request(api, listTags, {}).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ code: "INTERNAL" });
  expect(String(error)).not.toContain("secret");
});

test("nobody there ends in UNAVAILABLE, not in waiting for ever", async () => {
  await using server = await startTestServer();
  await using api = await server.connect("api");

  const error = await request(api, listTags, {}).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ code: "UNAVAILABLE", message: "store does not answer" });
});

test("a fact published while the server is away arrives, in order", async () => {
  await using server = await startTestServer();
  await using store = await server.connect("store");
  await provisionStreams(store);
  await using poller = await server.connect("steam-poller");
  const stop = new AbortController();
  const seen: string[] = [];
  const all = Promise.withResolvers<void>();
  const consuming = consume(
    store,
    { stream: FACTS_STREAM, consumer: FACTS_CONSUMER, batch: 20 },
    async ({ body }) => {
      const { id }: { id: string } = JSON.parse(new TextDecoder().decode(body));
      if (seen.at(-1) !== id) seen.push(id);
      if (seen.length === 4) all.resolve();
    },
    stop.signal,
  );

  await publishFact(poller, presenceObserved, presence("fact-0001"), stop.signal);
  server.kill();
  await publishFact(poller, presenceObserved, presence("fact-0002"), stop.signal);
  await publishFact(poller, presenceObserved, presence("fact-0002"), stop.signal);
  await publishFact(poller, presenceObserved, presence("fact-0003"), stop.signal);
  await publishFact(poller, presenceObserved, presence("fact-0004"), stop.signal);
  await all.promise;
  stop.abort();
  await consuming;

  expect(seen).toEqual(["fact-0001", "fact-0002", "fact-0003", "fact-0004"]);
}, 30_000);

test("a subscriber of events resumes where it left", async () => {
  await using server = await startTestServer();
  await using store = await server.connect("store");
  await provisionStreams(store);
  await using api = await server.connect("api");
  for (const name of ["one", "two", "three"]) {
    await publish(store, "events.test.happened", encode({ name }), `event-${name}`);
  }
  const stop = new AbortController();
  const seen: unknown[] = [];

  const reading = subscribeEvents(
    api,
    { after: 1 },
    (event) => {
      seen.push([event.sequence, event.data]);
      if (seen.length === 2) stop.abort();
    },
    stop.signal,
  );
  await reading;

  expect(seen).toEqual([
    [2, { name: "two" }],
    [3, { name: "three" }],
  ]);
});

// Readers of the event stream wait until everything before them is told, and miss nothing that came after a bad event.
test("an event that its receiver cannot take is logged, and those after it arrive", async () => {
  await using server = await startTestServer();
  await using store = await server.connect("store");
  await provisionStreams(store);
  const host = server.host();
  await using api = await connectBus(busOptions(host, "api"));
  for (const name of ["one", "two"]) {
    await publish(store, "events.test.happened", encode({ name }), `event-${name}`);
  }
  const stop = new AbortController();
  const seen: number[] = [];
  const caughtUp = Promise.withResolvers<void>();

  const reading = subscribeEvents(
    api,
    { after: 0, caughtUp: caughtUp.resolve },
    ({ sequence }) => {
      seen.push(sequence);
      if (sequence <= 2) throw new Error("not this one");
      stop.abort();
    },
    stop.signal,
  );
  await caughtUp.promise;
  await publish(store, "events.test.happened", encode({ name: "three" }), "event-three");
  await reading;

  expect(seen).toEqual([1, 2, 3]);
  const said = host.lines.filter((line) => line.includes("an event could not be received"));
  expect(said.map((line) => JSON.parse(line))).toMatchObject([
    { level: "error", sequence: 1 },
    { level: "error", sequence: 2 },
  ]);
  expect(host.lines.join()).not.toContain("events are not there yet");
});

// Whoever was away for longer than events are kept would show old things as new, and believe that nothing was missed.
test("a place that the stream does not hold any more is told, and so is one that it has not reached", async () => {
  await using server = await startTestServer();
  await using store = await server.connect("store");
  await provisionStreams(store);
  for (const name of ["1", "2", "3", "4", "5"]) {
    await publish(store, "events.test.happened", encode({ name }), `event-${name}`);
  }
  await store.manager.streams.update(EVENTS_STREAM, { max_msgs: 2 });
  const read = async (after: number) => {
    const stop = new AbortController();
    const seen: string[] = [];
    await subscribeEvents(
      store,
      {
        after,
        missed: (place) => seen.push(`missed up to ${place}`),
        caughtUp: () => stop.abort(),
      },
      ({ sequence }) => void seen.push(String(sequence)),
      stop.signal,
    );
    return seen;
  };

  const all = await Promise.all([1, 3, 5, 6, 0].map(read));

  expect(all).toEqual([
    ["missed up to 3", "4", "5"],
    ["4", "5"],
    [],
    ["missed up to 5"],
    // The beginning is whatever is kept.
    ["4", "5"],
  ]);
});

test("provisioning twice is the same as once", async () => {
  await using server = await startTestServer();
  await using store = await server.connect("store");

  await provisionStreams(store);
  await provisionStreams(store);

  const streams = await store.manager.streams.list().next();
  expect(streams.map(({ config }) => config.name).sort()).toEqual(["EVENTS", "FACTS", "JOBS"]);
});

test("each user may say only what its part needs, and nobody is anonymous", async () => {
  await using server = await startTestServer();
  await using store = await server.connect("store");
  await provisionStreams(store);
  await using _answers = await serve(store, "test", [TAGS]);
  await using poller = await server.connect("steam-poller");
  await using scheduler = await server.connect("scheduler");

  const asked = await request(poller, listTags, {}, { attempts: 1, timeoutMs: 300 }).catch(
    (e: unknown) => e,
  );
  const published = await publish(scheduler, "facts.library", encode({}), "x").catch(
    (e: unknown) => e,
  );
  const deleted = await poller.manager.streams.delete(FACTS_STREAM).catch((e: unknown) => e);

  expect(asked).toBeInstanceOf(ServiceError);
  expect(published).toBeInstanceOf(Error);
  expect(deleted).toBeInstanceOf(Error);
});
