import {
  DAYS_MAX,
  type Gap,
  type getDay as dayDefinition,
  type Input,
  type listDays as daysDefinition,
  type Output,
  type PlayedDay,
  type Session,
} from "@tracker/contracts";
import { dayEnd, dayStart, sumMinutes } from "@tracker/playtime";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { readDay, readDayRange, type Reading } from "./day-range.ts";
import { requireGame } from "./game-archive.ts";
import { carriesTag } from "./game-condition.ts";
import { coverOf, titleOf } from "./game-row.ts";
import { instantOf } from "./instant.ts";
import { endOf, sessionColumns, type SessionRow, toSession } from "./session-row.ts";

interface GameDayRow {
  readonly day: string;
  readonly game_id: number;
  readonly title: string;
  readonly cover_url: string | null;
  readonly minutes: number;
}

interface GapRow extends Omit<GameDayRow, "day"> {
  readonly not_before: number;
  readonly not_after: number;
}

/** Minutes per day and game, oldest day first; a gap counts when the range holds its whole window. */
export function listDays(
  database: Database,
  input: Input<typeof daysDefinition>,
  reading: Reading,
): Output<typeof daysDefinition> {
  const { from, to, start, end } = readDayRange(input, reading, DAYS_MAX);
  const { game_id: gameId, tag, visibility } = input;
  if (gameId !== undefined) requireGame(database, gameId, "/game_id");
  const ofGame = sql`${gameId === undefined ? sql`true` : sql`s.game_id = ${gameId}`}
    AND ${tag === undefined ? sql`true` : carriesTag(tag)}
    AND ${visibility === undefined ? sql`true` : sql`g.visibility = ${visibility}`}`;
  const items = playedDays(database, sql`d.day BETWEEN ${from} AND ${to} AND ${ofGame}`);
  const within = sql`s.not_before >= ${start} AND coalesce(s.not_after, s.ended_at) <= ${end}`;
  const gaps = readGaps(database, sql`${within} AND ${ofGame}`);
  return {
    from,
    to,
    time_zone: reading.calendar.zone,
    minutes: sumMinutes(items) + sumMinutes(gaps),
    items,
    gaps,
  };
}

/** One day. Its minutes are those that `listDays` answers for it alone; a gap that reaches beyond it is shown but not counted. */
export function getDay(
  database: Database,
  { day: wanted }: Input<typeof dayDefinition>,
  reading: Reading,
): Output<typeof dayDefinition> {
  const day = readDay(wanted, "/day");
  const start = dayStart(day, reading.calendar);
  const end = dayEnd(day, reading.calendar);
  const [played] = playedDays(database, sql`d.day = ${day}`);
  const touches = sql`s.not_before < ${end} AND coalesce(s.not_after, s.ended_at) > ${start}`;
  const gaps = readGaps(database, touches);
  const [starts_at, ends_at] = [instantOf(start), instantOf(end)];
  const inside = gaps.filter((gap) => gap.not_before >= starts_at && gap.not_after <= ends_at);
  return {
    day,
    time_zone: reading.calendar.zone,
    starts_at,
    ends_at,
    minutes: (played?.minutes ?? 0) + sumMinutes(inside),
    games: played?.games ?? [],
    sessions: sessionsOfDay(database, { day, start, end }, reading),
    gaps,
  };
}

function playedDays(database: Database, condition: SQL): PlayedDay[] {
  const rows = database.drizzle.all<GameDayRow>(sql`
    SELECT d.day, s.game_id, ${titleOf} AS title, ${coverOf} AS cover_url, sum(d.minutes) AS minutes
    FROM session_days d JOIN play_sessions s ON s.id = d.session_id JOIN games g ON g.id = s.game_id
    WHERE ${condition} GROUP BY d.day, s.game_id ORDER BY d.day, minutes DESC, s.game_id`);
  return Array.from(
    Map.groupBy(rows, (row) => row.day),
    ([day, games]) => ({
      day,
      minutes: sumMinutes(games),
      games: games.map(({ day: _day, ...game }) => game),
    }),
  );
}

function readGaps(database: Database, condition: SQL): Gap[] {
  const rows = database.drizzle.all<GapRow>(sql`
    SELECT s.game_id, ${titleOf} AS title, ${coverOf} AS cover_url, s.minutes, s.not_before,
      coalesce(s.not_after, s.ended_at) AS not_after
    FROM play_sessions s JOIN games g ON g.id = s.game_id
    WHERE s.precision = 'gap' AND ${condition} ORDER BY s.not_before, s.id`);
  return rows.map(toGap);
}

function toGap(row: GapRow): Gap {
  return {
    ...row,
    not_before: instantOf(row.not_before),
    not_after: instantOf(row.not_after),
  };
}

/** Sessions with minutes on the day, begun on it or open through it, cut at its bounds: what is shown is the part of this day. */
function sessionsOfDay(
  database: Database,
  { day, start, end }: { day: string; start: number; end: number },
  reading: Reading,
): Session[] {
  const rows = database.drizzle.all<SessionRow>(sql`
    SELECT ${sessionColumns(reading)} FROM play_sessions s JOIN games g ON g.id = s.game_id
    WHERE s.precision NOT IN ('gap', 'month') AND s.id IN (
      SELECT session_id FROM session_days WHERE day = ${day}
      UNION ALL SELECT id FROM play_sessions WHERE started_at >= ${start} AND started_at < ${end}
      UNION ALL SELECT s.id FROM play_sessions s
        WHERE s.ended_at IS NULL AND s.started_at < ${end} AND ${endOf} > ${start})
    ORDER BY s.started_at, s.id`);
  return rows.map((row) => cutAtDay(row, { day, start, end }, reading.now >= end));
}

function cutAtDay(
  row: SessionRow,
  { day, start, end }: { day: string; start: number; end: number },
  over: boolean,
): Session {
  const session = toSession({
    ...row,
    started_at: Math.max(row.started_at, start),
    ended_at: over && row.live === 1 ? end : Math.min(row.ended_at, end),
    live: over ? 0 : row.live,
  });
  const days = session.days.filter((part) => part.day === day);
  return { ...session, days, minutes: sumMinutes(days) };
}
