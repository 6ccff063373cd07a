import type { EndedSitting } from "../steam-sim/player.ts";
import { overlapsAny, type Span } from "./history-span.ts";
import type { StoredSession } from "./history-store.ts";
import type { FollowedYear } from "./history-year.ts";

const MINUTE_MS = 60_000;

/** How far the starts and ends of sessions lie from those of real sittings. */
export interface EdgeErrors {
  /** In minutes, one for each start and each end. */
  readonly errors: readonly number[];
  /** The session of the largest error. */
  readonly worst: StoredSession | null;
}

/**
 * The edges of all sessions whose sittings were neither played offline nor in an outage: those that rest on presence, and the others. Each
 * is held against the nearest real one; sittings of one game a few minutes apart are one session, so the edges between them
 * are in no session.
 */
export function edgeErrors(
  { history, blind }: FollowedYear,
  games: ReadonlyMap<number, readonly EndedSitting[]>,
): { withPresence: EdgeErrors; withoutPresence: EdgeErrors } {
  const unseen = new Map([...games].map(([appId, sittings]) => [appId, unseenOf(sittings, blind)]));
  const sessions = history.sessions.filter(({ appId, precision, notBefore, notAfter }) => {
    const window = { from: notBefore, to: notAfter ?? Infinity };
    return precision !== "gap" && !overlapsAny(window, [...blind, ...(unseen.get(appId) ?? [])]);
  });
  const isSeen = ({ precision }: StoredSession) => precision === "presence";
  return {
    withPresence: errorsOf(sessions.filter(isSeen), games),
    withoutPresence: errorsOf(
      sessions.filter((session) => !isSeen(session)),
      games,
    ),
  };
}

function unseenOf(sittings: readonly EndedSitting[], blind: readonly Span[]): Span[] {
  return sittings
    .map(({ startedAt, endedAt, mode }) => ({ from: startedAt, to: endedAt, mode }))
    .filter((sitting) => sitting.mode === "offline" || overlapsAny(sitting, blind));
}

function errorsOf(
  sessions: readonly StoredSession[],
  games: ReadonlyMap<number, readonly EndedSitting[]>,
): EdgeErrors {
  const errors: number[] = [];
  let worst: StoredSession | null = null;
  let most = -1;
  for (const session of sessions) {
    const sittings = games.get(session.appId) ?? [];
    const start = distance(session.startedAt, sittings, (sitting) => sitting.startedAt);
    const end = distance(session.endedAt ?? Infinity, sittings, (sitting) => sitting.endedAt);
    errors.push(start, end);
    if (Math.max(start, end) <= most) continue;
    most = Math.max(start, end);
    worst = session;
  }
  return { errors, worst };
}

/** In minutes. */
function distance(
  instant: number,
  sittings: readonly EndedSitting[],
  edgeOf: (sitting: EndedSitting) => number,
): number {
  return (
    sittings.reduce(
      (least, sitting) => Math.min(least, Math.abs(edgeOf(sitting) - instant)),
      Infinity,
    ) / MINUTE_MS
  );
}
