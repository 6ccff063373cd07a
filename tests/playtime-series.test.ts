import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  assessSample,
  EMPTY_LIBRARY,
  type LedgerEntry,
  type LibraryState,
  type SampledGame,
} from "@tracker/playtime";
import * as fc from "fast-check";
import { sharedData } from "./shared-data.ts";

/** A recorded game: its total at each date on which it changed. */
interface Series {
  readonly appId: number;
  readonly name: string;
  readonly totals: ReadonlyMap<string, number>;
  readonly first: number;
  readonly last: number;
}

function readSeries(folder: string): Series[] {
  return readdirSync(folder).map((file) => {
    const [name = "", ...lines] = readFileSync(join(folder, file), "utf8").trim().split("\n");
    const points = lines.map((line) => {
      const [day = "", minutes = ""] = line.split(" ");
      return [day, Number(minutes)] as const;
    });
    const [first = 0, last = 0] = [points[0]?.[1], points.at(-1)?.[1]];
    return { appId: Number.parseInt(file, 10), name, totals: new Map(points), first, last };
  });
}

/** The whole library, every night from the first change to the last, a game from the night on which it was first recorded. */
function nightsOf(series: readonly Series[]): { observedAt: number; games: SampledGame[] }[] {
  const days = series.flatMap(({ totals }) => [...totals.keys()]).sort();
  const current = new Map<number, SampledGame>();
  const nights: { observedAt: number; games: SampledGame[] }[] = [];
  let day = Temporal.PlainDate.from(days[0] ?? "");
  for (const end = Temporal.PlainDate.from(days.at(-1) ?? ""); ; day = day.add({ days: 1 })) {
    if (Temporal.PlainDate.compare(day, end) > 0) return nights;
    for (const { appId, name, totals } of series) {
      const minutes = totals.get(day.toString());
      if (minutes === undefined) continue;
      const unknown = { lastPlayedAt: null, offlineMinutes: null };
      current.set(appId, { appId, name, minutes, ...unknown, source: "owned" });
    }
    const observedAt = day.toZonedDateTime("America/New_York").epochMilliseconds;
    nights.push({ observedAt, games: [...current.values()] });
  }
}

function ledgerOf(nights: readonly { observedAt: number; games: SampledGame[] }[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  let state: LibraryState = EMPTY_LIBRARY;
  for (const night of nights) {
    const assessed = assessSample(state, night);
    const { trackingSince, allZero, latestSampleAt } = assessed;
    const games = new Map(state.games);
    for (const game of assessed.games) games.set(game.appId, game);
    for (const entry of assessed.entries) entries.push(entry);
    const previousSampleAt = (): number => night.observedAt;
    state = { trackingSince, allZero, latestSampleAt, games, previousSampleAt };
  }
  return entries;
}

function minutesOf(
  entries: readonly LedgerEntry[],
  kind: LedgerEntry["kind"],
): Map<number, number> {
  const sums = new Map<number, number>();
  for (const entry of entries) {
    if (entry.kind === kind) sums.set(entry.appId, (sums.get(entry.appId) ?? 0) + entry.minutes);
  }
  return sums;
}

/** Some nights lost, as by a machine that was off; the first and the last are kept. */
function thinned<Night>(nights: readonly Night[], kept: readonly boolean[]): Night[] {
  const last = nights.length - 1;
  return nights.filter((_, n) => n === 0 || n === last || kept[n % kept.length] === true);
}

const players = ["player1", "player2"].flatMap((player) => {
  const folder = sharedData(join("playtime-series", player));
  return folder === null ? [] : [{ player, series: readSeries(folder) }];
});

for (const { player, series } of players) {
  test(`${player}: the play of every recorded game is its last total less its first, exactly`, () => {
    for (const game of series) {
      const entries = ledgerOf(nightsOf([game]));

      expect(minutesOf(entries, "baseline").get(game.appId) ?? 0).toBe(game.first);
      expect(minutesOf(entries, "play").get(game.appId) ?? 0).toBe(game.last - game.first);
    }
  });

  test(`${player}: nights without a sample change no game's play by a minute`, () => {
    const recorded = series.map((game) => ({ game, nights: nightsOf([game]) }));
    fc.assert(
      fc.property(
        fc.constantFrom(...recorded),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
        ({ game, nights }, kept) => {
          const entries = ledgerOf(thinned(nights, kept));

          expect(minutesOf(entries, "baseline").get(game.appId) ?? 0).toBe(game.first);
          expect(minutesOf(entries, "play").get(game.appId) ?? 0).toBe(game.last - game.first);
        },
      ),
      { numRuns: 1000 },
    );
  }, 60_000);

  test(`${player}: in one library, baseline and play of every game make its last total, whichever nights are lost`, () => {
    const nights = nightsOf(series);
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (kept) => {
        const entries = ledgerOf(thinned(nights, kept));

        const [baseline, play] = [minutesOf(entries, "baseline"), minutesOf(entries, "play")];
        for (const { appId, last } of series) {
          expect((baseline.get(appId) ?? 0) + (play.get(appId) ?? 0)).toBe(last);
        }
      }),
      { numRuns: 20 },
    );
  }, 60_000);
}
