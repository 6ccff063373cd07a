import { expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { publishFact, request } from "@tracker/bus";
import {
  getJob,
  librarySampled,
  listGames,
  listSnapshots,
  presenceObserved,
  startJob,
} from "@tracker/contracts";
import { libraryFact, MINUTE_MS, presenceFact } from "./fact-fixture.ts";
import {
  collectEvents,
  startStore,
  startTestServer,
  status,
  until,
} from "./running-store-fixture.ts";

const NOON = Date.parse("2026-03-02T17:00:00Z");
const FOREVER = new AbortController().signal;

test("facts that wait in their stream become a library, its history and its events", async () => {
  await using server = await startTestServer();
  await using store = await startStore(server);
  using events = collectEvents(store.api);

  await publishFact(
    store.poller,
    librarySampled,
    libraryFact(NOON, [{ appId: 10, minutes: 100 }]),
    FOREVER,
  );
  const playing = presenceFact(NOON + 29 * MINUTE_MS, 10);
  await publishFact(store.poller, presenceObserved, playing, FOREVER);
  const later = libraryFact(NOON + 30 * MINUTE_MS, [{ appId: 10, minutes: 110 }]);
  await publishFact(store.poller, librarySampled, later, FOREVER);

  await until("both samples to be applied", async () => {
    const { last_runs } = await status(store.api);
    return last_runs.length === 2;
  });
  const games = await request(store.api, listGames, {});
  expect(games.items.map((game) => [game.steam_app_id, game.playtime_minutes])).toEqual([
    [10, 110],
  ]);
  await until("the events", () => events.subjects.length >= 5);
  expect(events.subjects).toEqual([
    "events.game.added",
    "events.library.synced",
    "events.session.started",
    "events.session.changed",
    "events.library.synced",
  ]);
  expect((await status(store.api)).unbalanced_games).toBe(0);
});

test("a fact that nobody can read holds up none of those behind it", async () => {
  await using server = await startTestServer();
  await using store = await startStore(server);

  const wrong = { ...libraryFact(NOON, []), id: "run-unreadable", outcome: "splendid" };
  await publishFact(store.poller, librarySampled, wrong as never, FOREVER);
  const noInstant = { ...libraryFact(NOON, []), id: "run-without-time" };
  noInstant.observed_at = "2026-13-45T99:99:99.000Z";
  await publishFact(store.poller, librarySampled, noInstant, FOREVER);
  const right = libraryFact(NOON, [{ appId: 10, minutes: 1 }]);
  await publishFact(store.poller, librarySampled, right, FOREVER);

  await until("the right fact", async () => (await status(store.api)).games === 1);
  expect(store.lines.filter((line) => line.includes('"level":"error"')).length).toBeGreaterThan(1);
});

test("the snapshot and backup jobs run to their end", async () => {
  await using server = await startTestServer();
  await using store = await startStore(server);
  const sample = libraryFact(NOON, [{ appId: 10, minutes: 100 }]);
  await publishFact(store.poller, librarySampled, sample, FOREVER);
  await until("the sample", async () => (await status(store.api)).games === 1);

  for (const kind of ["snapshot", "backup"] as const) {
    const { id } = await request(store.api, startJob(kind), {});
    await until(`the ${kind} job`, async () => {
      const { state } = await request(store.api, getJob, { id });
      return state === "done" || state === "failed";
    });
    expect((await request(store.api, getJob, { id })).error).toBeNull();
  }

  const { items } = await request(store.api, listSnapshots, { to: "2026-03-03" });
  expect(items).toEqual([
    { date: "2026-03-03", total_minutes: 100, games_played: 1 },
    { date: "2026-03-02", total_minutes: 100, games_played: 1 },
  ]);
  const backups = readdirSync(join(server.dataDir, "backups"));
  expect(backups).toHaveLength(1);
  expect((await status(store.api)).last_backup_at).not.toBeNull();
});

test("a store that was stopped goes on where it was", async () => {
  await using server = await startTestServer();
  const first = await startStore(server);
  const sample = libraryFact(NOON, [{ appId: 10, minutes: 100 }]);
  await publishFact(first.poller, librarySampled, sample, FOREVER);
  await until("the sample", async () => (await status(first.api)).games === 1);
  await first[Symbol.asyncDispose]();
  expect(existsSync(join(server.dataDir, "tracker.db-wal"))).toBe(false);

  await using second = await startStore(server, { TIME_ZONE: "Asia/Tokyo" });

  await until("its events to be told", async () => (await status(second.api)).outbox_waiting === 0);
  const { games, time_zone } = await status(second.api);
  expect({ games, time_zone }).toEqual({ games: 1, time_zone: "Asia/Tokyo" });
});
