import { expect, test } from "bun:test";
import { type Calendar, snapshotRows, totalOn } from "@tracker/playtime";
import fc from "fast-check";
import { countUnbalanced } from "./balance.ts";
import { type Database, openDatabase } from "./database.ts";
import {
  DatabaseFolder,
  dump,
  dumpDerived,
  type LibraryFact,
  libraryFact,
  MINUTE_MS,
  type PresenceFact,
  presenceFact,
} from "./fact-fixture.ts";
import { applyLibrarySample } from "./library.ts";
import { applyPresence } from "./presence.ts";
import { rebuildSessions } from "./rebuild.ts";
import { writeSnapshots } from "./snapshot.ts";

const CASES = 1_000;
const APPS = [10, 20] as const;
/** Around both of New York's clock changes, and where days are cut elsewhere. */
const STARTS = [Date.parse("2026-03-07T21:00:00Z"), Date.parse("2026-10-31T22:30:00Z")];
const CALENDARS: readonly Calendar[] = [
  { zone: "America/New_York", dayStartHour: 0 },
  { zone: "America/New_York", dayStartHour: 4 },
  { zone: "Asia/Kathmandu", dayStartHour: 0 },
];

interface Growth {
  readonly minutes: number;
  readonly offline: number;
  /** Minutes before the sample at which Steam says it was last played; null when it does not say. */
  readonly lastPlayedAgo: number | null;
}

type Step =
  | { readonly kind: "sample"; readonly after: number; readonly growth: readonly Growth[] }
  | { readonly kind: "hidden" | "zeros" | "lower" | "missing"; readonly after: number }
  | {
      readonly kind: "playing";
      readonly after: number;
      readonly app: number;
      readonly looks: number;
    }
  | { readonly kind: "idle" | "night"; readonly after: number };

type Action = LibraryFact | PresenceFact | { readonly night: number };

const after = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 90 }) },
  { weight: 1, arbitrary: fc.constantFrom(720, 1_440, 2_900, 13_000) },
);
const growth: fc.Arbitrary<Growth> = fc.record({
  minutes: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 45 }),
    fc.integer({ min: 1, max: 400 }),
  ),
  offline: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 100 })),
  lastPlayedAgo: fc.option(fc.integer({ min: 0, max: 200 })),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("sample" as const),
      after,
      growth: fc.array(growth, { minLength: APPS.length, maxLength: APPS.length }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("playing" as const),
      after,
      app: fc.constantFrom(...APPS, 30),
      looks: fc.integer({ min: 1, max: 8 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom("idle" as const, "night" as const), after }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "hidden" as const,
        "zeros" as const,
        "lower" as const,
        "missing" as const,
      ),
      after,
    }),
  },
);

/** What Steam and the poller would send along a story, in order. */
function facts(start: number, steps: readonly Step[]): Action[] {
  const totals = new Map<number, { minutes: number; offline: number }>(
    APPS.map((app) => [app, { minutes: app * 3, offline: 0 }]),
  );
  let now = start;
  const sample = (lastPlayed: (index: number) => number | null = () => null) =>
    APPS.map((appId, index) => ({
      appId,
      minutes: totals.get(appId)?.minutes ?? 0,
      offlineMinutes: totals.get(appId)?.offline ?? 0,
      lastPlayedAt: lastPlayed(index),
    }));
  return steps.flatMap((step): Action[] => {
    now += step.after * MINUTE_MS;
    switch (step.kind) {
      case "sample":
        for (const [index, app] of APPS.entries()) {
          const total = totals.get(app);
          const grown = step.growth[index];
          if (total === undefined || grown === undefined) continue;
          total.minutes += grown.minutes;
          total.offline += Math.min(grown.offline, grown.minutes);
        }
        return [
          libraryFact(
            now,
            sample((index) => {
              const ago = step.growth[index]?.lastPlayedAgo ?? null;
              return ago === null ? null : now - ago * MINUTE_MS;
            }),
          ),
        ];
      case "hidden":
        return [libraryFact(now, [])];
      case "zeros":
        return [
          libraryFact(
            now,
            APPS.map((appId) => ({ appId, minutes: 0 })),
          ),
        ];
      case "lower":
        return [
          libraryFact(
            now,
            sample().map((game) => ({ ...game, minutes: Math.floor(game.minutes / 2) })),
          ),
        ];
      case "missing":
        return [libraryFact(now, sample().slice(1))];
      case "playing": {
        const looks = Array.from({ length: step.looks }, (_, index) => now + index * MINUTE_MS);
        now += step.looks * MINUTE_MS;
        return looks.map((at) => presenceFact(at, step.app));
      }
      case "idle":
        return [presenceFact(now, null)];
      case "night":
        return [{ night: now }];
    }
  });
}

