import { expect, test } from "bun:test";
import { ServiceError } from "@tracker/contracts";
import * as fc from "fast-check";
import { countUnbalanced } from "./balance.ts";
import { type Database, openDatabase } from "./database.ts";
import { dumpDerived } from "./fact-fixture.ts";
import { assertReconciled } from "./game-history.ts";
import { expectDaysAddUp } from "./history-check-fixture.ts";
import { apply, CALENDARS, facts, STARTS, step } from "./history-story-fixture.ts";
import { instantOf } from "./instant.ts";
import { rebuildSessions } from "./rebuild.ts";
import * as edit from "./session-edit.ts";

const CASES = 200;
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

const wishParts = {
  /** Which of what is there. */
  pick: fc.nat(1_000),
  other: fc.nat(1_000),
  shiftMinutes: fc.integer({ min: -300, max: 300 }),
  lengthMinutes: fc.integer({ min: 1, max: 400 }),
};
const wish = fc.record({
  ...wishParts,
  kind: fc.constantFrom("add", "move", "idle", "remove", "split", "merge", "undo"),
});

const scenario = fc.record({
  start: fc.constantFrom(...STARTS),
  calendar: fc.constantFrom(...CALENDARS),
  before: fc.array(step, { minLength: 1, maxLength: 16 }),
  wishes: fc.array(wish, { minLength: 1, maxLength: 8 }),
  cut: fc.nat(16),
});

interface Row {
  readonly id: number;
  readonly gameId: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly minutes: number;
  readonly isOpen: number;
}

function sessions(database: Database): Row[] {
  return database.raw
    .query<Row, []>(
      `SELECT id, game_id AS gameId, started_at AS startedAt, coalesce(ended_at, evidence_at) AS endedAt, minutes,
         ended_at IS NULL AS isOpen
       FROM play_sessions ORDER BY id`,
    )
    .all();
}

function momentOf(action: ReturnType<typeof facts>[number] | undefined): number {
  if (action === undefined) return 0;
  return "night" in action ? action.night : Date.parse(action.observed_at);
}

type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never;

/** Does what is wished with whatever is there; what may not be is refused with a code, and then nothing has changed. */
function fulfil(
  database: Database,
  wished: Wish,
  reading: Parameters<typeof edit.addSession>[2],
): void {
  const all = sessions(database);
  const picked = all[wished.pick % Math.max(1, all.length)];
  const second = all[wished.other % Math.max(1, all.length)];
  const games = database.raw.query<{ id: number }, []>("SELECT id FROM games ORDER BY id").all();
  const game = games[wished.pick % Math.max(1, games.length)];
  if (picked === undefined || second === undefined || game === undefined) return;
  const from = picked.startedAt + wished.shiftMinutes * MINUTE_MS;
  const span = {
    started_at: instantOf(from),
    ended_at: instantOf(from + wished.lengthMinutes * MINUTE_MS),
  };
  const before = dumpDerived(database);
  const others = told(database, picked.id);
  const days = minutesByDay(database);
  try {
    if (wished.kind === "add") edit.addSession(database, { game_id: game.id, ...span }, reading);
    else if (wished.kind === "move")
      edit.moveSession(database, { id: picked.id, ...span }, reading);
    else if (wished.kind === "idle")
      edit.moveSession(database, { id: picked.id, idle_minutes: wished.lengthMinutes }, reading);
    else if (wished.kind === "remove") edit.removeSession(database, picked, reading);
    else if (wished.kind === "split")
      edit.splitSession(
        database,
        { id: picked.id, at: instantOf(picked.startedAt + wished.lengthMinutes * MINUTE_MS) },
        reading,
      );
    else if (wished.kind === "merge")
      edit.mergeSessions(database, { ids: [picked.id, second.id] }, reading);
    else edit.undoEdit(database, { id: (wished.pick % 8) + 1 }, reading);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    expect(dumpDerived(database)).toEqual(before);
    return;
  }
  // A stretch that no look has closed is closed by a correction after it, whatever the correction says.
  if (all.some(({ isOpen }) => isOpen === 1)) return;
  // The one that was picked is gone, and no other was touched.
  if (wished.kind === "remove") expect(told(database)).toEqual(others);
  expectDaysKept(wished.kind, days, minutesByDay(database));
}

/** Minutes stay on their days unless the person moves them. */
function expectDaysKept(
  kind: Wish["kind"],
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): void {
  if (kind === "split" || kind === "merge") expect(after).toEqual(before);
  if (kind !== "idle") return;
  for (const [day, minutes] of after) expect(minutes).toBeLessThanOrEqual(before.get(day) ?? 0);
}

function minutesByDay(database: Database): Map<string, number> {
  const rows = database.raw
    .query<{ day: string; minutes: number }, []>(
      `SELECT s.game_id || ' ' || d.day AS day, sum(d.minutes) AS minutes
       FROM session_days d JOIN play_sessions s ON s.id = d.session_id GROUP BY 1 ORDER BY 1`,
    )
    .all();
  return new Map(rows.map(({ day, minutes }) => [day, minutes]));
}

