import { expect, test } from "bun:test";
import { join } from "node:path";
import { ServiceError } from "@tracker/contracts";
import * as fc from "fast-check";
import { countUnbalanced } from "./balance.ts";
import { type Database, openDatabase } from "./database.ts";
import { listDays } from "./day-query.ts";
import { DatabaseFolder, libraryFact } from "./fact-fixture.ts";
import { assertReconciled, getGameHistory } from "./game-history.ts";
import { listGames } from "./game-list.ts";
import { getGame } from "./game-row.ts";
import { createGame, updateGame } from "./game-write.ts";
import { expectSnapshots } from "./history-check-fixture.ts";
import { instantOf } from "./instant.ts";
import { applyLibrarySample } from "./library.ts";
import { CALENDAR, DAY_MS, HOUR_MS, NOW, READING } from "./question-fixture.ts";
import * as edit from "./session-edit.ts";
import { listSnapshots } from "./snapshot-query.ts";
import { writeSnapshots } from "./snapshot.ts";
import { getStatistics } from "./statistics.ts";

const total = (database: Database, id: number) => getGame(database, { id }).playtime_minutes;

/** Adds a game as a person does. */
function keep(database: Database, minutes: number, appId: number | null = null): number {
  const game = { title: "Board game", playtime_minutes: minutes, steam_app_id: appId };
  const request = { request_id: `request-${minutes}-${appId}`, game };
  return createGame(database, request, NOW - 30 * DAY_MS).id;
}

/** Two hours that began so many hours ago. */
function play(database: Database, id: number, hoursAgo: number) {
  const from = NOW - hoursAgo * HOUR_MS;
  const span = { started_at: instantOf(from), ended_at: instantOf(from + 2 * HOUR_MS) };
  return edit.addSession(database, { game_id: id, ...span }, READING).edit;
}

// Else the library says 0 h of a game whose sessions Activity shows.
test("a session entered for a game that Steam does not count is in its total, its list, its days and its statistics alike", () => {
  using database = openDatabase(":memory:");
  const id = keep(database, 0);

  play(database, id, 3);

  const today = { from: "2026-11-20", to: "2026-11-20" };
  expect(getGame(database, { id })).toMatchObject({ playtime_minutes: 120, hours_played: 2 });
  expect(listGames(database, {}).items[0]?.playtime_minutes).toBe(120);
  expect(listDays(database, today, READING).minutes).toBe(120);
  expect(getStatistics(database, today, READING).minutes).toBe(120);
  expect(getGameHistory(database, { id }, CALENDAR)).toMatchObject({
    before: { minutes: 0 },
    days: [{ day: "2026-11-20", minutes: 120 }],
    corrections: { minutes: 0 },
    steam_total: 120,
    reconciles: true,
  });
});

test("what was set by hand stays beside the sessions; a session taken out or undone takes its minutes with it", () => {
  using database = openDatabase(":memory:");
  const id = keep(database, 60);

  const first = play(database, id, 3);
  const second = play(database, id, 6);
  const both = total(database, id);
  edit.undoEdit(database, { id: first.id }, READING);
  const one = total(database, id);
  edit.undoEdit(database, { id: second.id }, READING);

  expect([both, one, total(database, id)]).toEqual([300, 180, 60]);
  expect(countUnbalanced(database)).toBe(0);
});

test("a total set by hand is the whole one: it cannot be less than the sessions hold, and they stay as they are", () => {
  using database = openDatabase(":memory:");
  const id = keep(database, 60);
  play(database, id, 3);
  const set = (minutes: number) =>
    updateGame(database, { id, patch: { playtime_minutes: minutes } }, NOW).playtime_minutes;

  expect(set(500)).toBe(500);
  expect(set(120)).toBe(120);
  expect(() => set(119)).toThrow(/hold 120 minutes: its total cannot be less/);
  play(database, id, 6);

  expect(total(database, id)).toBe(240);
  expect(countUnbalanced(database)).toBe(0);
});

