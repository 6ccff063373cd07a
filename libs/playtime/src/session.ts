import { dayOf } from "./civil-day.ts";
import type { Settings } from "./claim.ts";
import type { DayMinutes, PlacedSession, SessionPrecision } from "./evidence.ts";
import { extentOf, spansOutage, type Stretch } from "./presence.ts";
import { MINUTE_MS, slotStart } from "./slot.ts";
import type { Choice } from "./slot-choice.ts";

/** Up to two minutes of weaker evidence are rounding, not doubt. */
const ROUNDING_MINUTES = 2;
const WEAKEST_FIRST = ["poll", "last_played", "presence"] as const;

/** A piece of a sitting: a chosen slot, a presence stretch, or the outage between two of them. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly choice: Choice | null;
  readonly stretch: Stretch | null;
}

/** Joins chosen slots and presence into sessions: what is at most `joinMs` apart, or one presence, is one sitting. */
export function sessionsOf(
  choices: readonly Choice[],
  stretches: readonly Stretch[],
  settings: Settings,
): PlacedSession[] {
  const pieces = [...choices.map(slotPiece), ...presencePieces(choices, stretches)];
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

function slotPiece(choice: Choice): Piece {
  const start = slotStart(choice.slot);
  return { start, end: start + MINUTE_MS, choice, stretch: null };
}

/** Presence counts where minutes rest on it, or while it is open; a closed stretch without a minute is no session. */
function presencePieces(choices: readonly Choice[], stretches: readonly Stretch[]): Piece[] {
  const played = new Set<Stretch>();
  for (const { weight } of choices) {
    if (weight.presence !== null && weight.precision === "presence")
      played.add(weight.presence.stretch);
  }
  const pieces: Piece[] = [];
  let previous: Stretch | null = null;
  for (const stretch of stretches) {
    const counts = played.has(stretch) || stretch.notAfter === Infinity;
    if (counts && previous !== null && spansOutage(previous)) {
      pieces.push({
        start: previous.lastSeenAt,
        end: stretch.startedAt,
        choice: null,
        stretch: null,
      });
    }
    if (counts) pieces.push({ ...extentOf(stretch), choice: null, stretch });
    previous = counts ? stretch : null;
  }
  return pieces;
}

function sessionOf(sitting: readonly Piece[], settings: Settings): PlacedSession {
  const choices = sitting.flatMap((piece) => piece.choice ?? []);
  const { notBefore, notAfter } = windowOf(sitting);
  const start = sitting.reduce((least, piece) => Math.min(least, piece.start), Infinity);
  const end = sitting.reduce((most, piece) => Math.max(most, piece.end), -Infinity);
  return {
    startedAt: Math.max(notBefore, start),
    endedAt: end === Infinity ? null : Math.min(notAfter, end),
    notBefore,
    notAfter: notAfter === Infinity ? null : notAfter,
    minutes: choices.length,
    precision: precisionOf(choices),
    days: daysOf(choices, settings),
  };
}

/** The window of the truth: that of the presence seen, widened by the windows of the rows whose minutes lie outside it. */
function windowOf(sitting: readonly Piece[]): { notBefore: number; notAfter: number } {
  let notBefore = Infinity;
  let notAfter = -Infinity;
  for (const { choice, stretch } of sitting) {
    const seen = stretch ?? choice?.weight.presence?.stretch;
    const from = seen?.notBefore ?? (choice === null ? Infinity : windowStartOf(choice));
    const to = seen?.notAfter ?? choice?.claim.row.observedAt ?? -Infinity;
    notBefore = Math.min(notBefore, from);
    notAfter = Math.max(notAfter, to);
  }
  return { notBefore, notAfter };
}

/** A window is widened by a minute that it carries from before. */
function windowStartOf({ claim, slot }: Choice): number {
  return Math.min(claim.windowStart, slotStart(slot));
}

/** The weakest evidence that carries more than rounding; in a very short session, what carries most. */
function precisionOf(choices: readonly Choice[]): SessionPrecision {
  const minutes = { poll: 0, last_played: 0, presence: 0 };
  for (const { weight } of choices) minutes[weight.precision] += 1;
  const weakest = WEAKEST_FIRST.find((precision) => minutes[precision] > ROUNDING_MINUTES);
  if (weakest !== undefined) return weakest;
  const most = Math.max(...Object.values(minutes));
  return most === 0
    ? "presence"
    : (WEAKEST_FIRST.find((precision) => minutes[precision] === most) ?? "poll");
}

function daysOf(choices: readonly Choice[], { calendar }: Settings): DayMinutes[] {
  const days: { day: string; minutes: number }[] = [];
  for (const { slot } of choices) {
    const day = dayOf(slotStart(slot), calendar);
    const last = days.at(-1);
    if (last?.day === day) last.minutes += 1;
    else days.push({ day, minutes: 1 });
  }
  return days;
}
