import { STEAM_LAG_MS } from "./evidence.ts";
import type { KnownGame, LedgerEntry, SampledGame } from "./library-state.ts";
import type { SampleContext } from "./sample-context.ts";
import { MINUTE_MS } from "./slot.ts";

/** The ledger rows that one game of a sample calls for: none, one, or a baseline and the play since the sample before. */
export function entriesOf(
  game: SampledGame,
  known: KnownGame | undefined,
  context: SampleContext,
): LedgerEntry[] {
  // While everything was zero, a zero was no evidence of a total, so the first other figure is a first appearance.
  if (known === undefined || (context.state.allZero && known.minutes === 0)) {
    return firstEntries(game, sinceListed(game, context));
  }
  if (game.minutes > known.minutes) return [riseEntry(game, known, context)];
  if (game.minutes < known.minutes && known.reportedMinutes === null && !context.late) {
    const correction = { kind: "correction", minutes: game.minutes - known.minutes } as const;
    return [entry(game, context, { ...correction, totalAfter: known.minutes })];
  }
  return [];
}

/** A borrowed game can have been played since the last sample that had Steam's list of recent games. */
function sinceListed({ source }: SampledGame, context: SampleContext): SampleContext {
  const { state, observedAt, previousAt } = context;
  if (previousAt === null) return context;
  return { ...context, previousAt: state.previousSampleAt(observedAt, source) ?? previousAt };
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
  if (previousAt === null) return 0;
  // A game that was purged and comes back may have been seen long before: the samples since then are from before, too.
  const earliest = previousAt - STEAM_LAG_MS;
  const seenSince = state.seenPlayingSince?.(appId, earliest) ?? observedAt;
  const seen = Math.floor((observedAt - Math.max(earliest, seenSince)) / MINUTE_MS);
  if (lastPlayedAt === null) return seen;
  const dated = Math.floor((lastPlayedAt - earliest) / MINUTE_MS);
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