/** What happens to each fact on its way: it is lost, comes twice, or comes late by so many places; the store may restart after it. */
const fate = fc.record({
  lost: fc.boolean(),
  twice: fc.boolean(),
  late: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 6 })),
  restart: fc.boolean(),
  matters: fc.integer({ min: 0, max: 5 }),
});

interface Delivery {
  readonly action: Action;
  readonly restart: boolean;
}

function deliver(
  sent: readonly Action[],
  fates: readonly (typeof fate extends fc.Arbitrary<infer F> ? F : never)[],
): Delivery[] {
  const places = sent.flatMap((action, index) => {
    const { lost, twice, late, restart, matters } =
      fates[index % fates.length] ?? fates[0] ?? NO_FATE;
    // Most facts arrive as they should; one in six has its fate.
    if (matters !== 0) return [{ place: index, action, restart: false }];
    if (lost) return [];
    const once = { place: index + late + 0.5, action, restart };
    return twice ? [once, { ...once, place: once.place + 2 }] : [once];
  });
  return places.sort((a, b) => a.place - b.place);
}

const NO_FATE = { lost: false, twice: false, late: 0, restart: false, matters: 1 };

function apply(database: Database, calendar: Calendar, action: Action): void {
  if ("night" in action) writeSnapshots(database, calendar, action.night);
  else if ("games" in action) applyLibrarySample(database, calendar, action);
  else applyPresence(database, calendar, action);
}

const scenario = fc.record({
  start: fc.constantFrom(...STARTS),
  calendar: fc.constantFrom(...CALENDARS),
  steps: fc.array(step, { minLength: 1, maxLength: 24 }),
  fates: fc.array(fate, { minLength: 1, maxLength: 40 }),
});

test(`history holds through duplicated, late, reordered and lost facts and restarts at any point (${CASES} cases)`, () => {
  using folder = new DatabaseFolder();

  fc.assert(
    fc.property(scenario, ({ start, calendar, steps, fates }) => {
      const deliveries = deliver(facts(start, steps), fates);
      const path = folder.fresh();
      let database = openDatabase(path);
      try {
        for (const { action, restart } of deliveries) {
          apply(database, calendar, action);
          if (!restart) continue;
          database[Symbol.dispose]();
          database = openDatabase(path);
        }
        const now = start + 400 * 86_400_000;

        expect(countUnbalanced(database)).toBe(0);
        expectHighestTotals(database, deliveries);
        expectSessionsApart(database);
        expectDaysAddUp(database);
        expectSnapshots(database, calendar);
        expectNothingNew(database, calendar, deliveries);
        expectRebuildTheSame(database, calendar, now);
      } finally {
        database[Symbol.dispose]();
      }
    }),
    { numRuns: CASES, verbose: 1 },
  );
}, 120_000);

function expectHighestTotals(database: Database, deliveries: readonly Delivery[]): void {
  const highest = new Map<number, number>();
  for (const { action } of deliveries) {
    if (!("games" in action)) continue;
    for (const { app_id, minutes } of action.games) {
      highest.set(app_id, Math.max(highest.get(app_id) ?? 0, minutes));
    }
  }
  const stored = database.raw
    .query<{ app: number; minutes: number }, []>(
      "SELECT steam_app_id AS app, playtime_minutes AS minutes FROM games",
    )
    .all();
  expect(new Map(stored.map(({ app, minutes }) => [app, minutes]))).toEqual(highest);
}