test("no total falls when Steam begins to count a game, and corrections stand beside Steam's total from then on", () => {
  using database = openDatabase(":memory:");
  const lower = keep(database, 60, 10);
  const higher = keep(database, 60, 20);
  for (const id of [lower, higher]) play(database, id, 3);
  const sample = (at: number, ...minutes: [number, number]) =>
    applyLibrarySample(
      database,
      CALENDAR,
      libraryFact(at, [
        { appId: 10, minutes: minutes[0] },
        { appId: 20, minutes: minutes[1] },
      ]),
    );

  sample(NOW, 30, 400);
  const taken = [lower, higher].map((id) => total(database, id));
  const added = play(database, higher, 9);
  edit.undoEdit(database, { id: added.id - 1 }, READING);

  expect(taken).toEqual([180, 400]);
  expect([lower, higher].map((id) => total(database, id))).toEqual([180, 400]);
  expect(getGame(database, { id: lower }).steam_reports_less).toBe(true);
  expect(getGameHistory(database, { id: higher }, CALENDAR).corrections.minutes).toBe(-120);
  assertReconciled(database, [lower, higher]);
  expect(countUnbalanced(database)).toBe(0);
});

test("Steam's own total stays what Steam says when a session is added", () => {
  using database = openDatabase(":memory:");
  applyLibrarySample(database, CALENDAR, libraryFact(NOW - DAY_MS, [{ appId: 10, minutes: 100 }]));

  play(database, 1, 3);

  expect(total(database, 1)).toBe(100);
});

test("a database from before counts the sessions of its hand-kept games once it is migrated, and Steam's games stay", async () => {
  using folder = new DatabaseFolder();
  const path = join(folder.path, "tracker.db");
  {
    using old = openDatabase(path, { schemaVersion: 8 });
    // As that schema has it: what is inserted elsewhere names the columns of today's.
    old.raw.run(
      `INSERT INTO games (title, platform, status, playtime_minutes, library_state, created_at, updated_at)
       VALUES ('By hand', 'PC', 'Backlog', 60, NULL, 0, 0), ('Steam''s', 'PC', 'Backlog', 60, 'owned', 0, 0)`,
    );
    const edits = old.prepare(
      "INSERT INTO session_edits (game_id, kind, arguments, created_at, undone_at, minutes) VALUES (?, 'add', '{}', 0, ?, 120)",
    );
    for (const undoneAt of [null, 1]) for (const id of [1, 2]) edits.run(id, undoneAt);
  }

  using database = openDatabase(path);

  expect([1, 2].map((id) => total(database, id))).toEqual([180, 60]);
});

const CASES = 100;
const act = fc.record({
  kind: fc.constantFrom("add", "set", "undo", "remove", "night", "sync"),
  pick: fc.nat(400),
});

test(`whatever a person enters, takes back and sets, a hand-kept game's total is its baselines and its sessions (${CASES} cases)`, () => {
  let added = 0;
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 20 }), (acts) => {
      using database = openDatabase(":memory:");
      const id = keep(database, 45, 10);
      for (const [index, { kind, pick }] of acts.entries()) {
        const at = NOW + index * HOUR_MS;
        attempt(() => {
          if (kind === "add") added += play(database, id, 3 + pick).minutes > 0 ? 1 : 0;
          if (kind === "set")
            updateGame(database, { id, patch: { playtime_minutes: pick * 3 } }, at);
          if (kind === "undo") edit.undoEdit(database, { id: 1 + (pick % 8) }, READING);
          if (kind === "remove") edit.removeSession(database, { id: 1 + (pick % 8) }, READING);
          if (kind === "night") writeSnapshots(database, CALENDAR, at);
          if (kind === "sync" && pick < 20) {
            applyLibrarySample(
              database,
              CALENDAR,
              libraryFact(at, [{ appId: 10, minutes: pick * 10 }]),
            );
          }
        });
        const { before, days, gaps } = getGameHistory(database, { id }, CALENDAR);
        const parts = [...days, ...gaps].reduce((sum, each) => sum + each.minutes, before.minutes);
        const { library_state: state, playtime_minutes: minutes } = getGame(database, { id });
        if (state === null) expect(parts).toBe(minutes);
        assertReconciled(database, [id]);
        expect(countUnbalanced(database)).toBe(0);
      }
      writeSnapshots(database, CALENDAR, NOW + DAY_MS);
      if (listSnapshots(database, {}).items.length > 0) expectSnapshots(database, CALENDAR);
    }),
    { numRuns: CASES },
  );
  expect(added).toBeGreaterThan(CASES / 4);
}, 60_000);

/** What may not be is refused with a code. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
}
