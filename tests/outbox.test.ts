import { expect, test } from "bun:test";
import { join } from "node:path";
import type { Bus } from "@tracker/bus";
import { startTestServer } from "@tracker/bus/test-server";
import { EVENTS_STREAM } from "@tracker/contracts";
import { openDatabase } from "@tracker/store/history";
import { spawnService, until } from "./service-process.ts";

const EVENTS = 4_000;
const KILLS = 6;

// An event that is lost leaves a page stale for ever; one told under a second id is counted twice by whoever counts.
test(`every committed event is published once and in order, though the store is killed ${KILLS} times meanwhile`, async () => {
  await using server = await startTestServer();
  const path = join(server.dataDir, "tracker.db");
  const ids = commitEvents(path);
  const bus = await server.connect("store");
  await using _bus = bus;

  let published = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const store = spawnService("store", server.env);
    const target = Math.min(EVENTS - 1, published + 1 + Math.floor(Math.random() * 500));
    await until("some more events", 20_000, async () => (published = await count(bus)) >= target);
    await store.kill();
    await store[Symbol.asyncDispose]();
  }
  await using last = spawnService("store", server.env);
  await last.ready();
  await until("all events", 30_000, async () => (await count(bus)) >= EVENTS);

  expect(await readIds(bus)).toEqual(ids);
  using database = openDatabase(path);
  await until("an empty outbox", 5_000, () => {
    return database.raw.query("SELECT 1 FROM outbox").get() === null;
  });
}, 120_000);

/** Commits events as the store does, in a database that no store has published from yet; answers their message ids. */
function commitEvents(path: string): string[] {
  using database = openDatabase(path);
  const insert = database.raw.prepare(
    "INSERT INTO outbox (message_id, subject, body, created_at) VALUES (?, 'events.test.happened', ?, 0)",
  );
  const ids = Array.from({ length: EVENTS }, (_, index) => `message-${index}`);
  database.raw.transaction(() => {
    for (const id of ids) insert.run(id, new TextEncoder().encode(JSON.stringify({ id })));
  })();
  return ids;
}

async function count(bus: Bus): Promise<number> {
  const info = await bus.manager.streams.info(EVENTS_STREAM).catch(() => null);
  return info?.state.messages ?? 0;
}

async function readIds(bus: Bus): Promise<string[]> {
  const consumer = await bus.jetstream.consumers.get(EVENTS_STREAM, {});
  const ids: string[] = [];
  const messages = await consumer.fetch({ max_messages: EVENTS + 100, expires: 3_000 });
  for await (const message of messages) ids.push(message.headers?.get("Nats-Msg-Id") ?? "");
  return ids;
}
