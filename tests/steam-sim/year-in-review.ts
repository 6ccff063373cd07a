import { json, type Reply } from "./reply.ts";
import { connectionsOf, type Sitting, type Truth } from "./truth.ts";
import type { Privacy, World } from "./world.ts";

const FIRST_YEAR = 2022;
/** The Replay is made up on this day of December; what is played later comes into it with the next one. */
const REPLAY_DAY = 18;
/** The index of December. */
const DECEMBER = 11;

const NOT_SHOWN = json({ response: {} }, "not_shown");

/** Play between two instants, epoch milliseconds, of one game in one month. */
interface Piece {
  readonly appId: number;
  readonly from: number;
  readonly to: number;
  /** Seconds since 1970 of the month's start in UTC. */
  readonly month: number;
  /** Whether a session began with it. */
  readonly begins: boolean;
}

export function getUserYearInReview(
  { player, at, settings }: World,
  parameters: URLSearchParams,
  privacy: Privacy,
): Reply {
  const { truth } = player;
  const year = Number(parameters.get("year"));
  const isShown =
    parameters.get("steamid") === truth.steamId &&
    settings.yearInReview !== "off" &&
    !privacy.games &&
    year >= FIRST_YEAR &&
    year <= new Date(at).getUTCFullYear();
  if (!isShown) return NOT_SHOWN;

  const pieces = piecesOf(truth, Date.UTC(year, 0), coveredUntil(year, at), at);
  const stats = {
    account_id: Number(BigInt.asUintN(32, BigInt(truth.steamId))),
    year,
    playtime_stats: playtimeStats(truth, pieces, settings.yearInReview),
    privacy_state: 3,
  };
  return json({ response: { stats } });
}

/** The end of the year once the next Replay is out; until then its last two weeks are missing. */
function coveredUntil(year: number, at: number): number {
  const isComplete = at >= Date.UTC(year + 1, DECEMBER, REPLAY_DAY);
  return Math.min(at, isComplete ? Date.UTC(year + 1, 0) : Date.UTC(year, DECEMBER, REPLAY_DAY));
}

/** The play of which Steam knows at `at`, cut at each month's start. */
function piecesOf(truth: Truth, from: number, until: number, at: number): Piece[] {
  const connections = connectionsOf(truth);
  const steamGames = new Set(
    truth.games.filter(({ kind }) => kind !== "non_steam").map(({ appId }) => appId),
  );
  const isKnown = ({ appId, mode, endedAt }: Sitting) =>
    steamGames.has(appId) &&
    (mode !== "offline" ||
      (endedAt !== null && connections.some((instant) => instant >= endedAt && instant <= at)));
  return truth.sittings.filter(isKnown).flatMap((sitting) => cut(sitting, from, until));
}

function cut({ appId, startedAt, endedAt }: Sitting, from: number, until: number): Piece[] {
  const pieces: Piece[] = [];
  let at = Math.max(startedAt, from);
  const end = Math.min(endedAt ?? until, until);
  while (at < end) {
    const date = new Date(at);
    const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
    const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    const to = Math.min(end, next);
    pieces.push({ appId, from: at, to, month: month / 1_000, begins: at === startedAt });
    at = to;
  }
  return pieces;
}

function playtimeStats(truth: Truth, pieces: readonly Piece[], shape: string) {
  const games = [...Map.groupBy(pieces, ({ appId }) => appId)];
  const months = [...Map.groupBy(pieces, ({ month }) => month)].toSorted(
    ([one], [other]) => one - other,
  );
  return {
    total_stats: statsOf(pieces),
    games: games.map(([appId, own]) => gameRow(appId, own, shape !== "months_beside_games")),
    months: months.map(([month, own]) => monthRow(month, own, shape !== "months_in_games")),
    game_summary: games.map(([appId, own]) => summaryOf(truth, appId, own)),
  };
}

function gameRow(appid: number, own: readonly Piece[], withMonths: boolean) {
  const months = [...Map.groupBy(own, ({ month }) => month)];
  return {
    appid,
    stats: statsOf(own),
    rtime_first_played: seconds(Math.min(...own.map(({ from }) => from))),
    ...(withMonths && {
      months: months.map(([month, ofMonth]) => ({ rtime_month: month, stats: statsOf(ofMonth) })),
    }),
  };
}

/** Also without its games a month is told of, with what was played in all of them. */
function monthRow(month: number, own: readonly Piece[], withGames: boolean) {
  const games = [...Map.groupBy(own, ({ appId }) => appId)];
  return {
    rtime_month: month,
    stats: statsOf(own),
    ...(withGames && {
      appid: games.map(([appid, ofGame]) => ({ appid, stats: statsOf(ofGame) })),
    }),
  };
}

function statsOf(pieces: readonly Piece[]) {
  const playedMs = pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    total_playtime_seconds: seconds(playedMs),
    total_sessions: pieces.filter(({ begins }) => begins).length,
  };
}

function summaryOf(truth: Truth, appid: number, own: readonly Piece[]) {
  const game = truth.games.find(({ appId }) => appId === appid);
  const starts = truth.sittings.filter(({ appId }) => appId === appid);
  const first = Math.min(...starts.map(({ startedAt }) => startedAt));
  const isKnown = game?.minutesBefore === 0;
  return {
    appid,
    new_this_year: isKnown && own.some(({ from }) => from === first),
    rtime_first_played_lifetime: isKnown ? seconds(first) : 0,
    demo: false,
    playtest: false,
    total_sessions: statsOf(own).total_sessions,
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
