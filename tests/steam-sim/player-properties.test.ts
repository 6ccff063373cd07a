import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { createPlayer } from "./player.ts";
import { EMPTY_TRUTH } from "./sim.ts";
import { type Sitting, truthGame } from "./truth.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.parse("2026-03-02T12:00:00Z");
const NEW_YORK = { zone: "America/New_York", dayStartHour: 0 };

const player = (sittings: Sitting[]) =>
  createPlayer({ ...EMPTY_TRUTH, games: [truthGame(10)], sittings });

const arbitrarySittings = fc
  .array(
    fc.record({
      pauseMs: fc.integer({ min: 0, max: 2 * DAY }),
      lengthMs: fc.integer({ min: 0, max: 5 * HOUR }),
      mode: fc.constantFrom("online", "invisible", "offline"),
    }),
    { maxLength: 12 },
  )
  .map((drawn) => {
    let at = NOON;
    return drawn.map(({ pauseMs, lengthMs, mode }): Sitting => {
      const startedAt = at + pauseMs;
      at = startedAt + lengthMs;
      return { appId: 10, startedAt, endedAt: at, mode };
    });
  });
const arbitraryMoment = fc.integer({ min: -DAY, max: 30 * DAY }).map((ms) => NOON + ms);

// Whoever measures the product against this player has to be able to trust it.
test("at any moment Steam has counted what a plain sum over the sittings says", () => {
  fc.assert(
    fc.property(arbitrarySittings, arbitraryMoment, (sittings, at) => {
      const steam = player(sittings);
      const connections = sittings.filter(({ mode }) => mode !== "offline");
      let ms = 0;
      for (const { startedAt, endedAt, mode } of sittings) {
        const end = endedAt ?? Infinity;
        const told =
          mode === "offline"
            ? connections.some((other) => other.startedAt >= end && other.startedAt <= at)
            : end <= at;
        if (told) ms += end - startedAt;
        else if (mode !== "offline" && at > startedAt)
          ms += at - startedAt - ((at - startedAt) % (30 * MINUTE));
      }
      expect(steam.ownedGamesAt(at)[0]?.minutes).toBe(Math.floor(ms / MINUTE));
    }),
    { numRuns: 2_000 },
  );
});

test("totals never fall, and the last play never goes back", () => {
  fc.assert(
    fc.property(arbitrarySittings, fc.array(arbitraryMoment, { minLength: 2 }), (sittings, at) => {
      const steam = player(sittings);
      const games = at.toSorted((one, other) => one - other).map((at) => steam.ownedGamesAt(at)[0]);
      for (const [index, game] of games.entries()) {
        const before = games[index - 1];
        expect(game?.minutes).toBeGreaterThanOrEqual(before?.minutes ?? 0);
        expect(game?.lastPlayedAt ?? 0).toBeGreaterThanOrEqual(before?.lastPlayedAt ?? 0);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("the truth per day sums to the sittings", () => {
  fc.assert(
    fc.property(arbitrarySittings, arbitraryMoment, (sittings, until) => {
      const steam = player(sittings);
      const days = [...steam.truthPerDay(NEW_YORK, until).values()];
      const dayMs = days.reduce((sum, games) => sum + (games.get(10) ?? 0), 0);
      const sittingMs = steam
        .sittingsUntil(until)
        .reduce((sum, { startedAt, endedAt }) => sum + endedAt - startedAt, 0);
      expect(dayMs).toBe(sittingMs);
    }),
    { numRuns: 1_000 },
  );
});