function expectSessionsApart(database: Database): void {
  const wrong = database.raw
    .query(
      `SELECT a.*, b.started_at AS other FROM play_sessions a JOIN play_sessions b ON a.game_id = b.game_id AND a.id <> b.id
       WHERE a.precision <> 'gap' AND b.precision <> 'gap' AND a.started_at <= b.started_at
         AND (a.ended_at IS NULL OR a.ended_at > b.started_at)
       UNION ALL SELECT *, 0 FROM play_sessions WHERE started_at < not_before OR ended_at > not_after
         OR (precision <> 'gap' AND minutes * 60000 > ended_at - started_at + 59999)`,
    )
    .all();
  expect(wrong).toEqual([]);
}

function expectDaysAddUp(database: Database): void {
  const wrong = database.raw
    .query(
      `SELECT id, minutes, precision, (SELECT coalesce(sum(minutes), 0) FROM session_days WHERE session_id = id) AS days FROM play_sessions
       WHERE days <> CASE precision WHEN 'gap' THEN 0 ELSE minutes END`,
    )
    .all();
  expect(wrong).toEqual([]);
}

/** Each written day against the definition: baseline seen and minutes placed by its end, worked out by libs/playtime from scratch. */
function expectSnapshots(database: Database, calendar: Calendar): void {
  const totals = database.raw
    .query<{ date: string; total_minutes: number; games_played: number }, []>(
      "SELECT * FROM daily_snapshots ORDER BY date",
    )
    .all();
  const games = database.raw.query<{ id: number }, []>("SELECT id FROM games").all();
  const expected = games.map(({ id }) => ({ id, rows: rowsOf(database, calendar, id) }));
  for (const { date, total_minutes, games_played } of totals) {
    const minutes = expected.map(({ rows }) => totalOn(rows, date) ?? 0);
    expect({
      date,
      total: minutes.reduce((sum, each) => sum + each, 0),
      games: minutes.filter(Boolean).length,
    }).toEqual({
      date,
      total: total_minutes,
      games: games_played,
    });
  }
  const newest = totals.at(-1)?.date ?? "";
  for (const { id, rows } of expected) {
    const stored = database.raw
      .query<{ day: string; minutes: number }, [number]>(
        "SELECT date AS day, minutes FROM daily_game_snapshots WHERE game_id = ? ORDER BY date",
      )
      .all(id);
    expect(stored).toEqual(rows.filter((row) => row.day <= newest));
  }
}

function rowsOf(database: Database, calendar: Calendar, gameId: number) {
  const baselines = database.raw
    .query<{ observedAt: number; minutes: number }, [number]>(
      "SELECT observed_at AS observedAt, minutes FROM playtime_changes WHERE game_id = ? AND kind = 'baseline'",
    )
    .all(gameId);
  const sessions = database.raw
    .query<{ id: number; minutes: number; notAfter: number | null }, [number]>(
      "SELECT id, minutes, not_after AS notAfter FROM play_sessions WHERE game_id = ?",
    )
    .all(gameId);
  const days = database.raw.query<{ day: string; minutes: number }, [number]>(
    "SELECT day, minutes FROM session_days WHERE session_id = ?",
  );
  const counted = sessions.map((session) => ({ ...session, days: days.all(session.id) }));
  return [...snapshotRows(baselines, counted, calendar)];
}

function expectNothingNew(
  database: Database,
  calendar: Calendar,
  deliveries: readonly Delivery[],
): void {
  const before = dump(database);
  for (const { action } of deliveries) if (!("night" in action)) apply(database, calendar, action);
  expect(dump(database)).toEqual(before);
}

function expectRebuildTheSame(database: Database, calendar: Calendar, now: number): void {
  const before = dumpDerived(database);
  rebuildSessions(database, calendar, now);
  expect(dumpDerived(database)).toEqual(before);
}
