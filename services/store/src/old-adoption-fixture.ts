import { expect } from "bun:test";
import { countUnbalanced } from "./balance.ts";
import type { Database } from "./database.ts";
import { expectDaysAddUp, expectSessionsApart, expectSnapshots } from "./history-check-fixture.ts";
import { adoptLibrary, type AdoptionResult } from "./old-adoption.ts";
import type { OldDatabaseFixture } from "./old-database-fixture.ts";
import { readOldLibrary } from "./old-library.ts";
import { CALENDAR, NOW } from "./question-fixture.ts";

export function adopt(database: Database, old: OldDatabaseFixture, now = NOW): AdoptionResult {
  return adoptLibrary(database, CALENDAR, readOldLibrary(old.raw), now);
}

export function all<Row>(database: Database, sql: string): Row[] {
  return database.raw.query<Row, []>(sql).all();
}

export function days(database: Database): { title: string; day: string; minutes: number }[] {
  return all(
    database,
    `SELECT title, day, sum(session_days.minutes) AS minutes FROM session_days JOIN play_sessions ON play_sessions.id = session_id
     JOIN games ON games.id = game_id GROUP BY title, day ORDER BY title, day`,
  );
}

export function expectSound(database: Database): void {
  expect(countUnbalanced(database)).toBe(0);
  expectSessionsApart(database);
  expectDaysAddUp(database);
  expectSnapshots(database, CALENDAR);
}
