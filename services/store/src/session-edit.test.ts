import { expect, test } from "bun:test";
import { addSession as addContract, ServiceError } from "@tracker/contracts";
import { type Database, openDatabase } from "./database.ts";
import { listDays } from "./day-query.ts";
import { libraryFact } from "./fact-fixture.ts";
import { getGameHistory } from "./game-history.ts";
import { instantOf } from "./instant.ts";
import { applyLibrarySample } from "./library.ts";
import {
  CALENDAR,
  contractError,
  DAY_MS,
  HOUR_MS,
  insertGame,
  MINUTE_MS,
  NOW,
  READING,
} from "./question-fixture.ts";
import * as edit from "./session-edit.ts";
import { listSessionEdits } from "./session-edit-list.ts";
import { listSessions } from "./session-list.ts";

/** 15:00 in New York, two days ago. */
const AFTERNOON = Date.parse("2026-11-18T20:00:00.000Z");

/** One game, of which Steam counted an hour of play that ended at AFTERNOON. */
function played(): Database {
  const database = openDatabase(":memory:");
  const sample = (at: number, minutes: number) =>
    applyLibrarySample(
      database,
      CALENDAR,
      libraryFact(at, [{ appId: 10, minutes, lastPlayedAt: AFTERNOON }]),
    );
  sample(AFTERNOON - 2 * HOUR_MS, 100);
  sample(AFTERNOON + 5 * MINUTE_MS, 160);
  return database;
}

const only = (database: Database) => listSessions(database, {}, READING).items;
const minutesOn = (database: Database, day: string) =>
  listDays(database, { from: day, to: day }, READING).minutes;

function refused(work: () => unknown): string {
  try {
    work();
    return "not refused";
  } catch (error) {
    return error instanceof ServiceError
      ? `${error.code} ${error.field}: ${error.message}`
      : String(error);
  }
}

test("a moved session is on its new day, stays there when Steam tells more, and comes back when the correction is undone", () => {
  using database = played();
  const [before] = only(database);
  if (before === undefined) throw new Error("no session");

  const moved = edit.moveSession(
    database,
    {
      id: before.id,
      started_at: instantOf(AFTERNOON - DAY_MS),
      ended_at: instantOf(AFTERNOON - DAY_MS + HOUR_MS),
      minutes: 45,
    },
    READING,
  );
  const later = libraryFact(AFTERNOON + 30 * MINUTE_MS, [
    { appId: 10, minutes: 170, lastPlayedAt: AFTERNOON + 10 * MINUTE_MS },
  ]);
  applyLibrarySample(database, CALENDAR, later);
  const history = getGameHistory(database, { id: before.game_id }, CALENDAR);

  expect(moved.edit).toMatchObject({ kind: "move", applied: true, minutes: -15 });
  expect(contractError(addContract.output, moved)).toBeUndefined();
  expect(minutesOn(database, "2026-11-17")).toBe(45);
  expect(history).toMatchObject({
    steam_total: 170,
    corrections: { minutes: 25 },
    reconciles: true,
  });
  edit.undoEdit(database, { id: moved.edit.id }, READING);
  expect(minutesOn(database, "2026-11-17")).toBe(0);
  expect(minutesOn(database, "2026-11-18")).toBe(70);
});

