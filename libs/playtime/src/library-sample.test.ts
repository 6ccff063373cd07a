import { expect, test } from "bun:test";
import { assessSample } from "./library-sample.ts";
import type { LedgerEntry, SampledGame } from "./library-state.ts";
import {
  assess,
  EMPTY_LEDGER,
  type Ledger,
  record,
  stateOf,
  sums,
} from "./simulated-ledger-fixture.ts";

const HALF_HOUR_MS = 30 * 60_000;
const START = Date.parse("2026-05-04T12:00:00Z");
const HARBOUR = 10;
const LIGHTHOUSE = 20;

/** The instant of the nth poll. */
const poll = (n: number): number => START + n * HALF_HOUR_MS;

function game(appId: number, minutes: number, more: Partial<SampledGame> = {}): SampledGame {
  const unknown = { name: `Game ${appId}`, lastPlayedAt: null, offlineMinutes: null };
  return { appId, minutes, ...unknown, source: "owned", ...more };
}

/** Records one sample per poll, from the first. */
function polled(...samples: (readonly SampledGame[])[]): Ledger {
  return samples.reduce<Ledger>(
    (ledger, games, n) => record(ledger, { observedAt: poll(n), games }),
    EMPTY_LEDGER,
  );
}

function brief(entries: readonly LedgerEntry[]): unknown[] {
  return entries.map(({ appId, kind, minutes, totalAfter }) => [appId, kind, minutes, totalAfter]);
}

test("rule 1: a sample that raises a total by m appends play of m minutes observed since the previous sample", () => {
  const ledger = polled([game(HARBOUR, 100)]);

  const { entries } = assess(ledger, { observedAt: poll(1), games: [game(HARBOUR, 130)] });

  expect(entries).toEqual([
    {
      appId: HARBOUR,
      observedAt: poll(1),
      previousObservedAt: poll(0),
      minutes: 30,
      totalAfter: 130,
      kind: "play",
      source: "owned",
      lastPlayedAt: null,
      offlineMinutes: 0,
    },
  ]);
});

test("rule 1: an equal sample changes nothing at all", () => {
  const games = [game(HARBOUR, 100), game(LIGHTHOUSE, 0, { offlineMinutes: 5 })];

  const {
    entries,
    games: changed,
    appeared,
    left,
  } = assess(polled(games), { observedAt: poll(1), games });

  expect([entries, changed, appeared, left]).toEqual([[], [], [], []]);
});

test("rule 1: a lower total is recorded once, never lowers the stored one, and what exceeds it later is play", () => {
  const ledger = polled(
    [game(HARBOUR, 100)],
    [game(HARBOUR, 60)],
    [game(HARBOUR, 60)],
    [game(HARBOUR, 80)],
    [game(HARBOUR, 110)],
  );

  expect(brief(ledger.entries)).toEqual([
    [HARBOUR, "baseline", 100, 100],
    [HARBOUR, "correction", -40, 100],
    [HARBOUR, "play", 10, 110],
  ]);
});

test("rule 1: a game is marked while Steam reports less, and each time anew", () => {
  const marks = [100, 60, 80, 100, 90].map((_, n, totals) => {
    const ledger = polled(...totals.slice(0, n + 1).map((minutes) => [game(HARBOUR, minutes)]));
    return ledger.games[0]?.reportedMinutes;
  });

  expect(marks).toEqual([null, 60, 80, null, 90]);
});

test("rule 2: the first sample makes every total a baseline", () => {
  const ledger = polled([game(HARBOUR, 100), game(LIGHTHOUSE, 0)]);

  expect(brief(ledger.entries)).toEqual([[HARBOUR, "baseline", 100, 100]]);
  expect(ledger.games.map(({ appId, minutes }) => [appId, minutes])).toEqual([
    [HARBOUR, 100],
    [LIGHTHOUSE, 0],
  ]);
});

test("rule 2: a game that first appears later counts as play only up to the time since the previous sample", () => {
  const library = [game(HARBOUR, 100)];

  const fresh = polled(library, [...library, game(LIGHTHOUSE, 20)]);
  const old = polled(library, [...library, game(LIGHTHOUSE, 500)]);

  expect(brief(fresh.entries).slice(1)).toEqual([[LIGHTHOUSE, "play", 20, 20]]);
  expect(brief(old.entries).slice(1)).toEqual([
    [LIGHTHOUSE, "baseline", 470, 470],
    [LIGHTHOUSE, "play", 30, 500],
  ]);
});

