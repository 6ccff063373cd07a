import { type Calendar, dayEnd, dayOf } from "./civil-day.ts";
import type { PlayRow, PresenceInterval } from "./evidence.ts";
import { assessSample } from "./library-sample.ts";
import { EMPTY_LIBRARY, type LibraryState, type SampledGame } from "./library-state.ts";
import { MINUTE_MS } from "./slot.ts";

/** One sitting as it really was. */
export interface Sitting {
  readonly startedAt: number;
  readonly endedAt: number;
}

const TICK_MS = 30 * MINUTE_MS;
const OUTAGE_MS = 3 * MINUTE_MS;

/** One game of one player, with Steam's habits: totals move every 30 minutes of play and at exit, and are dated truly then. */
function steamAt(
  instant: number,
  sittings: readonly Sitting[],
): { minutes: number; lastPlayedAt: number | null } {
  let playedMs = 0;
  let lastPlayedAt: number | null = null;
  for (const { startedAt, endedAt } of sittings) {
    if (startedAt > instant) break;
    const ticks = Math.floor((Math.min(instant, endedAt) - startedAt) / TICK_MS);
    const reportedMs = instant >= endedAt ? endedAt - startedAt : ticks * TICK_MS;
    playedMs += reportedMs;
    if (reportedMs > 0) lastPlayedAt = startedAt + reportedMs;
  }
  return { minutes: Math.floor(playedMs / MINUTE_MS), lastPlayedAt };
}

/** Presence intervals as a poller keeps them that looks at the given instants; a pause of more than three minutes is an outage. */
export function presenceSeen(
  looks: readonly number[],
  sittings: readonly Sitting[],
): PresenceInterval[] {
  const intervals: PresenceInterval[] = [];
  let before: number | null = null;
  let current = 0;
  for (const look of looks) {
    while ((sittings[current]?.endedAt ?? Infinity) <= look) current += 1;
    const playing = look >= (sittings[current]?.startedAt ?? Infinity);
    const last = intervals.at(-1);
    const open = last?.notAfter === null ? last : null;
    const pauseMs = look - (before ?? look);
    if (open !== null && playing && pauseMs <= OUTAGE_MS) {
      intervals[intervals.length - 1] = { ...open, lastSeenAt: look };
    } else {
      if (open !== null) intervals[intervals.length - 1] = { ...open, notAfter: look };
      const seen = { startedAt: look, lastSeenAt: look, notBefore: before ?? look, notAfter: null };
      if (playing) intervals.push(seen);
    }
    before = look;
  }
  return intervals;
}

/** A game that is never played beside it: without one, a first minute of play would look like a profile opened. */
const OTHER_GAME: SampledGame = {
  appId: 20,
  name: "Paper Lighthouse",
  minutes: 600,
  lastPlayedAt: null,
  offlineMinutes: null,
  source: "owned",
};

/** The play rows that library samples at the given instants lead to; `dated` says whether Steam tells when it was last played. */
export function rowsSampled(
  samples: readonly number[],
  sittings: readonly Sitting[],
  dated: boolean,
): PlayRow[] {
  const rows: PlayRow[] = [];
  let state: LibraryState = EMPTY_LIBRARY;
  for (const observedAt of samples) {
    const { minutes, lastPlayedAt } = steamAt(observedAt, sittings);
    const figures = { minutes, lastPlayedAt: dated ? lastPlayedAt : null };
    const game = { ...OTHER_GAME, appId: 10, name: "Quiet Harbour", ...figures };
    const assessed = assessSample(state, { observedAt, games: [game, OTHER_GAME] });
    for (const { kind, previousObservedAt, ...entry } of assessed.entries) {
      if (kind === "play" && previousObservedAt !== null) {
        rows.push({ ...entry, previousObservedAt });
      }
    }
    const { trackingSince, allZero, latestSampleAt } = assessed;
    const games = new Map(state.games);
    for (const next of assessed.games) games.set(next.appId, next);
    const previousSampleAt = (): number => observedAt;
    state = { trackingSince, allZero, latestSampleAt, games, previousSampleAt };
  }
  return rows;
}

/** Minutes (with fractions) really played on each civil day. */
export function trueDays(sittings: readonly Sitting[], calendar: Calendar): Map<string, number> {
  const days = new Map<string, number>();
  for (const { startedAt, endedAt } of sittings) {
    for (let from = startedAt; from < endedAt;) {
      const day = dayOf(from, calendar);
      const to = Math.min(endedAt, dayEnd(day, calendar));
      days.set(day, (days.get(day) ?? 0) + (to - from) / MINUTE_MS);
      from = to;
    }
  }
  return days;
}
