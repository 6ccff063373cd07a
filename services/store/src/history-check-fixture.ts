import { expect } from "bun:test";
import type { Calendar } from "@tracker/playtime";
import { snapshotRows, totalOn } from "@tracker/playtime/snapshot-fixture";
import type { Database } from "./database.ts";
import { dump, dumpDerived } from "./fact-fixture.ts";
import type { Delivery } from "./history-delivery-fixture.ts";
import { apply } from "./history-story-fixture.ts";
import { rebuildSessions } from "./rebuild.ts";

export function expectHighestTotals(database: Database, deliveries: readonly Delivery[]): void {
  const highest = new Map<number, number>();
  for (const { action } of deliveries) {
    if (!("games" in action)) continue;
    for (const { app_id, minutes } of action.games) {
      // Where every total is hidden a zero says nothing, not even that the game is there.
      if (minutes > 0) highest.set(app_id, Math.max(highest.get(app_id) ?? 0, minutes));
    }
  }
  const stored = database.raw
    .query<{ app: number; minutes: number }, []>(
      "SELECT steam_app_id AS app, playtime_minutes AS minutes FROM games WHERE playtime_minutes > 0",
    )
    .all();
  expect(new Map(stored.map(({ app, minutes }) => [app, minutes]))).toEqual(highest);
}

export function expectSessionsApart(database: Database): void {
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

export function expectDaysAddUp(database: Database): void {
  const wrong = database.raw
    .query(
      `SELECT id, minutes, precision, (SELECT coalesce(sum(minutes), 0) FROM session_days WHERE session_id = id) AS days FROM play_sessions
       WHERE days <> CASE precision WHEN 'gap' THEN 0 ELSE minutes END`,
    )
    .all();
  expect(wrong).toEqual([]);
}

/** Each written day against the definition: baseline seen and minutes placed by its end, worked out by libs/playtime from scratch. */
export function expectSnapshots(database: Database, calendar: Calendar): void {
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
  const counted = sessions.map((session) => Object.assign(session, { days: days.all(session.id) }));
  return snapshotRows(baselines, counted, calendar);
}

export function expectNothingNew(
  database: Database,
  calendar: Calendar,
  deliveries: readonly Delivery[],
): void {
  const before = dump(database);
  for (const { action } of deliveries) if (!("night" in action)) apply(database, calendar, action);
  expect(dump(database)).toEqual(before);
}

export function expectRebuildTheSame(database: Database, calendar: Calendar, now: number): void {
  const before = dumpDerived(database);
  rebuildSessions(database, calendar, now);
  expect(dumpDerived(database)).toEqual(before);
}
