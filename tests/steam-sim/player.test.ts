import { expect, test } from "bun:test";
import { createPlayer, type SimulatedPlayer } from "./player.ts";
import { EMPTY_TRUTH } from "./sim.ts";
import { type Sitting, type Truth, type TruthGame, truthGame } from "./truth.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.parse("2026-03-02T12:00:00Z");
const NEW_YORK = { zone: "America/New_York", dayStartHour: 0 };

const online = (startedAt: number, endedAt: number | null, appId = 10): Sitting => ({
  appId,
  startedAt,
  endedAt,
  mode: "online",
});

function player(
  sittings: readonly Sitting[],
  { games = [truthGame(10)], reconnects = [] }: { games?: TruthGame[]; reconnects?: number[] } = {},
): SimulatedPlayer {
  return createPlayer({ ...EMPTY_TRUTH, games, sittings: [...sittings], reconnects });
}

const minutesAt = (player: SimulatedPlayer, at: number) => player.ownedGamesAt(at)[0]?.minutes;

test("a total moves after each half hour of a sitting, counted from its start, and at its end", () => {
  const steam = player([online(NOON, NOON + 70 * MINUTE)]);

  const totals = [0, 29, 30, 59, 60, 69, 70, 500].map((minute) =>
    minutesAt(steam, NOON + minute * MINUTE),
  );

  expect(totals).toEqual([0, 0, 30, 30, 60, 60, 70, 70]);
});

test("the last play is the last half hour or end that Steam knows of, in whole seconds", () => {
  const end = NOON + 70 * MINUTE + 1_234;
  const steam = player([online(NOON, end)]);
  const lastPlayed = (at: number) => steam.ownedGamesAt(at)[0]?.lastPlayedAt;

  expect(lastPlayed(NOON + 29 * MINUTE)).toBeNull();
  expect(lastPlayed(NOON + 45 * MINUTE)).toBe(NOON + 30 * MINUTE);
  expect(lastPlayed(end)).toBe(NOON + 70 * MINUTE + 1_000);
});

test("what is below a minute is carried to the next sitting, and a short launch still is the last play", () => {
  const second = NOON + HOUR;
  const steam = player([online(NOON, NOON + 45_000), online(second, second + 45_000)]);

  expect(minutesAt(steam, NOON + HOUR)).toBe(0);
  expect(steam.ownedGamesAt(NOON + HOUR)[0]?.lastPlayedAt).toBe(NOON + 45_000);
  expect(minutesAt(steam, second + 45_000)).toBe(1);
});

test("a game that still runs counts its half hours, however long it runs", () => {
  const steam = player([online(NOON, null)]);

  expect(minutesAt(steam, NOON + 29 * MINUTE)).toBe(0);
  expect(minutesAt(steam, NOON + 9 * DAY + 31 * MINUTE)).toBe(9 * 24 * 60 + 30);
});

test("play from before is in the total from the start", () => {
  const game = truthGame(10, { minutesBefore: 600, lastPlayedBefore: NOON - 90 * DAY });
  const steam = player([online(NOON, NOON + HOUR)], { games: [game] });

  expect(steam.ownedGamesAt(NOON)[0]).toMatchObject({
    minutes: 600,
    lastPlayedAt: NOON - 90 * DAY,
    minutes2Weeks: 0,
  });
  expect(minutesAt(steam, NOON + HOUR)).toBe(660);
});

test("offline play is neither counted nor shown until the client connects, and is then told apart", () => {
  const offline: Sitting = { ...online(NOON, NOON + 50 * MINUTE), mode: "offline" };
  const next = online(NOON + 5 * HOUR, NOON + 6 * HOUR, 20);
  const steam = player([offline, next], { games: [truthGame(10), truthGame(20)] });

  expect(steam.presenceAt(NOON + MINUTE)).toBeNull();
  expect(steam.ownedGamesAt(next.startedAt - 1)[0]).toMatchObject({
    minutes: 0,
    offlineMinutes: 0,
    lastPlayedAt: null,
  });
  expect(steam.ownedGamesAt(next.startedAt)[0]).toMatchObject({
    minutes: 50,
    offlineMinutes: 50,
    lastPlayedAt: NOON + 50 * MINUTE,
  });
});

test("offline play is counted when the client connects without starting a game", () => {
  const offline: Sitting = { ...online(NOON, NOON + 50 * MINUTE), mode: "offline" };
  const steam = player([offline], { reconnects: [NOON + 20 * MINUTE, NOON + DAY] });

  expect(minutesAt(steam, NOON + DAY - 1)).toBe(0);
  expect(minutesAt(steam, NOON + DAY)).toBe(50);
});

test("an invisible player is counted as any other, and not shown", () => {
  const steam = player([{ ...online(NOON, NOON + 40 * MINUTE), mode: "invisible" }]);

  expect(steam.presenceAt(NOON + MINUTE)).toBeNull();
  expect(minutesAt(steam, NOON + 30 * MINUTE)).toBe(30);
});

