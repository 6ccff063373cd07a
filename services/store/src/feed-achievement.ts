import { dayEnd, dayOf } from "@tracker/playtime";
import type { Database } from "./database.ts";
import type { Reading } from "./day-range.ts";
import { type FeedEntry, type FeedSlice, isInSlice, RANKS } from "./feed-order.ts";
import { instantOf } from "./instant.ts";

interface UnlockRow {
  readonly unlocked_at: number;
  readonly achievement: string;
  readonly icon_url: string | null;
  readonly game_id: number;
  readonly title: string;
  readonly cover_url: string | null;
}

const UNLOCKS = `SELECT a.unlocked_at, a.title AS achievement, a.icon_url, a.game_id,
    coalesce(g.title_override, g.title) AS title, coalesce(g.cover_override, g.cover_url) AS cover_url
  FROM achievements a JOIN games g ON g.id = a.game_id
  WHERE a.unlocked AND a.unlocked_at >= ?1 AND a.unlocked_at < ?2 AND (?3 IS NULL OR g.visibility = ?3)
  ORDER BY a.unlocked_at DESC, a.id DESC`;

/**
 * The unlocks of each civil day and game as one entry, at the newest of them. Read day by day from the day of the slice
 * down, since SQL does not know where days begin, until there are enough.
 */
export function readAchievementGroups(
  database: Database,
  slice: FeedSlice,
  { calendar }: Reading,
): FeedEntry[] {
  const end = dayEnd(dayOf(slice.id === 0 ? slice.at - 1 : slice.at, calendar), calendar);
  const entries: FeedEntry[] = [];
  let day = "";
  let unlocksOfDay: UnlockRow[] = [];
  const finishDay = () => {
    entries.push(...groupByGame(unlocksOfDay, day).filter((entry) => isInSlice(entry, slice)));
    unlocksOfDay = [];
  };
  const unlocks = database.prepare<UnlockRow>(UNLOCKS);
  for (const unlock of unlocks.iterate(slice.start, end, slice.visibility)) {
    const dayOfUnlock = dayOf(unlock.unlocked_at, calendar);
    if (dayOfUnlock !== day) {
      finishDay();
      if (entries.length >= slice.limit) break;
      day = dayOfUnlock;
    }
    unlocksOfDay.push(unlock);
  }
  finishDay();
  return entries;
}

function groupByGame(unlocks: readonly UnlockRow[], day: string): FeedEntry[] {
  const groups = Map.groupBy(unlocks, (unlock) => unlock.game_id);
  return Array.from(groups.values(), (group) => toEntry(group, day)).filter(
    (entry) => entry !== undefined,
  );
}

function toEntry(group: readonly UnlockRow[], day: string): FeedEntry | undefined {
  const [newest] = group;
  if (newest === undefined) return undefined;
  return {
    at: newest.unlocked_at,
    rank: RANKS.achievements,
    id: newest.game_id,
    item: {
      type: "achievements",
      at: instantOf(newest.unlocked_at),
      day,
      live: false,
      game_id: newest.game_id,
      title: newest.title,
      cover_url: newest.cover_url,
      achievements: group.map((unlock) => ({
        title: unlock.achievement,
        icon_url: unlock.icon_url,
        unlocked_at: instantOf(unlock.unlocked_at),
      })),
    },
  };
}
