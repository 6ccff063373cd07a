import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { createAchievementBook } from "./achievement-book.ts";
import { achievementLibrary } from "./achievement-library.ts";
import { inventedAchievements } from "./invented-achievements.ts";
import { createPlayer } from "./player.ts";
import { EMPTY_TRUTH } from "./sim.ts";
import { type Truth, truthGame } from "./truth.ts";
import { yearOfPlay } from "./year-of-play.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.parse("2026-11-20T12:00:00Z");
const GAME = truthGame(30, { hasStats: true, achievementCount: 20 });

const seeds = fc.integer({ min: 1, max: 1_000_000 });

test("a game has the same 0 to 80 achievements each time, the hidden ones among them", () => {
  const games = Array.from({ length: 200 }, (_, index) =>
    truthGame(9_000_000 + 10 * index, { hasStats: true }),
  );

  const lists = games.map((game) => inventedAchievements(game) ?? []);

  expect(games.map((game) => inventedAchievements(game))).toEqual(lists);
  const sizes = lists.map((list) => list.length);
  expect(Math.min(...sizes)).toBe(0);
  expect(Math.max(...sizes)).toBeWithin(70, 81);
  const all = lists.flat();
  const hidden = all.filter((achievement) => achievement.hidden).length / all.length;
  expect(hidden).toBeWithin(0.1, 0.3);
  for (const list of lists) {
    expect(new Set(list.map(({ apiName }) => apiName)).size).toBe(list.length);
    expect(new Set(list.map(({ title }) => title)).size).toBe(list.length);
    for (const { percent } of list) expect(percent).toBeWithin(0, 100);
  }
});

test("an app without stats, one that is not Steam's and one that is not there have none", () => {
  const games = [truthGame(10), truthGame(20, { hasStats: true, kind: "non_steam" })];
  const book = createAchievementBook({ ...EMPTY_TRUTH, games });

  expect([10, 20, 99].map((appId) => book.achievementsOf(appId))).toEqual([null, null, null]);
  expect(book.unlocksOf(99, NOON).size).toBe(0);
});

// Auto-completion is dated by the last unlock: one outside all play would put it on a day without any.
test("every unlock is within a sitting of its game, or before the first of them", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const truth = yearOfPlay({ seed, endsAt: NOON });
      const book = createAchievementBook(truth);
      const sittings = createPlayer(truth).sittingsUntil(NOON);
      for (const { appId, lastPlayedBefore } of truth.games) {
        for (const at of book.unlocksOf(appId, NOON).values()) {
          const isBefore = at === null || at <= (lastPlayedBefore ?? -Infinity);
          const isWithin = sittings.some(
            (sitting) =>
              sitting.appId === appId &&
              sitting.startedAt <= (at ?? 0) &&
              (at ?? 0) <= sitting.endedAt,
          );
          expect(isBefore || isWithin).toBeTrue();
        }
      }
    }),
    { numRuns: 10 },
  );
});

test("unlocks only become more, and what is played later changes none of them", () => {
  fc.assert(
    fc.property(seeds, fc.double({ min: 0, max: 1, noNaN: true }), (seed, share) => {
      const truth = achievementLibrary({ seed, endsAt: NOON, games: 20, years: 1 });
      const at = Math.round(NOON - 365 * DAY * share);
      const known = { ...truth, sittings: [...createPlayer(truth).sittingsUntil(at)] };
      const [whole, cut] = [createAchievementBook(truth), createAchievementBook(known)];
      for (const { appId } of truth.games) {
        const before = whole.unlocksOf(appId, at);
        expect(cut.unlocksOf(appId, at)).toEqual(before);
        const later = whole.unlocksOf(appId, NOON);
        for (const [name, instant] of before) expect(later.get(name)).toBe(instant);
      }
    }),
    { numRuns: 20 },
  );
});

test("a game that is played to its end is complete, one that is not played has nothing", () => {
  const sitting = {
    appId: 30,
    startedAt: NOON - 61 * HOUR,
    endedAt: null,
    mode: "online",
  } as const;
  const book = createAchievementBook({ ...EMPTY_TRUTH, games: [GAME], sittings: [sitting] });

  expect(book.unlocksOf(30, NOON - 61 * HOUR).size).toBe(0);
  expect(book.unlocksOf(30, NOON - 60 * HOUR).size).toBeWithin(1, 20);
  expect(book.unlocksOf(30, NOON).size).toBe(20);
});

test("what was unlocked offline is told at the next connection, with the time at which it happened", () => {
  const startedAt = NOON - 5 * HOUR;
  const truth: Truth = {
    ...EMPTY_TRUTH,
    games: [GAME],
    sittings: [{ appId: 30, startedAt, endedAt: startedAt + HOUR, mode: "offline" }],
    reconnects: [startedAt + HOUR / 2, NOON],
  };
  const book = createAchievementBook(truth);

  expect(book.unlocksOf(30, NOON - 1).size).toBe(0);
  const instants = [...book.unlocksOf(30, NOON).values()];
  expect(instants.length).toBeGreaterThan(0);
  for (const at of instants) expect(at).toBeWithin(startedAt, startedAt + HOUR + 1);
});

test("play from before of which nobody knows when leaves unlocks of which nobody knows when", () => {
  const game = { ...GAME, minutesBefore: 61 * 60 };
  const book = createAchievementBook({ ...EMPTY_TRUTH, games: [game] });

  const instants = [...book.unlocksOf(30, 0).values()];

  expect(instants).toEqual(Array<null>(20).fill(null));
});