test("idle minutes count on no day, a split shares its minutes, and a merge brings them together again", () => {
  using database = played();
  const [session] = only(database);
  if (session === undefined) throw new Error("no session");

  const idle = edit.moveSession(database, { id: session.id, idle_minutes: 20 }, READING);
  const at = instantOf(Date.parse(session.started_at) + 30 * MINUTE_MS);
  const [rest] = only(database);
  const split = edit.splitSession(database, { id: rest?.id ?? 0, at }, READING);
  const halves = only(database);
  const merged = edit.mergeSessions(database, { ids: halves.map(({ id }) => id) }, READING);

  expect(idle.edit).toMatchObject({ kind: "idle", minutes: -20 });
  expect(idle.sessions).toMatchObject([{ minutes: 40, corrected: true }]);
  expect(split.sessions.map(({ minutes }) => minutes).reduce((sum, each) => sum + each, 0)).toBe(
    40,
  );
  expect(halves).toHaveLength(2);
  expect(merged.sessions).toMatchObject([
    { minutes: 40, precision: "manual", started_at: session.started_at },
  ]);
  expect(
    listSessionEdits(database, {}).items.map(({ kind, summary, at: told }) => [
      kind,
      summary,
      told,
    ]),
  ).toEqual([
    ["merge", "2 sessions became one.", session.started_at],
    ["split", "A session was split.", at],
    ["idle", "20 minutes of a session were idle.", session.started_at],
  ]);
});

test("a session can be added to a game that no sync ever saw", () => {
  using database = openDatabase(":memory:");
  const game = insertGame(database, { title: "Board game" });
  const span = { started_at: instantOf(NOW - 3 * HOUR_MS), ended_at: instantOf(NOW - HOUR_MS) };

  const { edit: added, sessions } = edit.addSession(database, { game_id: game, ...span }, READING);

  expect(added).toMatchObject({ kind: "add", applied: true, minutes: 120, title: "Board game" });
  expect(sessions).toMatchObject([{ minutes: 120, precision: "manual", corrected: true }]);
  expect(minutesOn(database, "2026-11-20")).toBe(120);
});

test("what cannot have been is refused with the field that says so, and nothing changes", () => {
  using database = played();
  const [session] = only(database);
  if (session === undefined) throw new Error("no session");
  const { id, game_id } = session;
  const span = (from: number, to: number) => ({
    started_at: instantOf(from),
    ended_at: instantOf(to),
  });
  const before = only(database);

  const add = (from: number, to: number, minutes?: number) =>
    refused(() =>
      edit.addSession(
        database,
        { game_id, ...span(from, to), ...(minutes === undefined ? {} : { minutes }) },
        READING,
      ),
    );
  expect(add(NOW, NOW + HOUR_MS)).toMatch(/INVALID \/ended_at: .*an instant that has been/);
  expect(add(NOW - HOUR_MS, NOW + 2 * MINUTE_MS)).toMatch(/INVALID \/ended_at: .*has been/);
  expect(add(Date.UTC(1890, 0, 1), Date.UTC(1890, 0, 1, 1))).toBe(
    "INVALID /started_at: /started_at: expected an instant from 1970-01-01T00:00:00.000Z on, got 1890-01-01T00:00:00.000Z",
  );
  expect(add(NOW - 8 * DAY_MS, NOW)).toMatch(/INVALID \/ended_at: .*at most seven days after/);
  expect(add(NOW - HOUR_MS, NOW - 2 * HOUR_MS)).toMatch(/INVALID \/ended_at: .*after/);
  expect(add(NOW - 2 * HOUR_MS, NOW - HOUR_MS, 61)).toMatch(
    /INVALID \/minutes: .*at most the 60 minutes/,
  );
  expect(add(AFTERNOON - HOUR_MS, AFTERNOON - 30 * MINUTE_MS)).toMatch(
    /CONFLICT .*overlap session/,
  );
  expect(refused(() => edit.removeSession(database, { id: 999 }, READING))).toMatch(
    /NOT_FOUND \/id/,
  );
  expect(refused(() => edit.moveSession(database, { id }, READING))).toMatch(
    /INVALID .*something to change/,
  );
  expect(refused(() => edit.moveSession(database, { id, idle_minutes: 61 }, READING))).toMatch(
    /INVALID \/idle_minutes/,
  );
  expect(refused(() => edit.splitSession(database, { id, at: instantOf(NOW) }, READING))).toMatch(
    /INVALID \/at/,
  );
  expect(refused(() => edit.undoEdit(database, { id: 1 }, READING))).toMatch(/NOT_FOUND \/id/);
  expect(only(database)).toEqual(before);
});
