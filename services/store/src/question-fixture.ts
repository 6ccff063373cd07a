import type { Calendar } from "@tracker/playtime";
import type { TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { Database } from "./database.ts";
import type { Reading } from "./day-range.ts";
import { achievements, games, outbox, playSessions, sessionDays, syncRuns } from "./schema.ts";

/** 17:30 in New York. */
export const NOW = Date.parse("2026-11-20T22:30:00.000Z");
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const CALENDAR: Calendar = { zone: "America/New_York", dayStartHour: 0 };
export const READING: Reading = { now: NOW, calendar: CALENDAR, pollIntervalMs: 30 * MINUTE_MS };

export function insertGame(
  database: Database,
  game: Partial<typeof games.$inferInsert> = {},
): number {
  const values = {
    title: "A Game",
    platform: "PC",
    status: "Backlog" as const,
    createdAt: NOW - 400 * DAY_MS,
    updatedAt: NOW - 400 * DAY_MS,
    ...game,
  };
  return database.drizzle.insert(games).values(values).returning({ id: games.id }).get().id;
}

/** A session of the given minutes from `startedAt` on; its days are told by whoever needs them. */
export function insertSession(
  database: Database,
  gameId: number,
  startedAt: number,
  session: Partial<typeof playSessions.$inferInsert> = {},
  days: Readonly<Record<string, number>> = {},
): number {
  const endedAt = session.endedAt === undefined ? startedAt + HOUR_MS : session.endedAt;
  const values = {
    gameId,
    startedAt,
    endedAt,
    notBefore: startedAt,
    notAfter: endedAt,
    minutes: 60,
    precision: "presence" as const,
    evidenceAt: endedAt ?? startedAt,
    ...session,
  };
  const { id } = database.drizzle
    .insert(playSessions)
    .values(values)
    .returning({ id: playSessions.id })
    .get();
  for (const [day, minutes] of Object.entries(days)) {
    database.drizzle.insert(sessionDays).values({ sessionId: id, day, minutes }).run();
  }
  return id;
}

export function insertAchievement(
  database: Database,
  gameId: number,
  apiName: string,
  unlockedAt: number | null,
): void {
  const unlocked = unlockedAt !== null;
  database.drizzle
    .insert(achievements)
    .values({ gameId, apiName, title: `Title of ${apiName}`, unlocked, unlockedAt })
    .run();
}

export function insertRun(database: Database, id: string, startedAt: number): void {
  const values = { id, kind: "library", trigger: "interval" as const, outcome: "ok" as const };
  database.drizzle
    .insert(syncRuns)
    .values({ ...values, startedAt, observedAt: startedAt })
    .run();
}

/** The subjects waiting in the outbox, in the order of their publication. */
export function outboxSubjects(database: Database): string[] {
  return database.drizzle
    .select({ subject: outbox.subject })
    .from(outbox)
    .orderBy(outbox.id)
    .all()
    .map(({ subject }) => subject);
}

/** What differs between an answer and its contract; undefined when nothing does. */
export function contractError(schema: TSchema, value: unknown): string | undefined {
  const error = Value.Errors(schema, value).First();
  return error === undefined ? undefined : `${error.path}: ${error.message}`;
}

/** Reads a list to its end, page by page; `between` runs after each page. Ends with an error when the list does not end. */
export function readAll<T>(
  read: (cursor: string | undefined) => { items: T[]; next_cursor: string | null },
  between: (page: T[]) => void = () => {},
): T[] {
  const all: T[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 5_000; pages++) {
    const page = read(cursor);
    all.push(...page.items);
    if (page.next_cursor === null) return all;
    cursor = page.next_cursor;
    between(page.items);
  }
  throw new Error("the list does not end");
}
