import { dayEnd, dayOf } from "./civil-day.ts";
import type { Settings } from "./claim.ts";
import type { DayMinutes, PlacedSession, SessionPrecision, Stint } from "./evidence.ts";
import { extentOf, spansOutage, type Stretch } from "./presence.ts";
import { firstSlotAfter, slotStart } from "./slot.ts";
import type { Run } from "./slot-choice.ts";
import { isPlayedBeyond } from "./weight.ts";

/** Up to two minutes of weaker evidence are rounding, not doubt. */
const ROUNDING_MINUTES = 2;
const WEAKEST_FIRST = ["poll", "last_played", "presence"] as const;

/** A piece of a sitting: minutes in a row, a presence stretch, or the outage between two of them. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly run: Run | null;
  readonly stretch: Stretch | null;
}

/** Joins placed minutes and presence into sessions: what is at most `joinMs` apart, or one presence, is one sitting. */
export function sessionsOf(
  runs: readonly Run[],
  stretches: readonly Stretch[],
  settings: Settings,
): PlacedSession[] {
  const pieces = [...runs.map(runPiece), ...presencePieces(runs, stretches)];
  pieces.sort((a, b) => a.start - b.start);
  const sittings: Piece[][] = [];
  let end = -Infinity;
  for (const piece of pieces) {
    const sitting = piece.start - end <= settings.joinMs ? sittings.at(-1) : undefined;
    if (sitting === undefined) sittings.push([piece]);
    else sitting.push(piece);
    end = sitting === undefined ? piece.end : Math.max(end, piece.end);
  }
  const sessions = sittings.map((sitting) => sessionOf(sitting, settings));
  // A stretch can lose its minutes to an outage so long that they are no part of its sitting.
  return sessions.filter((session) => session.minutes > 0 || session.endedAt === null);
}

function runPiece(run: Run): Piece {
  return { start: slotStart(run.first), end: slotStart(run.end), run, stretch: run.stretch };
}

/** Presence counts where minutes rest on it, or while it is open; a closed stretch without a minute is no session. */
function presencePieces(runs: readonly Run[], stretches: readonly Stretch[]): Piece[] {
  const played = new Set<Stretch>();
  for (const { stretch, precision } of runs) {
    if (stretch !== null && precision === "presence") played.add(stretch);
  }
  const pieces: Piece[] = [];
  let previous: Stretch | null = null;
  for (const stretch of stretches) {
    const counts = played.has(stretch) || stretch.notAfter === Infinity;
    if (counts && previous !== null && spansOutage(previous)) {
      pieces.push({
        start: previous.lastSeenAt,
        end: stretch.startedAt,
        run: null,
        stretch: null,
      });
    }
    if (counts) {
      const { start, end } = extentOf(stretch);
      pieces.push({ start, end: toldEnd(stretch, runs) ?? end, run: null, stretch });
    }
    previous = counts ? stretch : null;
  }
  return pieces;
}

/**
 * When Steam says that a closed stretch ended: at the newest date between the last look that saw the game and the first that did not.
 * That is exact; half of the time between two looks is a guess.
 */
function toldEnd({ lastSeenAt, notAfter }: Stretch, runs: readonly Run[]): number | null {
  if (notAfter === Infinity) return null;
  let told: number | null = null;
  for (const { claim } of runs) {
    const { lastPlayedAt } = claim.row;
    if (claim.anchor?.kind !== "last_played" || lastPlayedAt === null) continue;
    if (lastPlayedAt < lastSeenAt || lastPlayedAt > notAfter) continue;
    told = Math.max(told ?? 0, lastPlayedAt);
  }
  return told;
}

function sessionOf(sitting: readonly Piece[], settings: Settings): PlacedSession {
  const runs = sitting.flatMap((piece) => piece.run ?? []);
  const { notBefore, notAfter } = windowOf(sitting);
  const start = sitting.reduce((least, piece) => Math.min(least, piece.start), Infinity);
  const end = sitting.reduce((most, piece) => Math.max(most, piece.end), -Infinity);
  return {
    startedAt: Math.max(notBefore, start),
    endedAt: end === Infinity ? null : Math.min(notAfter, end),
    notBefore,
    notAfter: notAfter === Infinity ? null : notAfter,
    minutes: runs.reduce((minutes, run) => minutes + run.end - run.first, 0),
    precision: precisionOf(runs),
    days: daysOf(runs, settings),
    stints: stintsOf(sitting),
  };
}