// Steam counts a running game every half hour: the first minutes of a borrowed game were otherwise nobody's.
test("rule 2: a first sitting that began before the previous sample is play as far as presence or Steam's date bears it out", () => {
  const library = [game(HARBOUR, 100)];
  const ledger = polled(library, library);
  const sampled = (lighthouse: SampledGame) =>
    brief(assess(ledger, { observedAt: poll(2), games: [...library, lighthouse] }).entries);

  expect(sampled(game(LIGHTHOUSE, 40))).toEqual([
    [LIGHTHOUSE, "baseline", 10, 10],
    [LIGHTHOUSE, "play", 30, 40],
  ]);
  expect(sampled(game(LIGHTHOUSE, 40, { lastPlayedAt: poll(1.5) }))).toEqual([
    [LIGHTHOUSE, "play", 40, 40],
  ]);
  const seenPlayingSince = (): number => poll(0.5);
  const seen = assessSample(
    { ...stateOf(ledger), seenPlayingSince },
    { observedAt: poll(2), games: [...library, game(LIGHTHOUSE, 40)] },
  );
  expect(brief(seen.entries)).toEqual([[LIGHTHOUSE, "play", 40, 40]]);
});

test("rule 2: no first sitting began longer before the previous sample than Steam's totals lag, whatever presence saw", () => {
  const library = [game(HARBOUR, 100)];
  const state = stateOf(polled(library, library));

  const { entries } = assessSample(
    { ...state, seenPlayingSince: (): number => poll(-200) },
    { observedAt: poll(2), games: [...library, game(LIGHTHOUSE, 5000)] },
  );

  expect(brief(entries)).toEqual([
    [LIGHTHOUSE, "baseline", 4940, 4940],
    [LIGHTHOUSE, "play", 60, 5000],
  ]);
});

test("rule 2: a game that first appears and was last played before is all baseline", () => {
  const library = [game(HARBOUR, 100)];
  const refunded = game(LIGHTHOUSE, 500, { lastPlayedAt: poll(-200) });

  const ledger = polled(library, [...library, refunded]);

  expect(brief(ledger.entries).slice(1)).toEqual([[LIGHTHOUSE, "baseline", 500, 500]]);
});

// "Always keep my total playtime private" shows zeros; taking it off must not look like a day of 600 hours.
test("rule 2: totals that rise out of an all-zero library are baseline but for the time that passed", () => {
  const one = polled(
    [game(HARBOUR, 0), game(LIGHTHOUSE, 0)],
    [game(HARBOUR, 500), game(LIGHTHOUSE, 0)],
  );
  const several = polled(
    [game(HARBOUR, 0), game(LIGHTHOUSE, 0)],
    [game(HARBOUR, 500), game(LIGHTHOUSE, 9)],
  );
  const dated = game(HARBOUR, 500, { lastPlayedAt: poll(1) });
  const told = polled([game(HARBOUR, 0), game(LIGHTHOUSE, 0)], [dated, game(LIGHTHOUSE, 9)]);

  expect(sums(one, HARBOUR)).toEqual({ play: 30, total: 500 });
  expect(several.entries.map((entry) => entry.kind)).toEqual(["baseline", "baseline"]);
  expect(sums(told, HARBOUR)).toEqual({ play: 30, total: 500 });
  expect(sums(told, LIGHTHOUSE)).toEqual({ play: 0, total: 9 });
});

test("rule 3: an all-zero sample after a non-zero one, and an empty one, change nothing but the outcome", () => {
  const ledger = polled([game(HARBOUR, 100), game(LIGHTHOUSE, 0)]);
  const zeros = [game(HARBOUR, 0), game(LIGHTHOUSE, 0)];

  const hidden = assess(ledger, { observedAt: poll(1), games: zeros });
  const gone = assess(ledger, { observedAt: poll(1), games: [] });

  expect([hidden.outcome, hidden.entries, hidden.games]).toEqual(["playtime_private", [], []]);
  expect([gone.outcome, gone.entries, gone.games]).toEqual(["private", [], []]);
  expect([hidden.latestSampleAt, gone.latestSampleAt]).toEqual([poll(0), poll(0)]);
});

