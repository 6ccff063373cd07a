import { expect, test } from "bun:test";
import { nextDay } from "@tracker/playtime";
import * as fc from "fast-check";
import { openDatabase } from "./database.ts";
import { dump, libraryFact } from "./fact-fixture.ts";
import { getGameHistory } from "./game-history.ts";
import { applyLibrarySample } from "./library.ts";
import { adopt, all, expectSound } from "./old-adoption-fixture.ts";
import { OldDatabaseFixture } from "./old-database-fixture.ts";
import { nightOf } from "./old-night.ts";
import { CALENDAR, DAY_MS, HOUR_MS, NOW } from "./question-fixture.ts";
import { writeSnapshots } from "./snapshot.ts";

const Night = fc.record({ played: fc.integer({ min: 0, max: 400 }), isMissing: fc.boolean() });

// Both trackers ran side by side for a while, with nights missing on the one and samples beginning on the other at any time.
test("whatever the two trackers saw, the books balance, the total is Steam's, and no play is told that was not", () => {
  fc.assert(
    fc.property(
      fc.array(Night, { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 5_000 }),
      (nights, ownFrom, hour, start) => {
        using old = new OldDatabaseFixture("overview");
        using database = openDatabase(":memory:");
        const id = old.insert("games", { title: "Portal", hours_played: 0, steam_app_id: 400 });
        let total = start;
        let firstSeen: number | null = null;
        let date = "2025-10-20";
        for (const [index, { played, isMissing }] of nights.entries()) {
          total += played;
          if (!isMissing) {
            old.night(date, new Map([[id, total]]));
            if (total > 0) firstSeen ??= total;
          }
          if (index >= ownFrom) {
            const at = nightOf(date) + hour * HOUR_MS;
            applyLibrarySample(
              database,
              CALENDAR,
              libraryFact(at, [{ appId: 400, minutes: total }]),
            );
            firstSeen ??= total;
          }
          date = nextDay(date);
        }
        old.raw.query("UPDATE games SET hours_played = ?").run(Math.round(total / 6) / 10);
        writeSnapshots(database, CALENDAR, nightOf(date) + DAY_MS);

        adopt(database, old);

        expectSound(database);
        const [game] = all<{ minutes: number }>(
          database,
          "SELECT playtime_minutes AS minutes FROM games",
        );
        const hasOwn = ownFrom < nights.length;
        const rounded = Math.round(total / 6) * 6;
        expect(game?.minutes).toBe(hasOwn ? total : rounded);
        const [play] = all<{ minutes: number }>(
          database,
          "SELECT coalesce(sum(minutes), 0) AS minutes FROM playtime_changes WHERE kind = 'play'",
        );
        expect(play?.minutes ?? 0).toBeLessThanOrEqual(total - (firstSeen ?? total));
        const { id: gameId } = all<{ id: number }>(database, "SELECT id FROM games")[0] ?? {
          id: 0,
        };
        expect(getGameHistory(database, { id: gameId }, CALENDAR).reconciles).toBe(true);
        const before = dump(database);
        expect(adopt(database, old, NOW + 1).changed).toBe(false);
        expect(dump(database)).toEqual(before);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