test("presence shows a game from its start to just before its end, the one started last first", () => {
  const games = [truthGame(10), truthGame(20)];
  const inner = online(NOON + HOUR, NOON + 2 * HOUR, 20);
  const steam = player([online(NOON, NOON + 3 * HOUR), inner], { games });
  const shown = (hours: number) => steam.presenceAt(NOON + hours * HOUR)?.appId;

  expect([-0.01, 0, 1, 1.99, 2, 2.99].map(shown)).toEqual([undefined, 10, 20, 20, 10, 10]);
  expect(shown(3)).toBeUndefined();
});

test("a game that is not Steam's is shown by its name and counted nowhere", () => {
  const games = [truthGame(10, { kind: "non_steam", name: "Shortcut" })];
  const steam = player([online(NOON, NOON + HOUR)], { games });

  expect(steam.presenceAt(NOON)).toEqual({ appId: null, name: "Shortcut" });
  expect(steam.ownedGamesAt(NOON + HOUR)).toEqual([]);
  expect(steam.recentlyPlayedAt(NOON + HOUR)).toEqual([]);
});

test("a borrowed game is seen only among the recent ones, and for two weeks", () => {
  const games = [truthGame(10, { kind: "borrowed" })];
  const end = NOON + HOUR;
  const steam = player([online(NOON, end)], { games });

  expect(steam.ownedGamesAt(end)).toEqual([]);
  expect(steam.recentlyPlayedAt(end)).toMatchObject([
    { appId: 10, minutes: 60, minutes2Weeks: 60 },
  ]);
  expect(steam.recentlyPlayedAt(end + 14 * DAY - HOUR)).toHaveLength(1);
  expect(steam.recentlyPlayedAt(end + 14 * DAY)).toEqual([]);
});

test("the last two weeks forget play as it grows old", () => {
  const steam = player([online(NOON, NOON + HOUR), online(NOON + 7 * DAY, NOON + 7 * DAY + HOUR)]);
  const recent = (days: number) => steam.ownedGamesAt(NOON + days * DAY + HOUR)[0]?.minutes2Weeks;

  expect([0, 7, 13.9, 14, 21].map(recent)).toEqual([60, 120, 120, 60, 0]);
});

test("a game is listed from its purchase on, a free one from its first play", () => {
  const bought = truthGame(10, { acquiredAt: NOON });
  const free = truthGame(20, { kind: "free" });
  const steam = player([online(NOON + HOUR, NOON + 2 * HOUR, 20)], { games: [bought, free] });
  const listed = (hours: number) =>
    steam.ownedGamesAt(NOON + hours * HOUR).map((game) => game.appId);

  expect(listed(-1)).toEqual([]);
  expect(listed(0)).toEqual([10]);
  expect(listed(2)).toEqual([10, 20]);
});

test("with somebody else's key the last play and the offline minutes are not told", () => {
  const truth: Truth = {
    ...EMPTY_TRUTH,
    games: [truthGame(10)],
    sittings: [online(NOON, NOON + HOUR)],
  };
  const [game] = createPlayer(truth, { ownKey: false }).ownedGamesAt(NOON + HOUR);

  expect(game).toMatchObject({ minutes: 60, lastPlayedAt: null, offlineMinutes: null });
});

test("the truth per day is cut at local midnight, on days of 23 and 25 hours too", () => {
  const spring = Date.parse("2026-03-08T04:00:00Z"); // 23:00 on the 7th; on the 8th clocks go forward.
  const autumn = Date.parse("2026-11-01T03:00:00Z"); // 23:00 on October 31; on the 1st clocks go back.
  const steam = player([online(spring, spring + 30 * HOUR), online(autumn, autumn + 30 * HOUR)]);

  const hours = [...steam.truthPerDay(NEW_YORK, autumn + DAY * 9)].map(([day, games]) => [
    day,
    (games.get(10) ?? 0) / HOUR,
  ]);

  expect(hours).toEqual([
    ["2026-03-07", 1],
    ["2026-03-08", 23],
    ["2026-03-09", 6],
    ["2026-10-31", 1],
    ["2026-11-01", 25],
    ["2026-11-02", 4],
  ]);
});

test("the truth per day follows a day that begins at four, and ends where it is asked to", () => {
  const night = Date.parse("2026-06-02T05:00:00Z"); // One at night.
  const steam = player([online(night, null)]);

  const days = steam.truthPerDay({ zone: "America/New_York", dayStartHour: 4 }, night + 4 * HOUR);

  expect([...days].map(([day, games]) => [day, (games.get(10) ?? 0) / HOUR])).toEqual([
    ["2026-06-01", 3],
    ["2026-06-02", 1],
  ]);
});

test.each([
  ["of a game that is not there", [online(NOON, NOON + 1, 99)]],
  ["that ends before it starts", [online(NOON, NOON - 1)]],
  ["that overlaps another of its game", [online(NOON, NOON + 9), online(NOON + 8, NOON + 20)]],
  ["after one that still runs", [online(NOON, null), online(NOON + 8, NOON + 20)]],
])("a sitting %s is no truth", (_fault, sittings) => {
  expect(() => player(sittings)).toThrow("expected");
});
