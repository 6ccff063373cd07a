import type { KnownGame, LibraryState, SampledGame } from "./library-state.ts";
import type { SampleContext } from "./sample-context.ts";

const MISSING_SAMPLES_MAX = 3;

/** What is stored of a game after a sample that lists it. */
export function nextState(
  game: SampledGame,
  known: KnownGame | undefined,
  context: SampleContext,
): KnownGame {
  const minutes = Math.max(known?.minutes ?? 0, game.minutes);
  if (known !== undefined && context.late) return { ...known, minutes };
  return {
    appId: game.appId,
    minutes,
    reportedMinutes: game.minutes < minutes ? game.minutes : null,
    offlineMinutes: game.offlineMinutes ?? known?.offlineMinutes ?? null,
    missingSamples: 0,
    listedUntil: null,
    // The list of recent games shows a refunded game for two weeks: having been played lately makes no owned game a borrowed one.
    libraryState: game.source === "owned" || known?.libraryState === "owned" ? "owned" : "shared",
  };
}

export function sameGame(known: KnownGame | undefined, next: KnownGame): boolean {
  return (
    known !== undefined &&
    known.minutes === next.minutes &&
    known.reportedMinutes === next.reportedMinutes &&
    known.offlineMinutes === next.offlineMinutes &&
    known.missingSamples === next.missingSamples &&
    known.listedUntil === next.listedUntil &&
    known.libraryState === next.libraryState
  );
}

/** Borrowed games drop out of Steam's two-week list by themselves, so only owned ones can be missing. */
export function countMissing(
  state: LibraryState,
  games: ReadonlyMap<number, SampledGame>,
): KnownGame[] {
  const missing = [...state.games.values()].filter(
    (known) => known.libraryState === "owned" && !games.has(known.appId),
  );
  return missing.map((known) => missedAgain(known, state.latestSampleAt));
}

function missedAgain(known: KnownGame, listedUntil: number | null): KnownGame {
  const missingSamples = known.missingSamples + 1;
  return {
    ...known,
    missingSamples,
    listedUntil: known.listedUntil ?? listedUntil,
    libraryState: missingSamples >= MISSING_SAMPLES_MAX ? "not_in_library" : "owned",
  };
}
