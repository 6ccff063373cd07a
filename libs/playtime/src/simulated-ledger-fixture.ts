import { assessSample } from "./library-sample.ts";
import {
  EMPTY_LIBRARY,
  type KnownGame,
  type LedgerEntry,
  type LibraryState,
  type SampleAssessment,
  type SampledGame,
} from "./library-state.ts";

/** One library sample as it arrives. */
export interface LibrarySample {
  readonly observedAt: number;
  readonly games: readonly SampledGame[];
}

/** A store in miniature: keeps what `assessSample` says is to be kept, as plain JSON. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  readonly games: readonly KnownGame[];
  readonly goodSamples: readonly number[];
  readonly trackingSince: number | null;
  readonly allZero: boolean;
  readonly latestSampleAt: number | null;
}

export const EMPTY_LEDGER: Ledger = {
  entries: [],
  games: [],
  goodSamples: [],
  trackingSince: EMPTY_LIBRARY.trackingSince,
  allZero: EMPTY_LIBRARY.allZero,
  latestSampleAt: EMPTY_LIBRARY.latestSampleAt,
};

export function assess(ledger: Ledger, sample: LibrarySample): SampleAssessment {
  return assessSample(stateOf(ledger), sample);
}

/** The ledger after a sample. */
export function record(ledger: Ledger, sample: LibrarySample): Ledger {
  const assessed = assess(ledger, sample);
  const games = new Map(ledger.games.map((game) => [game.appId, game]));
  for (const game of assessed.games) games.set(game.appId, game);
  const { trackingSince, allZero, latestSampleAt, outcome } = assessed;
  return {
    entries: [...ledger.entries, ...assessed.entries],
    games: [...games.values()],
    goodSamples: outcome === "ok" ? [...ledger.goodSamples, sample.observedAt] : ledger.goodSamples,
    trackingSince,
    allZero,
    latestSampleAt,
  };
}

export function stateOf(ledger: Ledger): LibraryState {
  const { trackingSince, allZero, latestSampleAt, goodSamples } = ledger;
  return {
    trackingSince,
    allZero,
    latestSampleAt,
    games: new Map(ledger.games.map((game) => [game.appId, game])),
    previousSampleAt: (instant) => {
      const older = goodSamples.filter((sampledAt) => sampledAt < instant);
      return older.length === 0 ? null : Math.max(...older);
    },
  };
}

/** What the ledger says of a game: minutes of play, and of baseline and play together. */
export function sums(ledger: Ledger, appId: number): { play: number; total: number } {
  let play = 0;
  let total = 0;
  for (const entry of ledger.entries) {
    if (entry.appId !== appId || entry.kind === "correction") continue;
    total += entry.minutes;
    if (entry.kind === "play") play += entry.minutes;
  }
  return { play, total };
}
