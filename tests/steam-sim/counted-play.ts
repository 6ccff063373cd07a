import type { Sitting } from "./truth.ts";

/** Steam moves a total after each half hour of a sitting, and at its end. */
const TICK_MS = 30 * 60_000;

/** What Steam has counted of one game at some instant. */
export interface Counted {
  readonly playedMs: number;
  /** The part of it that was played offline. */
  readonly offlineMs: number;
  /** Until when Steam knows it was played; null when it knows of nothing. */
  readonly lastPlayedAt: number | null;
}

const NOTHING: Counted = { playedMs: 0, offlineMs: 0, lastPlayedAt: null };

interface Count {
  /** When Steam learns of it. */
  readonly at: number;
  readonly ms: number;
  readonly offline: boolean;
  readonly playedUntil: number;
}

/** Answers what Steam has counted of one game at any instant, from the game's own sittings and the client's connections. */
export function countedPlay(
  sittings: readonly Sitting[],
  connections: readonly number[],
): (at: number) => Counted {
  const counts = sittings
    .flatMap((sitting) => countsOf(sitting, connections))
    .toSorted((one, other) => one.at - other.at);
  const sums = runningSums(counts);
  const running = sittings.find((sitting) => sitting.endedAt === null);

  return (at) => {
    const sum = sums[partition(counts, (count) => count.at <= at) - 1] ?? NOTHING;
    return running ? plusRunning(sum, running, at) : sum;
  };
}

function countsOf(sitting: Sitting, connections: readonly number[]): Count[] {
  const { startedAt, endedAt, mode } = sitting;
  if (endedAt === null) return [];
  if (mode === "offline") {
    const next = partition(connections, (instant) => instant < endedAt);
    const at = connections[next];
    if (at === undefined) return [];
    const ms = endedAt - startedAt;
    return [{ at, ms, offline: true, playedUntil: endedAt }];
  }
  const counts: Count[] = [];
  let from = startedAt;
  while (from + TICK_MS < endedAt) {
    from += TICK_MS;
    counts.push({ at: from, ms: TICK_MS, offline: false, playedUntil: from });
  }
  const ms = endedAt - from;
  counts.push({ at: endedAt, ms, offline: false, playedUntil: endedAt });
  return counts;
}

function runningSums(counts: readonly Count[]): Counted[] {
  let sum = NOTHING;
  return counts.map(({ ms, offline, playedUntil }) => {
    sum = {
      playedMs: sum.playedMs + ms,
      offlineMs: sum.offlineMs + (offline ? ms : 0),
      lastPlayedAt: Math.max(sum.lastPlayedAt ?? -Infinity, playedUntil),
    };
    return sum;
  });
}

/** Of a game that still runs, Steam knows the half hours that are over; of one that runs offline, nothing. */
function plusRunning(sum: Counted, { startedAt, mode }: Sitting, at: number) {
  const ticks = Math.floor((at - startedAt) / TICK_MS);
  if (mode === "offline" || ticks < 1) return sum;
  return {
    playedMs: sum.playedMs + ticks * TICK_MS,
    offlineMs: sum.offlineMs,
    lastPlayedAt: startedAt + ticks * TICK_MS,
  };
}

/** How many items at the start of a sorted list fit. */
export function partition<T>(items: readonly T[], fits: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && fits(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
