import {
  DAYS_MAX,
  type Input,
  type listFeed as definition,
  type Output,
  PAGE_LIMIT_DEFAULT,
} from "@tracker/contracts";
import { type Static, Type } from "@sinclair/typebox";
import { decodeCursor, encodeCursor, type ListQuery } from "./cursor.ts";
import type { Database } from "./database.ts";
import { type DayRange, readDayRange, type Reading } from "./day-range.ts";
import { readAchievementGroups } from "./feed-achievement.ts";
import { readAdditions } from "./feed-addition.ts";
import { readCompletions } from "./feed-completion.ts";
import {
  type FeedEntry,
  type FeedPosition,
  type FeedSlice,
  newestFirst,
  RANKS,
  sliceAfter,
} from "./feed-order.ts";
import { readLiveSessions, readSessions } from "./feed-session.ts";

/**
 * Where a page ended: the live sessions that were shown, and the place of the last item after them, null while there
 * was none. Keeping what was shown as live keeps a session that ends between two pages from appearing twice.
 */
const Position = Type.Object({
  shown: Type.Array(Type.Integer()),
  after: Type.Union([Type.Null(), Type.Tuple([Type.Integer(), Type.Integer(), Type.Integer()])]),
});
const BEGINNING: Static<typeof Position> = { shown: [], after: null };

/** What happened in a range of days: live sessions first, then everything by its instant, newest first. */
export function listFeed(
  database: Database,
  input: Input<typeof definition>,
  reading: Reading,
): Output<typeof definition> {
  const range = readDayRange(input, reading, DAYS_MAX);
  const limit = input.limit ?? PAGE_LIMIT_DEFAULT;
  const visibility = input.visibility ?? null;
  const query: ListQuery = ["feed", input.from, input.to, input.visibility];
  const { shown, after } = decodeCursor(query, Position, input.cursor) ?? BEGINNING;
  const unseen = ({ id }: FeedEntry) => !shown.includes(id);
  const live =
    after === null ? readLiveSessions(database, range, visibility, reading).filter(unseen) : [];
  const liveIds = [...shown, ...live.map(({ id }) => id)];
  const past = readPast(database, { range, visibility, after, liveIds, limit: limit + 1 }, reading);
  const items = [...live, ...past];
  const position = () => ({
    shown: [...shown, ...live.slice(0, limit).map(({ id }) => id)],
    after: placeOf(past[limit - live.length - 1]) ?? after,
  });
  return {
    items: items.slice(0, limit).map(({ item }) => item),
    next_cursor: items.length > limit ? encodeCursor(query, position()) : null,
  };
}

interface PastPage extends Pick<FeedSlice, "visibility"> {
  readonly range: DayRange;
  readonly after: FeedPosition | null;
  readonly liveIds: readonly number[];
  readonly limit: number;
}

/** Every source gives as many as the page could need, and the newest of all are taken: none is read to its end. */
function readPast(
  database: Database,
  { range, visibility, after, liveIds, limit }: PastPage,
  reading: Reading,
): FeedEntry[] {
  const slice = (rank: number) => ({ ...sliceAfter(after, rank, range, limit), visibility });
  return [
    ...readSessions(database, slice(RANKS.session), liveIds, reading),
    ...readAchievementGroups(database, slice(RANKS.achievements), reading),
    ...readCompletions(database, slice(RANKS.completion), reading),
    ...readAdditions(database, slice(RANKS.games_added), reading),
  ]
    .sort(newestFirst)
    .slice(0, limit);
}

function placeOf(last: FeedEntry | undefined): [number, number, number] | null {
  return last === undefined ? null : [last.at, last.rank, last.id];
}
