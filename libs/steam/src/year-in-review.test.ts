import { expect, test } from "bun:test";
import { answer, client, failureOf, serveScript, STEAM_ID } from "./scripted-steam-fixture.ts";
import { getUserYearInReview } from "./year-in-review.ts";

/** The low 32 bits of STEAM_ID. */
const ACCOUNT_ID = Number(BigInt(STEAM_ID) & 0xffff_ffffn);
const YEAR = 2024;
const JANUARY = Date.UTC(YEAR, 0) / 1_000;
const MARCH = Date.UTC(YEAR, 2) / 1_000;

const stats = (seconds: number, sessions = 1) => ({
  total_playtime_seconds: seconds,
  total_sessions: sessions,
});

function body(playtimeStats: object, told: object = {}) {
  const review = { account_id: ACCOUNT_ID, year: YEAR, privacy_state: 3, ...told };
  return { response: { stats: { ...review, playtime_stats: playtimeStats } } };
}

function gamesOf(playtimeStats: object): unknown {
  const reading = getUserYearInReview.read(body(playtimeStats));
  return "data" in reading ? reading.data.games : reading;
}

const GAMES = [
  { appid: 10, stats: stats(9_000, 5), rtime_first_played: JANUARY + 60, playtime_streak: {} },
  { appid: 20, stats: stats(60, 1), rtime_first_played: 0 },
];
const SUMMARY = [
  { appid: 10, new_this_year: false, rtime_first_played_lifetime: 1_500_000_000, demo: false },
  { appid: 20, new_this_year: true, rtime_first_played_lifetime: 0 },
];
const EXPECTED = [
  {
    appId: 10,
    playedMs: 9_000_000,
    sessions: 5,
    firstPlayedAt: (JANUARY + 60) * 1_000,
    firstPlayedEverAt: 1_500_000_000_000,
    months: [
      { month: "2024-01", playedMs: 3_600_000, sessions: 2 },
      { month: "2024-03", playedMs: 5_400_000, sessions: 3 },
    ],
  },
  {
    appId: 20,
    playedMs: 60_000,
    sessions: 1,
    firstPlayedAt: null,
    firstPlayedEverAt: null,
    months: [],
  },
];

const INSIDE = [
  { rtime_month: MARCH, stats: stats(5_400, 3) },
  { rtime_month: JANUARY, stats: stats(3_600, 2) },
];
const BESIDE = [
  { rtime_month: JANUARY, stats: stats(3_600, 2), appid: [{ appid: 10, stats: stats(3_600, 2) }] },
  { rtime_month: MARCH, stats: stats(5_400, 3), appid: [{ appid: 10, stats: stats(5_400, 3) }] },
];
const [FIRST, SECOND] = GAMES;

// The months have been seen in two places; read from one alone, half of the accounts would have no history.
test.each([
  ["inside the games", { games: [{ ...FIRST, months: INSIDE }, SECOND] }],
  ["beside the games", { games: GAMES, months: BESIDE }],
  [
    "in both places, counted once",
    { games: [{ ...FIRST, months: INSIDE }, SECOND], months: BESIDE },
  ],
])("months are read %s", (_place, playtimeStats) => {
  expect(gamesOf({ ...playtimeStats, game_summary: SUMMARY })).toEqual(EXPECTED);
});

test("months that tell no games add nothing", () => {
  const months = [{ rtime_month: JANUARY, stats: stats(99_999) }];

  expect(gamesOf({ games: [SECOND], months })).toMatchObject([{ appId: 20, months: [] }]);
});

test("a game that only the months know is there, with its total unknown", () => {
  const months = [{ rtime_month: MARCH, appid: [{ appid: 30, stats: stats(600) }] }];

  expect(gamesOf({ months })).toEqual([
    {
      appId: 30,
      playedMs: null,
      sessions: null,
      firstPlayedAt: null,
      firstPlayedEverAt: null,
      months: [{ month: "2024-03", playedMs: 600_000, sessions: 1 }],
    },
  ]);
});

// In some years Steam tells shares in place of seconds: they are not zeros.
test("seconds that are not told are unknown, and make no month", () => {
  const shares = { total_playtime_percentagex100: 4_200 };
  const months = [{ rtime_month: MARCH, stats: shares }];

  expect(gamesOf({ games: [{ appid: 10, stats: shares, months }] })).toMatchObject([
    { playedMs: null, sessions: null, months: [] },
  ]);
});

test.each([
  ["midnight in UTC", 0],
  ["midnight in California", 8],
  ["midnight in Tokyo", -9],
])("a month that starts at %s is that month", (_zone, hours) => {
  const months = [{ rtime_month: MARCH + hours * 3_600, stats: stats(60) }];

  expect(gamesOf({ games: [{ appid: 10, months }] })).toMatchObject([
    { months: [{ month: "2024-03" }] },
  ]);
});

test("a month of another year is not of this one", () => {
  const months = [{ rtime_month: Date.UTC(2023, 5) / 1_000, stats: stats(60) }];

  expect(gamesOf({ games: [{ appid: 10, months }] })).toMatchObject([{ months: [] }]);
});

test("a year without play is a year that was answered; one that is not shown is not", () => {
  expect(gamesOf({})).toEqual([]);
  const read = (json: unknown) => getUserYearInReview.read(json);
  expect(read({ response: {} })).toEqual({ failure: "not_visible" });
  const unplayed = { account_id: ACCOUNT_ID, year: YEAR };
  expect(read({ response: { stats: unplayed } })).toEqual({ failure: "not_visible" });
});

test("a year is asked for by account and year, and given without its account", async () => {
  await using steam = serveScript(answer(200, JSON.stringify(body({ games: [SECOND] }))));

  const year = await client(steam.url).yearInReview(STEAM_ID, YEAR);

  expect(year).toMatchObject({ year: YEAR, games: [{ appId: 20 }] });
  expect(Object.keys(year)).toEqual(["year", "games"]);
  const [url] = steam.asked;
  expect(url?.pathname).toBe("/ISaleFeatureService/GetUserYearInReview/v1/");
  expect(url?.searchParams.get("steamid")).toBe(STEAM_ID);
  expect(url?.searchParams.get("year")).toBe("2024");
});

// A key reads the year of its own account, whatever account is asked for: that play is not ours.
test.each([
  ["somebody else", { account_id: ACCOUNT_ID + 1 }, "/response/stats/account_id"],
  ["another year", { year: YEAR - 1 }, "/response/stats/year"],
])("the year of %s is refused", async (_name, told, field) => {
  await using steam = serveScript(answer(200, JSON.stringify(body({ games: [SECOND] }, told))));

  const failure = await failureOf(client(steam.url).yearInReview(STEAM_ID, YEAR));

  expect(failure.kind).toBe("malformed");
  expect(failure.message).toContain(field);
});

test("a year that is not shown is told in words of its own", async () => {
  await using steam = serveScript(answer(200, '{"response":{}}'));

  const failure = await failureOf(client(steam.url).yearInReview(STEAM_ID, YEAR));

  expect(failure.kind).toBe("not_visible");
  expect(failure.message).toContain("Year in Review");
});