test("rule 3: play seen after a private time is observed since the last good sample", () => {
  const ledger = polled([game(HARBOUR, 100)], [game(HARBOUR, 0)], [], [game(HARBOUR, 130)]);

  expect(ledger.entries.at(-1)).toMatchObject({
    kind: "play",
    minutes: 30,
    previousObservedAt: poll(0),
  });
});

test("rule 3: a game missing from three successive samples is not in the library, and nothing is deleted", () => {
  const both = [game(HARBOUR, 100), game(LIGHTHOUSE, 50)];
  const one = [game(HARBOUR, 100)];

  const twice = polled(both, one, one);
  const third = assess(twice, { observedAt: poll(3), games: one });
  const fourth = assess(polled(both, one, one, one), { observedAt: poll(4), games: one });

  expect(twice.games[1]).toMatchObject({ libraryState: "owned", missingSamples: 2 });
  expect(third.left).toEqual([LIGHTHOUSE]);
  expect(third.games[0]).toMatchObject({ libraryState: "not_in_library", minutes: 50 });
  expect([fourth.left, fourth.games]).toEqual([[], []]);
});

test("rule 3: a game that returns is owned again, and what it was played meanwhile is observed since it was last listed", () => {
  const one = [game(HARBOUR, 100)];
  const gone = polled([...one, game(LIGHTHOUSE, 50)], one, one, one);

  const back = assess(gone, { observedAt: poll(4), games: [...one, game(LIGHTHOUSE, 170)] });

  expect(back.returned).toEqual([LIGHTHOUSE]);
  expect(back.games).toEqual([
    {
      appId: LIGHTHOUSE,
      minutes: 170,
      reportedMinutes: null,
      offlineMinutes: null,
      missingSamples: 0,
      listedUntil: null,
      libraryState: "owned",
    },
  ]);
  expect(back.entries).toMatchObject([{ minutes: 120, previousObservedAt: poll(0) }]);
});

test("rule 3: borrowed games that drop out of Steam's two-week list are not missing", () => {
  const one = [game(HARBOUR, 100)];
  const borrowed = game(LIGHTHOUSE, 25, { source: "recent" });

  const ledger = polled(one, [...one, borrowed], one, one, one, one);

  expect(ledger.games[1]).toMatchObject({ libraryState: "shared", missingSamples: 0 });
});

test("rule 3: a game that both of Steam's lists name is owned and has the higher total", () => {
  const twice = [
    game(HARBOUR, 130, { source: "recent" }),
    game(HARBOUR, 100, { lastPlayedAt: START }),
  ];

  const ledger = polled(twice);

  expect(ledger.entries).toMatchObject([{ minutes: 130, source: "owned", lastPlayedAt: START }]);
  expect(ledger.games).toMatchObject([{ minutes: 130, libraryState: "owned" }]);
});

test("a late sample matters only where it holds more than is stored", () => {
  const ledger = polled([game(HARBOUR, 100)], [game(HARBOUR, 100)], [game(HARBOUR, 130)]);
  const between = poll(1) + 60_000;

  const equal = assess(ledger, { observedAt: between, games: [game(HARBOUR, 110)] });
  const higher = assess(ledger, { observedAt: between, games: [game(HARBOUR, 140)] });

  expect([equal.entries, equal.games]).toEqual([[], []]);
  expect(brief(higher.entries)).toEqual([[HARBOUR, "play", 10, 140]]);
  expect(higher.entries[0]?.previousObservedAt).toBe(poll(1));
  expect(higher.latestSampleAt).toBe(poll(2));
});

test("a sample from before tracking began is baseline", () => {
  const ledger = polled([game(HARBOUR, 100)]);

  const early = assess(ledger, { observedAt: poll(-1), games: [game(HARBOUR, 120)] });

  expect(brief(early.entries)).toEqual([[HARBOUR, "baseline", 20, 120]]);
});

test("what Steam says was played offline is noted with the play that it is part of", () => {
  const ledger = polled(
    [game(HARBOUR, 100, { offlineMinutes: 10 })],
    [game(HARBOUR, 190, { offlineMinutes: 70 })],
    [game(HARBOUR, 200, { offlineMinutes: 300 })],
  );

  expect(ledger.entries.map((entry) => [entry.minutes, entry.offlineMinutes])).toEqual([
    [100, 0],
    [90, 60],
    [10, 10],
  ]);
});
