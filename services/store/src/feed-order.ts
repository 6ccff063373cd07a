import type { FeedItem, Game } from "@tracker/contracts";
import type { DayRange } from "./day-range.ts";

/** The order of items of one instant, newest first: a completion came after the unlock, and that after the play. */
export const RANKS = { completion: 0, achievements: 1, session: 2, games_added: 3 } as const;

/** An item with its place in the feed; no two entries have the same. */
export interface FeedEntry {
  readonly at: number;
  readonly rank: number;
  readonly id: number;
  readonly item: FeedItem;
}

/** at, rank, id of the last item shown. */
export type FeedPosition = readonly [at: number, rank: number, id: number];

/** Asks a source for its newest `limit` entries since `start` that sort before (at, id). */
export interface FeedSlice {
  readonly start: number;
  readonly at: number;
  readonly id: number;
  readonly limit: number;
  /** Only games of that visibility; null is every game. */
  readonly visibility: Game["visibility"] | null;
}

export function newestFirst(a: FeedEntry, b: FeedEntry): number {
  return b.at - a.at || a.rank - b.rank || b.id - a.id;
}

/** Where the source of one rank goes on after a position; null is the beginning of the range. */
export function sliceAfter(
  position: FeedPosition | null,
  rank: number,
  { start, end }: DayRange,
  limit: number,
): Omit<FeedSlice, "visibility"> {
  if (position === null) return { start, limit, at: end, id: 0 };
  const [at, shownRank, shownId] = position;
  if (rank === shownRank) return { start, limit, at, id: shownId };
  return { start, limit, at, id: rank > shownRank ? Number.MAX_SAFE_INTEGER : 0 };
}

export function isInSlice({ at, id }: { at: number; id: number }, slice: FeedSlice): boolean {
  return at >= slice.start && (at < slice.at || (at === slice.at && id < slice.id));
}
