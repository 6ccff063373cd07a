import type { LibraryState, SampledGame } from "./library-state.ts";
import { MINUTE_MS } from "./slot.ts";

/** What every game of one sample is judged with. */
export interface SampleContext {
  readonly state: LibraryState;
  readonly observedAt: number;
  readonly previousAt: number | null;
  /** A newer sample was applied already: only a higher total is news. */
  readonly late: boolean;
  /** So many totals rise out of an all-zero library that Steam has stopped hiding them. */
  readonly revealed: boolean;
}

export function contextOf(
  state: LibraryState,
  observedAt: number,
  games: ReadonlyMap<number, SampledGame>,
): SampleContext {
  const previousAt = state.trackingSince === null ? null : state.previousSampleAt(observedAt);
  const elapsedMinutes = previousAt === null ? 0 : (observedAt - previousAt) / MINUTE_MS;
  const played = [...games.values()].filter((game) => game.minutes > 0);
  return {
    state,
    observedAt,
    previousAt,
    late: state.latestSampleAt !== null && observedAt <= state.latestSampleAt,
    revealed:
      state.allZero && played.length > 1 && played.some((game) => game.minutes > elapsedMinutes),
  };
}
