import { dayOf } from "@tracker/playtime";
import type { EndedSitting } from "../steam-sim/player.ts";
import { type EdgeErrors, edgeErrors } from "./history-edge.ts";
import { overlaps, overlapsAny, type Span } from "./history-span.ts";
import type { StoredSession } from "./history-store.ts";
import { type WindowedMinutes, windowsBroken } from "./history-window.ts";
import type { FollowedYear } from "./history-year.ts";

const MINUTE_MS = 60_000;
const LAG_MS = 30 * MINUTE_MS;

/** One day of one game: minutes as they were played and as the history has them. */
export interface DayOfGame {
  readonly appId: number;
  readonly day: string;
  /** With fractions. */
  readonly exactMinutes: number;
  /** In Steam's whole minutes: a minute that a sitting only began is of the day on which the game completes it. */
  readonly trueMinutes: number;
  readonly minutes: number;
  /** Whether the system ran while it was played, and Steam was told at once. */
  readonly watched: boolean;
}

/** How true a history is. */
export interface Accuracy {
  readonly hours: number;
  readonly days: readonly DayOfGame[];
  readonly gapMinutes: number;
  /** Minutes as gap although nothing was played offline and somebody looked. */
  readonly unexplainedGaps: readonly StoredSession[];
  readonly unexplainedGapMinutes: number;
  readonly outsideMinutes: number;
  readonly outside: readonly (WindowedMinutes & { readonly appId: number })[];
  readonly withPresence: EdgeErrors;
  readonly withoutPresence: EdgeErrors;
  readonly conserved: boolean;
}

/** Holds what was made of a followed year against the truth. */
export function measure(year: FollowedYear): Accuracy {
  const tracked = new Set(
    year.truth.games.filter((game) => game.kind !== "non_steam").map((game) => game.appId),
  );
  const sittings = year.player
    .sittingsUntil(year.span.to)
    .filter((sitting) => tracked.has(sitting.appId));
  const games = Map.groupBy(sittings, (sitting) => sitting.appId);
  const outside = outsideOf(year, games);
  const unexplainedGaps = unexplainedOf(year, games);
  const gaps = year.history.sessions.filter((session) => session.precision === "gap");
  const edges = edgeErrors(year, games);
  return {
    hours: sittings.reduce((sum, { startedAt, endedAt }) => sum + endedAt - startedAt, 0) / 3.6e6,
    days: daysOf(year, tracked, sittings),
    gapMinutes: sumMinutes(gaps),
    unexplainedGaps,
    unexplainedGapMinutes: sumMinutes(unexplainedGaps),
    outsideMinutes: sumMinutes(outside),
    outside,
    ...edges,
    conserved: year.history.conserved && totalsAreSteams(year),
  };
}

function daysOf(
  year: FollowedYear,
  tracked: ReadonlySet<number>,
  sittings: readonly EndedSitting[],
): DayOfGame[] {
  const days = new Map<string, { appId: number; day: string; exact: number; placed: number }>();
  const at = (appId: number, day: string) => {
    const key = `${day} ${appId}`;
    const found = days.get(key) ?? { appId, day, exact: 0, placed: 0 };
    days.set(key, found);
    return found;
  };
  for (const [day, games] of year.player.truthPerDay(year.calendar, year.span.to)) {
    for (const [appId, ms] of games) if (tracked.has(appId)) at(appId, day).exact += ms / MINUTE_MS;
  }
  for (const { appId, days } of year.history.sessions) {
    for (const { day, minutes } of days) at(appId, day).placed += minutes;
  }
  const unwatched = unwatchedDays(year, sittings);
  const counted = new Map<number, number>();
  return [...days]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, { appId, day, exact, placed }]) => {
      const before = counted.get(appId) ?? 0;
      const after = before + exact;
      counted.set(appId, after);
      // A millionth of a minute for what the addition of fractions leaves.
      const trueMinutes = Math.floor(after + 1e-6) - Math.floor(before + 1e-6);
      const watched = !unwatched.has(key);
      return { appId, day, exactMinutes: exact, trueMinutes, minutes: placed, watched };
    });
}

/** The days on which a sitting can come to lie that Steam told of late, or that nobody saw. */
function unwatchedDays(
  { calendar, blind, samples, span, truth }: FollowedYear,
  sittings: readonly EndedSitting[],
): Set<string> {
  const borrowed = new Set(
    truth.games.filter((game) => game.kind === "borrowed").map((game) => game.appId),
  );
  const days = new Set<string>();
  for (const sitting of sittings) {
    const { appId, startedAt, endedAt, mode } = sitting;
    const told = { from: startedAt, to: sampleAfter(samples, endedAt) ?? span.to };
    const undated = mode === "invisible" && borrowed.has(appId);
    if (mode !== "offline" && !undated && !overlapsAny(told, blind)) continue;
    const until = mode === "offline" ? toldAfter(sitting, truth, samples) : told.to;
    for (let at = startedAt - LAG_MS; at < until + LAG_MS; at += LAG_MS) {
      days.add(`${dayOf(Math.min(at, until), calendar)} ${appId}`);
    }
  }
  return days;
}

function toldAfter(
  { endedAt }: EndedSitting,
  { reconnects, sittings }: FollowedYear["truth"],
  samples: readonly number[],
): number {
  const online = sittings
    .filter((sitting) => sitting.mode !== "offline")
    .map((sitting) => sitting.startedAt);
  const next = Math.min(...[...reconnects, ...online].filter((at) => at >= endedAt));
  return sampleAfter(samples, next) ?? samples.at(-1) ?? endedAt;
}

function sampleAfter(samples: readonly number[], instant: number): number | undefined {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((samples[middle] ?? Infinity) >= instant) high = middle;
    else low = middle + 1;
  }
  return samples[low];
}

/** Windows that the truth breaks, with the minutes that are not in them. */
function outsideOf(
  { history }: FollowedYear,
  games: ReadonlyMap<number, readonly EndedSitting[]>,
): (WindowedMinutes & { appId: number })[] {
  const sessions = Map.groupBy(history.sessions, (session) => session.appId);
  return [...sessions].flatMap(([appId, own]) =>
    windowsBroken(own.map(windowOf), playsOf(games.get(appId))).map(({ window, minutes }) => {
      const { from, to } = window;
      return { from, to, appId, minutes };
    }),
  );
}

function windowOf({ notBefore, notAfter, minutes }: StoredSession): WindowedMinutes {
  return { from: notBefore, to: notAfter ?? Infinity, minutes };
}

function playsOf(sittings: readonly EndedSitting[] = []): Span[] {
  return sittings.map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt }));
}

/** Gaps that neither play offline nor an outage within their windows accounts for. */
function unexplainedOf(
  { history, blind }: FollowedYear,
  games: ReadonlyMap<number, readonly EndedSitting[]>,
): StoredSession[] {
  return history.sessions.filter((session) => {
    if (session.precision !== "gap") return false;
    const window = windowOf(session);
    const offline = (games.get(session.appId) ?? []).filter(({ mode }) => mode === "offline");
    const unserved = windowsBroken([window], playsOf(offline)).length > 0;
    return unserved && !blind.some((span) => overlaps(window, span));
  });
}

function totalsAreSteams({ player, history, samples, blind }: FollowedYear): boolean {
  const at = samples.at(-1);
  if (at === undefined || blind.some((span) => span.to > at)) return true;
  return player
    .ownedGamesAt(at)
    .every(({ appId, minutes }) => history.totals.get(appId) === minutes);
}

function sumMinutes(parts: readonly { minutes: number }[]): number {
  return parts.reduce((sum, { minutes }) => sum + minutes, 0);
}