/** Sessions and days without the ids that a rebuild may give anew. */
function told(database: Database, exceptId = 0): unknown[] {
  return database.raw
    .query(
      `SELECT game_id, started_at, ended_at, minutes, precision, corrected,
         (SELECT json_group_array(day || ' ' || minutes ORDER BY day) FROM session_days WHERE session_id = s.id) AS days
       FROM play_sessions s WHERE id <> ? ORDER BY 1, 2, 3, 4`,
    )
    .all(exceptId);
}

test(`corrections stay whatever comes after them, the books balance, and undoing them all leaves what evidence says (${CASES} cases)`, () => {
  let applied = 0;
  fc.assert(
    fc.property(scenario, ({ start, calendar, before, wishes, cut }) => {
      using database = openDatabase(":memory:");
      using untouched = openDatabase(":memory:");
      const actions = facts(start, before);
      const reading = { now: start + 60 * DAY_MS, calendar, pollIntervalMs: 30 * MINUTE_MS };
      for (const action of actions) apply(untouched, calendar, action);
      // Some of the evidence arrives after the first corrections.
      for (const action of actions.slice(0, cut)) apply(database, calendar, action);
      for (const wished of wishes.slice(0, 3)) fulfil(database, wished, reading);
      for (const action of actions.slice(cut)) apply(database, calendar, action);
      for (const wished of wishes.slice(3)) fulfil(database, wished, reading);

      const corrected = told(database);
      expect(countUnbalanced(database)).toBe(0);
      expectDaysAddUp(database);
      assertReconciled(
        database,
        database.raw
          .query<{ id: number }, []>("SELECT id FROM games")
          .all()
          .map(({ id }) => id),
      );
      rebuildSessions(database, calendar, reading.now);
      expect(told(database)).toEqual(corrected);

      const edits = database.raw
        .query<{ id: number }, []>("SELECT id FROM session_edits WHERE undone_at IS NULL")
        .all();
      applied += database.raw.query("SELECT 1 FROM session_edits WHERE applied = 1").all().length;
      for (const each of edits) edit.undoEdit(database, each, reading);
      expect(told(database)).toEqual(told(untouched));
      expect(countUnbalanced(database)).toBe(0);
    }),
    { numRuns: CASES },
  );
  // Enough of what was wished was possible: else nothing would be shown.
  expect(applied).toBeGreaterThan(CASES / 4);
}, 120_000);

const bout = fc.record({
  after: fc.integer({ min: 1, max: 25 }),
  looks: fc.integer({ min: 2, max: 8 }),
  unplayed: fc.nat(1),
});

/** A bout that presence sees from its beginning to its end, and the sample that brings its minutes and says when it ended. */
function stepsOf({
  after,
  looks,
  unplayed,
}: typeof bout extends fc.Arbitrary<infer T> ? T : never) {
  const growth = [{ minutes: looks - 1 - unplayed, offline: 0, lastPlayedAgo: 1 }];
  return [
    { kind: "idle" as const, after },
    { kind: "playing" as const, after: 1, app: 10, looks },
    { kind: "idle" as const, after: 0 },
    { kind: "sample" as const, after: 1, growth },
  ];
}

// What one goes on to play can be no part of what was said before it, however soon it follows.
test(`no correction touches what is played after it was made (${CASES} cases)`, () => {
  let applied = 0;
  const story = fc.record({
    start: fc.constantFrom(...STARTS),
    calendar: fc.constantFrom(...CALENDARS),
    before: fc.array(bout, { minLength: 1, maxLength: 3 }),
    wished: fc.record({ ...wishParts, kind: fc.constantFrom("move", "idle", "remove", "split") }),
    later: fc.array(bout, { minLength: 1, maxLength: 3 }),
  });
  fc.assert(
    fc.property(story, ({ start, calendar, before, wished, later }) => {
      using database = openDatabase(":memory:");
      const first = [{ kind: "sample" as const, after: 1, growth: [] }, ...before.flatMap(stepsOf)];
      const known = facts(start, first);
      const all = facts(start, [...first, ...later.flatMap(stepsOf)]);
      for (const action of known) apply(database, calendar, action);
      const now = momentOf(known.at(-1));
      fulfil(database, wished, { now, calendar, pollIntervalMs: 30 * MINUTE_MS });
      const left = minutesOf(database);
      for (const action of all.slice(known.length)) apply(database, calendar, action);

      const played = later.reduce((sum, { looks, unplayed }) => sum + looks - 1 - unplayed, 0);
      expect(minutesOf(database)).toBe(left + played);
      expect(countUnbalanced(database)).toBe(0);
      expectDaysAddUp(database);
      const corrected = told(database);
      rebuildSessions(database, calendar, now);
      expect(told(database)).toEqual(corrected);
      applied += database.raw.query("SELECT 1 FROM session_edits WHERE applied = 1").all().length;
    }),
    { numRuns: CASES },
  );
  expect(applied).toBeGreaterThan(CASES / 4);
}, 120_000);

function minutesOf(database: Database): number {
  return sessions(database).reduce((sum, { minutes }) => sum + minutes, 0);
}
