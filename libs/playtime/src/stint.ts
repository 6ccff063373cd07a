/** Cuts and shares minutes where they were seen to lie, so that a correction leaves each on its day. */
import { type Calendar, dayEnd, dayOf } from "./civil-day.ts";
import type { DayMinutes, MinuteSpan, Stint } from "./evidence.ts";

export function minutesOf(spans: readonly MinuteSpan[]): number {
  return spans.reduce((sum, { minutes }) => sum + minutes, 0);
}

export function spansOf(stints: readonly Stint[]): MinuteSpan[] {
  return stints.flatMap(({ spans }) => spans);
}

/** One stint of evenly spread minutes, as a person tells of one. Each day's are its own, whatever part of it is cut off later. */
export function evenStint(span: MinuteSpan, calendar: Calendar): Stint {
  const { startedAt, endedAt } = span;
  const spans = spansByDay(span, calendar);
  return { startedAt, endedAt, notBefore: startedAt, notAfter: endedAt, spans };
}

/** The stints before an instant and those from it on; one that holds it becomes two. */
export function cutStints(
  stints: readonly Stint[],
  at: number,
): { before: Stint[]; after: Stint[] } {
  const before: Stint[] = [];
  const after: Stint[] = [];
  for (const stint of stints) {
    if (stint.endedAt !== null && stint.endedAt <= at) before.push(stint);
    else if (stint.startedAt >= at) after.push(stint);
    else {
      const parts = stint.spans.map((span) => cutSpan(span, at));
      before.push({
        ...stint,
        endedAt: at,
        notAfter: at,
        spans: parts.flatMap(([head]) => (head.minutes > 0 ? [head] : [])),
      });
      after.push({
        ...stint,
        startedAt: at,
        notBefore: at,
        spans: parts.flatMap(([, tail]) => (tail.minutes > 0 ? [tail] : [])),
      });
    }
  }
  return { before, after };
}

function cutSpan(span: MinuteSpan, at: number): [MinuteSpan, MinuteSpan] {
  const { startedAt, endedAt, minutes } = span;
  const cut = Math.min(endedAt, Math.max(startedAt, at));
  const before = Math.round((minutes * (cut - startedAt)) / (endedAt - startedAt));
  return [
    { startedAt, endedAt: cut, minutes: before },
    { startedAt: cut, endedAt, minutes: minutes - before },
  ];
}

/** As many minutes as given, shared as they were. */
export function scaleStints(stints: readonly Stint[], minutes: number): Stint[] {
  const whole = minutesOf(spansOf(stints));
  let seen = 0;
  let given = 0;
  return stints.map((stint) => ({
    ...stint,
    spans: stint.spans.flatMap((span) => {
      seen += span.minutes;
      const own = Math.round((minutes * seen) / whole) - given;
      given += own;
      return own > 0 ? [{ ...span, minutes: own }] : [];
    }),
  }));
}

/** Minutes by the civil days that they lie on. */
export function daysOfSpans(spans: readonly MinuteSpan[], calendar: Calendar): DayMinutes[] {
  const days = new Map<string, number>();
  for (const { startedAt, minutes } of spans.flatMap((span) => spansByDay(span, calendar))) {
    const day = dayOf(startedAt, calendar);
    days.set(day, (days.get(day) ?? 0) + minutes);
  }
  return [...days]
    .map(([day, minutes]) => ({ day, minutes }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** A span cut at the ends of the civil days; those of them that hold a minute. */
function spansByDay({ startedAt, endedAt, minutes }: MinuteSpan, calendar: Calendar): MinuteSpan[] {
  const spans: MinuteSpan[] = [];
  let given = 0;
  for (let at = startedAt; at < endedAt;) {
    const next = Math.min(endedAt, dayEnd(dayOf(at, calendar), calendar));
    const share = (minutes * (next - startedAt)) / (endedAt - startedAt);
    const sofar = next >= endedAt ? minutes : Math.round(share);
    if (sofar > given) spans.push({ startedAt: at, endedAt: next, minutes: sofar - given });
    given = sofar;
    at = next;
  }
  return spans;
}
