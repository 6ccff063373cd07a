import { expect, test } from "bun:test";
import { gameAdded } from "@tracker/contracts";
import { type Database, inTransaction, openDatabase } from "./database.ts";
import { emit } from "./outbox.ts";
import { claimDeliveries, noteForWebhooks, reportDelivery } from "./webhook-delivery.ts";
import { listDeliveries, retryDelivery } from "./webhook-delivery-list.ts";
import { createWebhook, updateWebhook } from "./webhook.ts";

const NOW = Date.parse("2026-11-20T12:00:00.000Z");
const HOUR_MS = 3_600_000;
const ADDED = {
  game_id: 1,
  title: "Tunnel Two",
  steam_app_id: 620,
  at: "2026-11-20T12:00:00.000Z",
  by: "sync",
} as const;
const FAILED = {
  status: 500,
  error: "answered 500",
  duration_ms: 3,
  retry_after_ms: null,
} as const;

function hook(database: Database, key = "a"): number {
  const wish = {
    name: "x",
    host: "example.org",
    format: "standard",
    events: ["game.added"],
  } as const;
  return createWebhook(database, { key: key.repeat(32), ...wish, events: ["game.added"] }, NOW).id;
}

function note(database: Database, now = NOW): void {
  inTransaction(database, () => noteForWebhooks(database, gameAdded.subject, ADDED, now));
}

test("an event is noted in the transaction that makes it so, and not at all when that is rolled back", () => {
  using database = openDatabase(":memory:");
  const id = hook(database);

  inTransaction(database, () => emit(database, gameAdded, ADDED));
  expect(() =>
    inTransaction(database, () => {
      emit(database, gameAdded, ADDED);
      throw new Error("rolled back");
    }),
  ).toThrow("rolled back");

  expect(listDeliveries(database, { id }).items).toHaveLength(1);
});

test("a delivery that fails comes back after growing waits, ten times over about a day, and then has failed", () => {
  using database = openDatabase(":memory:");
  const id = hook(database);
  note(database);
  const waits: number[] = [];
  let now = NOW;

  for (let attempt = 0; attempt < 10; attempt++) {
    const { items } = claimDeliveries(database, now);
    expect(items).toHaveLength(1);
    const [due] = items;
    reportDelivery(database, { id: due?.id ?? 0, outcome: "retry", ...FAILED }, now);
    const [told] = listDeliveries(database, { id }).items;
    if (told?.next_attempt_at == null) break;
    const next = Date.parse(told.next_attempt_at);
    expect(claimDeliveries(database, next - 1).items).toEqual([]);
    waits.push(next - now);
    now = next;
  }

  const [told] = listDeliveries(database, { id }).items;
  expect(told).toMatchObject({ state: "failed", attempts: 10, next_attempt_at: null });
  expect(waits).toHaveLength(9);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(now - NOW).toBeGreaterThan(20 * HOUR_MS);
  expect(now - NOW).toBeLessThan(26 * HOUR_MS);
  expect(claimDeliveries(database, now + 100 * HOUR_MS).items).toEqual([]);
});

test("a receiver's own wait is kept to, up to a day", () => {
  using database = openDatabase(":memory:");
  const id = hook(database);
  note(database);
  const [due] = claimDeliveries(database, NOW).items;

  const report = { ...FAILED, outcome: "retry", retry_after_ms: 90 * HOUR_MS } as const;
  reportDelivery(database, { id: due?.id ?? 0, ...report }, NOW);

  const next = listDeliveries(database, { id }).items[0]?.next_attempt_at ?? "";
  expect(Date.parse(next) - NOW).toBe(24 * HOUR_MS);
});

test("of each webhook one delivery is under way at a time, by one process, until its time is over", () => {
  using database = openDatabase(":memory:");
  const first = hook(database, "a");
  const second = hook(database, "b");
  note(database);
  note(database);

  const { items: one, next_due_at: next } = claimDeliveries(database, NOW);
  const other = claimDeliveries(database, NOW + 1_000).items;
  const later = claimDeliveries(database, NOW + 15_000).items;

  expect(new Set(one.map(({ webhook_id: id }) => id))).toEqual(new Set([first, second]));
  expect(one).toHaveLength(2);
  expect(other).toEqual([]);
  expect(next).toBe("2026-11-20T12:00:15.000Z");
  expect(later.map(({ message_id: id }) => id)).toEqual(one.map(({ message_id: id }) => id));
});

test("switched off it is told nothing, and what was told is kept to the newest 500", () => {
  using database = openDatabase(":memory:");
  const id = hook(database);
  for (let count = 0; count < 510; count++) {
    note(database);
    const [due] = claimDeliveries(database, NOW).items;
    const report = {
      outcome: "delivered",
      status: 204,
      error: null,
      duration_ms: 1,
      retry_after_ms: null,
    } as const;
    reportDelivery(database, { id: due?.id ?? 0, ...report }, NOW);
  }
  updateWebhook(database, { id, enabled: false });
  note(database);

  const { items } = listDeliveries(database, { id, limit: 1_000 });
  expect(items).toHaveLength(500);
  expect(items.at(-1)?.id).toBe(11);
  expect(() => retryDelivery(database, { id, delivery_id: 500 }, NOW)).toThrow("switched off");
  updateWebhook(database, { id, enabled: true });
  retryDelivery(database, { id, delivery_id: 500 }, NOW);
  expect(claimDeliveries(database, NOW).items.map((due) => due.id)).toEqual([500]);
});