/** Cuts a sitting, whose pieces are in order, where nothing was played, and where the game was seen not to run, however short the pause. */
function stintsOf(sitting: readonly Piece[]): Stint[] {
  const stints: Piece[][] = [];
  let end = -Infinity;
  let over = Infinity;
  for (const piece of sitting) {
    const goesOn = piece.start <= end && startOf(piece) < over;
    const stint = goesOn ? stints.at(-1) : undefined;
    if (stint === undefined) stints.push([piece]);
    else stint.push(piece);
    end = stint === undefined ? piece.end : Math.max(end, piece.end);
    over = Math.min(stint === undefined ? Infinity : over, overAt(piece));
  }
  return stints.map(stintOf);
}

/** A minute that is carried from before its presence began is played after that all the same. */
function startOf({ start, stretch }: Piece): number {
  return Math.max(start, stretch?.notBefore ?? start);
}

/** The look that no longer saw the game; Infinity where none came before it was seen again. */
function overAt({ stretch }: Piece): number {
  return stretch === null || stretch.touchesNext ? Infinity : stretch.notAfter;
}

function stintOf(pieces: readonly Piece[]): Stint {
  const { notBefore, notAfter } = windowOf(pieces);
  const end = pieces.reduce((most, piece) => Math.max(most, piece.end), -Infinity);
  return {
    startedAt: pieces.reduce((least, piece) => Math.min(least, startOf(piece)), Infinity),
    endedAt: end === Infinity ? null : Math.min(notAfter, end),
    notBefore,
    notAfter: notAfter === Infinity ? null : notAfter,
    spans: pieces.flatMap(({ run, start, end: until }) =>
      run === null ? [] : [{ startedAt: start, endedAt: until, minutes: run.end - run.first }],
    ),
  };
}

/** The window of the truth: that of the presence seen, widened by the windows of the rows whose minutes lie outside it. */
function windowOf(sitting: readonly Piece[]): { notBefore: number; notAfter: number } {
  let notBefore = Infinity;
  let notAfter = -Infinity;
  for (const { run, stretch } of sitting) {
    const from = stretch?.notBefore ?? (run === null ? Infinity : windowStartOf(run));
    const to = run === null ? (stretch?.notAfter ?? -Infinity) : windowEndOf(run);
    notBefore = Math.min(notBefore, from);
    notAfter = Math.max(notAfter, to);
  }
  return { notBefore, notAfter };
}

/** Minutes that rest on presence are from its window, unless Steam dates the play they belong to after it. */
function windowEndOf({ claim, stretch }: Run): number {
  const { observedAt } = claim.row;
  if (stretch === null || isPlayedBeyond(claim, stretch)) return observedAt;
  return stretch.notAfter;
}

/** A window is widened by a minute that it carries from before. */
function windowStartOf({ claim, first }: Run): number {
  return Math.min(claim.windowStart, slotStart(first));
}

/** The weakest evidence that carries more than rounding; in a very short session, what carries most. */
function precisionOf(runs: readonly Run[]): SessionPrecision {
  const minutes = { poll: 0, last_played: 0, presence: 0 };
  for (const { precision, first, end } of runs) minutes[precision] += end - first;
  const weakest = WEAKEST_FIRST.find((precision) => minutes[precision] > ROUNDING_MINUTES);
  if (weakest !== undefined) return weakest;
  const most = Math.max(...Object.values(minutes));
  if (most === 0) return "presence";
  return WEAKEST_FIRST.find((precision) => minutes[precision] === most) ?? "poll";
}

function daysOf(runs: readonly Run[], { calendar }: Settings): DayMinutes[] {
  const days = new Map<string, number>();
  for (const { first, end } of runs) {
    for (let slot = first; slot < end;) {
      const day = dayOf(slotStart(slot), calendar);
      const next = Math.min(end, firstSlotAfter(dayEnd(day, calendar)));
      days.set(day, (days.get(day) ?? 0) + next - slot);
      slot = next;
    }
  }
  return [...days].map(([day, minutes]) => ({ day, minutes }));
}
