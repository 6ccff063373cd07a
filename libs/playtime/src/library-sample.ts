import { countMissing, nextState, sameGame } from "./known-game.ts";
import { entriesOf } from "./ledger-entry.ts";
import type {
  KnownGame,
  LedgerEntry,
  LibraryState,
  SampleAssessment,
  SampledGame,
} from "./library-state.ts";
import { contextOf } from "./sample-context.ts";

/**
 * Judges one whole library sample against what is stored (design rules 1 to 3): the ledger rows to append and the games whose state
 * differs. A sample that only says "hidden" changes nothing, an equal one changes nothing, and whatever the order in which samples
 * arrive, baseline + play of a game is the highest total ever sampled.
 */
export function assessSample(
  state: LibraryState,
  sample: { readonly observedAt: number; readonly games: readonly SampledGame[] },
): SampleAssessment {
  const games = mergeLists(sample.games);
  const zero = [...games.values()].every((game) => game.minutes === 0);
  if (games.size === 0 && state.games.size > 0) return unchanged(state, "private");
  if (zero && !state.allZero) return unchanged(state, "playtime_private");

  const context = contextOf(state, sample.observedAt, games);
  const entries: LedgerEntry[] = [];
  const changed: KnownGame[] = [];
  for (const game of games.values()) {
    const known = state.games.get(game.appId);
    entries.push(...entriesOf(game, known, context));
    const next = nextState(game, known, context);
    if (!sameGame(known, next)) changed.push(next);
  }
  const absent = context.late ? [] : countMissing(state, games);
  return {
    outcome: "ok",
    entries,
    games: [...changed, ...absent],
    appeared: [...games.values()].filter((game) => !state.games.has(game.appId)),
    left: absent.filter((game) => game.libraryState === "not_in_library").map((game) => game.appId),
    returned: changed
      .filter((game) => state.games.get(game.appId)?.libraryState === "not_in_library")
      .filter((game) => game.libraryState !== "not_in_library")
      .map((game) => game.appId),
    trackingSince: state.trackingSince ?? sample.observedAt,
    allZero: state.allZero && zero,
    latestSampleAt: Math.max(state.latestSampleAt ?? sample.observedAt, sample.observedAt),
  };
}

function unchanged(state: LibraryState, outcome: SampleAssessment["outcome"]): SampleAssessment {
  const { trackingSince, allZero, latestSampleAt } = state;
  const nothing = { entries: [], games: [], appeared: [], left: [], returned: [] };
  return { outcome, ...nothing, trackingSince, allZero, latestSampleAt };
}

/** Both of Steam's lists may name a game: the higher figures count, and owning it outweighs having played it lately. */
function mergeLists(games: readonly SampledGame[]): Map<number, SampledGame> {
  const merged = new Map<number, SampledGame>();
  for (const game of games) {
    const other = merged.get(game.appId);
    if (other === undefined) {
      merged.set(game.appId, game);
      continue;
    }
    merged.set(game.appId, {
      appId: game.appId,
      name: other.name ?? game.name,
      minutes: Math.max(other.minutes, game.minutes),
      lastPlayedAt: highest(other.lastPlayedAt, game.lastPlayedAt),
      offlineMinutes: highest(other.offlineMinutes, game.offlineMinutes),
      source: other.source === "owned" ? "owned" : game.source,
    });
  }
  return merged;
}

function highest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}
