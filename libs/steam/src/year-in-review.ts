import { type Static, Type } from "@sinclair/typebox";
import { defineEndpoint } from "./endpoint.ts";
import { instantMs, Uint32 } from "./field.ts";
import { mismatch } from "./mismatch.ts";

/** The play of one game in one month; a month without play is left out. */
export interface MonthOfPlay {
  /** `YYYY-MM`, in the zone in which Steam cuts its months. */
  readonly month: string;
  /** Milliseconds, of Steam's whole seconds. */
  readonly playedMs: number;
  /** Null when not told. */
  readonly sessions: number | null;
}

/** One game of a year. Its months need not add up to its total: what is missing was played in that year, month unknown. */
export interface YearOfGame {
  readonly appId: number;
  /** Milliseconds in the whole year; null when not told. */
  readonly playedMs: number | null;
  readonly sessions: number | null;
  /** Epoch milliseconds of the first play in that year, and of the first one ever; null when not told. */
  readonly firstPlayedAt: number | null;
  readonly firstPlayedEverAt: number | null;
  /** In order, and each once. */
  readonly months: readonly MonthOfPlay[];
}

export interface YearInReview {
  readonly year: number;
  /** In the order in which Steam tells of them. */
  readonly games: readonly YearOfGame[];
}

/** The first year that Steam has. */
export const YEAR_IN_REVIEW_MIN = 2022;

/** A month's start may be told in a zone east of UTC, where it is still the month before. */
const ZONE_MS_MAX = 14 * 3_600_000;

const Stats = Type.Object({
  total_playtime_seconds: Type.Optional(Type.Integer({ minimum: 0 })),
  total_sessions: Type.Optional(Type.Integer({ minimum: 0 })),
});

const Month = Type.Object({ rtime_month: Uint32, stats: Type.Optional(Stats) });

const Game = Type.Object({
  appid: Uint32,
  stats: Type.Optional(Stats),
  rtime_first_played: Type.Optional(Uint32),
  months: Type.Optional(Type.Array(Month)),
});

const GameOfMonth = Type.Object({ appid: Uint32, stats: Type.Optional(Stats) });

const MonthOfGames = Type.Object({
  rtime_month: Uint32,
  appid: Type.Optional(Type.Array(GameOfMonth)),
});

const GameSummary = Type.Object({
  appid: Uint32,
  rtime_first_played_lifetime: Type.Optional(Uint32),
});

const PlaytimeStats = Type.Object({
  games: Type.Optional(Type.Array(Game)),
  months: Type.Optional(Type.Array(MonthOfGames)),
  game_summary: Type.Optional(Type.Array(GameSummary)),
});
type PlaytimeStats = Static<typeof PlaytimeStats>;

/** A year as it was answered, before it is known to be the one of the account that was asked for. */
interface ReviewedYear extends YearInReview {
  readonly accountId: number;
}

/** Undocumented; an ordinary key reads the year of its own account. A year that Steam does not show is a 200 without stats. */
export const getUserYearInReview = defineEndpoint({
  name: "GetUserYearInReview",
  path: "/ISaleFeatureService/GetUserYearInReview/v1/",
  apis: ["steam-web-api"],
  answer: Type.Object({
    response: Type.Object({
      stats: Type.Optional(
        Type.Object({
          account_id: Uint32,
          year: Uint32,
          playtime_stats: Type.Optional(PlaytimeStats),
        }),
      ),
    }),
  }),
  absence: ({ response }) => (response.stats?.playtime_stats ? null : "not_visible"),
  data: ({ response: { stats } }): ReviewedYear => ({
    accountId: stats?.account_id ?? 0,
    year: stats?.year ?? 0,
    games: gamesOf(stats?.playtime_stats ?? {}, stats?.year ?? 0),
  }),
});

/** The year without its account. Throws `malformed` when it is another year, or that of somebody else: nobody's play may become another's. */
export function checkYear(answered: ReviewedYear, steamId: string, year: number): YearInReview {
  const accountId = Number(BigInt.asUintN(32, BigInt(steamId)));
  const wrong =
    (answered.accountId !== accountId && "account_id") || (answered.year !== year && "year");
  if (!wrong) return { year, games: answered.games };
  throw mismatch(getUserYearInReview, `/response/stats/${wrong}`);
}

function gamesOf(stats: PlaytimeStats, year: number): YearOfGame[] {
  const months = monthsPerGame(stats, year);
  const games = new Map((stats.games ?? []).map((game) => [game.appid, game]));
  const summaries = new Map((stats.game_summary ?? []).map((game) => [game.appid, game]));
  return [...new Set([...games.keys(), ...months.keys()])].map((appId) => {
    const game = games.get(appId);
    return {
      appId,
      playedMs: playedMs(game?.stats),
      sessions: game?.stats?.total_sessions ?? null,
      firstPlayedAt: instantMs(game?.rtime_first_played),
      firstPlayedEverAt: instantMs(summaries.get(appId)?.rtime_first_played_lifetime),
      months: [...(months.get(appId)?.values() ?? [])].toSorted((one, other) =>
        one.month < other.month ? -1 : 1,
      ),
    };
  });
}

/** Steam tells the months inside each game or beside the games; where it does both, it says the same twice. */
function monthsPerGame({ games = [], months = [] }: PlaytimeStats, year: number) {
  const perGame = new Map<number, Map<string, MonthOfPlay>>();
  const add = (appId: number, rtimeMonth: number, stats: Static<typeof Stats> | undefined) => {
    const month = monthName(rtimeMonth);
    const ms = playedMs(stats);
    // Seconds that are not told are not none, so such a month is as if it were missing.
    if (ms === null || ms === 0 || !month.startsWith(`${year}-`)) return;
    const known = perGame.get(appId) ?? new Map<string, MonthOfPlay>();
    const sessions = stats?.total_sessions ?? null;
    if (!known.has(month)) known.set(month, { month, playedMs: ms, sessions });
    perGame.set(appId, known);
  };
  for (const game of games) {
    for (const { rtime_month, stats } of game.months ?? []) add(game.appid, rtime_month, stats);
  }
  for (const { rtime_month, appid = [] } of months) {
    for (const { appid: appId, stats } of appid) add(appId, rtime_month, stats);
  }
  return perGame;
}

function monthName(rtimeMonth: number): string {
  return new Date(rtimeMonth * 1_000 + ZONE_MS_MAX).toISOString().slice(0, 7);
}

function playedMs(stats: Static<typeof Stats> | undefined): number | null {
  const seconds = stats?.total_playtime_seconds;
  return seconds === undefined ? null : seconds * 1_000;
}
