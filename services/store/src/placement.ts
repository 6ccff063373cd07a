import {
  type Calendar,
  dayOf,
  type PlacedSession,
  type PlacementCluster,
  type PlacementOptions,
  placeSessions,
} from "@tracker/playtime";
import type { Database } from "./database.ts";
import { placementOptions, type Region, touchedRegion } from "./evidence.ts";
import { updateLastPlayed } from "./last-played.ts";
import { countSessions } from "./hand-total.ts";
import {
  hasSameDays,
  isSame,
  type Match,
  matchSessions,
  type NextSession,
  type StoredSession,
} from "./match.ts";
import { tellMatch } from "./placement-event.ts";
import {
  type ActiveEdit,
  applyEdits,
  editsWithin,
  type PlacedWithEvidence,
  readActiveEdits,
} from "./session-edit-row.ts";
import { readSessions, rememberSession, writeMatch } from "./placement-row.ts";

export interface PlacementContext {
  readonly database: Database;
  readonly calendar: Calendar;
  readonly accountId: number | null;
  /** When what is applied was observed. */
  readonly at: number;
  /** No events: a replayed past, or a rebuild. */
  readonly quiet: boolean;
}

/**
 * Brings a game's sessions up to date after evidence newer than `touchedFrom` came in, by placing again only the part that it can
 * affect. Sessions keep their ids, rows that do not differ are not written. Answers the earliest civil day whose
 * minutes changed, or null.
 */
export function placeGame(
  context: PlacementContext,
  gameId: number,
  touchedFrom: number,
): string | null {
  const { database, calendar } = context;
  const edits = readActiveEdits(database, gameId);
  const region = regionWithEdits(context, gameId, touchedFrom, edits);
  const options = placementOptions(database, calendar);
  const placed = region.clusters.flatMap((cluster) => placeCluster(cluster, options));
  const after = applyEdits(database, placed, editsWithin(edits, region.from), calendar);
  const before = readSessions(database, gameId, region.from);
  let earliest: string | null = null;
  for (const match of matchSessions(before, after, region.intervals)) {
    if (match.before !== null && match.after !== null && isSame(match.before, match.after)) {
      rememberSession(database, region, match.before.id, match.after);
      continue;
    }
    const id = writeMatch(database, { gameId, accountId: context.accountId }, match);
    if (match.after !== null) rememberSession(database, region, id, match.after);
    if (!context.quiet) tellMatch(context, gameId, id, match);
    earliest = earlier(earliest, changedDay(match, calendar));
  }
  countSessions(database, gameId, context.at);
  updateLastPlayed(database, gameId, context.at);
  return earliest;
}

/** A correction is applied whole or not at all: where one reaches into the region, the region reaches to its beginning. */
function regionWithEdits(
  { database, calendar }: PlacementContext,
  gameId: number,
  touchedFrom: number,
  edits: readonly ActiveEdit[],
): Region {
  for (let from = touchedFrom; ;) {
    const region = touchedRegion(database, calendar, gameId, from);
    const reach = Math.min(...editsWithin(edits, region.from).map((edit) => edit.from));
    if (reach >= region.from) return region;
    from = reach - 1;
  }
}

function placeCluster(cluster: PlacementCluster, options: PlacementOptions): PlacedWithEvidence[] {
  const placed = placeSessions(cluster.rows, cluster.presence, options);
  const newest = placed.findLast((session) => session.precision !== "gap");
  return placed.map((session) =>
    Object.assign(session, { evidenceAt: evidenceOf(session, cluster, session === newest) }),
  );
}

/** The newest session of a sitting rests on its newest sample; an earlier one on the first sample after its end. */
function evidenceOf(session: PlacedSession, cluster: PlacementCluster, newest: boolean): number {
  if (session.endedAt === null) {
    return Math.max(...cluster.presence.map((interval) => interval.lastSeenAt));
  }
  if (session.precision === "gap") return session.endedAt;
  const { endedAt } = session;
  const observed = cluster.rows.map((row) => row.observedAt);
  const latest = Math.max(...observed);
  const next = observed.filter((instant) => instant >= endedAt);
  return newest || next.length === 0 ? latest : Math.min(...next);
}

function changedDay({ before, after }: Match, calendar: Calendar): string | null {
  const same = before !== null && after !== null && hasSameDays(before, after);
  if (same && (before.precision !== "gap" || sameGap(before, after))) return null;
  return earlier(firstDay(before, calendar), firstDay(after, calendar));
}

function sameGap(before: StoredSession, after: NextSession): boolean {
  return before.minutes === after.minutes && before.notAfter === after.notAfter;
}

/** The first day on which a session counts: a gap does once its window is over. */
function firstDay(session: StoredSession | NextSession | null, calendar: Calendar): string | null {
  if (session?.precision === "gap" && session.notAfter !== null) {
    return dayOf(session.notAfter - 1, calendar);
  }
  return session?.days[0]?.day ?? null;
}

export function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
