import { STEAM_LAG_MS } from "./evidence.ts";
import type {
  KnownGame,
  LedgerEntry,
  LibraryState,
  SampleAssessment,
  SampledGame,
} from "./library-state.ts";
import { MINUTE_MS } from "./slot.ts";

const MISSING_SAMPLES_MAX = 3;

/** What every game of one sample is judged with. */
interface SampleContext {
  readonly state: LibraryState;
  readonly observedAt: number;
  readonly previousAt: number | null;
  /** A newer sample was applied already: only a higher total is news. */
  readonly late: boolean;
  /** So many totals rise out of an all-zero library that Steam has stopped hiding them. */
  readonly revealed: boolean;
}

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

function contextOf(
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

function entriesOf(
  game: SampledGame,
  known: KnownGame | undefined,
  context: SampleContext,
): LedgerEntry[] {
  // While everything was zero, a zero was no evidence of a total, so the first other figure is a first appearance.
  if (known === undefined || (context.state.allZero && known.minutes === 0)) {
    return firstEntries(game, context);
  }
  if (game.minutes > known.minutes) return [riseEntry(game, known, context)];
  if (game.minutes < known.minutes && known.reportedMinutes === null && !context.late) {
    const correction = { kind: "correction", minutes: game.minutes - known.minutes } as const;
    return [entry(game, context, { ...correction, totalAfter: known.minutes })];
  }
  return [];
}

/** A game seen for the first time can only have been played since the previous sample; what is more is from before (rule 2). */
function firstEntries(game: SampledGame, context: SampleContext): LedgerEntry[] {
  const play = Math.min(game.minutes, playableMinutes(game, context));
  const baseline = game.minutes - play;
  const offline = Math.max(0, (game.offlineMinutes ?? 0) - baseline);
  const entries: LedgerEntry[] = [];
  if (baseline > 0) {
    entries.push(
      entry(game, context, { kind: "baseline", minutes: baseline, totalAfter: baseline }),
    );
  }
  if (play > 0) {
    const offlineMinutes = Math.min(play, offline);
    entries.push(
      entry(game, context, {
        kind: "play",
        minutes: play,
        totalAfter: game.minutes,
        offlineMinutes,
      }),
    );
  }
  return entries;
}

function playableMinutes(game: SampledGame, context: SampleContext): number {
  const { observedAt, previousAt } = context;
  if (previousAt === null) return 0;
  const { lastPlayedAt } = game;
  // Steam itself says that it was not played since: a refund undone, a profile opened.
  if (lastPlayedAt !== null && lastPlayedAt <= previousAt - STEAM_LAG_MS) return 0;
  if (lastPlayedAt === null && context.revealed) return 0;
  const elapsed = Math.floor((observedAt - previousAt) / MINUTE_MS);
  return Math.max(elapsed, evidentMinutes(game, context));
}

/**
 * Steam's totals lag, so a game's first sitting can have begun before the previous sample. What presence saw of it counts, and so does a
 * total that fits between that lag and the time of last play; without either nobody knows, and it is from before.
 */
function evidentMinutes({ appId, minutes, lastPlayedAt }: SampledGame, context: SampleContext) {
  const { state, observedAt, previousAt } = context;
  const seenSince = state.seenPlayingSince?.(appId) ?? null;
  const seen = seenSince === null ? 0 : Math.floor((observedAt - seenSince) / MINUTE_MS);
  if (lastPlayedAt === null || previousAt === null) return seen;
  const dated = Math.floor((lastPlayedAt - previousAt + STEAM_LAG_MS) / MINUTE_MS);
  return Math.max(seen, minutes <= dated ? minutes : 0);
}

function riseEntry(game: SampledGame, known: KnownGame, context: SampleContext): LedgerEntry {
  const minutes = game.minutes - known.minutes;
  // A game that was missing may have been played at any time since it was last listed.
  const previousAt =
    known.listedUntil === null || context.previousAt === null || context.late
      ? context.previousAt
      : Math.min(known.listedUntil, context.previousAt);
  if (previousAt === null) {
    return entry(game, context, { kind: "baseline", minutes, totalAfter: game.minutes });
  }
  const offline =
    context.late || known.offlineMinutes === null || game.offlineMinutes === null
      ? 0
      : game.offlineMinutes - known.offlineMinutes;
  return {
    ...entry(game, context, { kind: "play", minutes, totalAfter: game.minutes }),
    previousObservedAt: previousAt,
    offlineMinutes: Math.min(minutes, Math.max(0, offline)),
  };
}

function entry(
  game: SampledGame,
  context: SampleContext,
  change: Pick<LedgerEntry, "kind" | "minutes" | "totalAfter"> & { offlineMinutes?: number },
): LedgerEntry {
  return {
    appId: game.appId,
    observedAt: context.observedAt,
    previousObservedAt: context.previousAt,
    source: game.source,
    lastPlayedAt: game.lastPlayedAt,
    offlineMinutes: 0,
    ...change,
  };
}

function nextState(
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

function sameGame(known: KnownGame | undefined, next: KnownGame): boolean {
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
function countMissing(state: LibraryState, games: ReadonlyMap<number, SampledGame>): KnownGame[] {
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
