import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { createPlayer } from "./player.ts";
import { byStart } from "./truth.ts";
import { yearOfPlay } from "./year-of-play.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const ENDS_AT = Date.parse("2026-11-20T02:30:00Z");
const NEW_YORK = { zone: "America/New_York", dayStartHour: 0 };
const SEEDS = [1, 2, 3, 20_261_120];

test("the same seed and end give the same year, another seed another one", () => {
  expect(yearOfPlay({ seed: 7, endsAt: ENDS_AT })).toEqual(
    yearOfPlay({ seed: 7, endsAt: ENDS_AT }),
  );
  expect(yearOfPlay({ seed: 8, endsAt: ENDS_AT })).not.toEqual(
    yearOfPlay({ seed: 7, endsAt: ENDS_AT }),
  );
});

test("all of it is invented: about forty games that Steam does not have", () => {
  const { games } = yearOfPlay({ seed: 1, endsAt: ENDS_AT });

  expect(games.length).toBeGreaterThanOrEqual(40);
  expect(games.every(({ appId }) => appId >= 9_000_000)).toBeTrue();
  expect(new Set(games.map(({ appId }) => appId)).size).toBe(games.length);
  expect(new Set(games.map(({ name }) => name)).size).toBe(games.length);
});

test.each(SEEDS)("year %d has all that a year of play can have", (seed) => {
  const truth = yearOfPlay({ seed, endsAt: ENDS_AT });
  const player = createPlayer(truth);
  const sittings = player.sittingsUntil(ENDS_AT);
  const days = player.truthPerDay(NEW_YORK, ENDS_AT);
  const hours =
    sittings.reduce((sum, { startedAt, endedAt }) => sum + endedAt - startedAt, 0) / 3.6e6;
  const dayOf = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(NEW_YORK.zone)
      .toPlainDate()
      .toString();
  const count = (fits: (sitting: (typeof sittings)[number]) => boolean) =>
    sittings.filter(fits).length;

  expect(hours).toBeWithin(500, 1_200);
  expect(days.size).toBeWithin(240, 340);
  expect(sittings.length / days.size).toBeGreaterThan(2);
  expect(count(({ startedAt, endedAt }) => dayOf(startedAt) !== dayOf(endedAt))).toBeGreaterThan(
    15,
  );
  expect(count(({ startedAt, endedAt }) => endedAt - startedAt < MINUTE)).toBeGreaterThan(5);
  expect(count(({ mode }) => mode === "offline")).toBeGreaterThan(3);
  expect(count(({ mode }) => mode === "invisible")).toBeGreaterThan(5);
  expect(truth.reconnects).toHaveLength(2);

  const played = new Set(sittings.map(({ appId }) => appId));
  const borrowed = truth.games.filter(({ kind }) => kind === "borrowed");
  expect(borrowed.some(({ appId }) => played.has(appId))).toBeTrue();
  expect(truth.games.filter(({ appId }) => !played.has(appId)).length).toBeGreaterThan(3);
  const bought = truth.games.filter(({ acquiredAt }) => acquiredAt !== null);
  expect(bought.length).toBeGreaterThan(10);
});

test.each(SEEDS)("year %d ends in the middle of a game that everybody sees", (seed) => {
  const player = createPlayer(yearOfPlay({ seed, endsAt: ENDS_AT }));
  const shown = player.presenceAt(ENDS_AT);
  const running = player.truth.sittings.filter(({ endedAt }) => endedAt === null);

  expect(running).toHaveLength(1);
  expect(running[0]?.startedAt).toBeLessThan(ENDS_AT - 40 * MINUTE);
  expect(shown?.name).toBeString();
});

test("in any year a game is played after it was bought, one at a time, within the year", () => {
  const arbitraryEnd = fc.integer({ min: Date.parse("2024-01-01"), max: Date.parse("2028-01-01") });
  const zones = fc.constantFrom("America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC");
  fc.assert(
    fc.property(fc.integer(), arbitraryEnd, zones, (seed, endsAt, timeZone) => {
      const truth = yearOfPlay({ seed, endsAt, timeZone });
      const acquiredAt = new Map(truth.games.map((game) => [game.appId, game.acquiredAt]));
      let free = endsAt - 367 * DAY;
      createPlayer(truth);
      for (const sitting of byStart(truth.sittings)) {
        expect(sitting.startedAt).toBeGreaterThanOrEqual(free);
        expect(sitting.startedAt).toBeGreaterThan(acquiredAt.get(sitting.appId) ?? -Infinity);
        free = sitting.endedAt ?? endsAt;
      }
      expect(free).toBe(endsAt);
    }),
    { numRuns: 150 },
  );
});
