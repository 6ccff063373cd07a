/** From `from` (included) to `to` (excluded), epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export function overlaps(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to;
}

export function overlapsAny(span: Span, others: readonly Span[]): boolean {
  return others.some((other) => overlaps(span, other));
}

/** The span that holds an instant; undefined where none does. */
export function spanAt(spans: readonly Span[], instant: number): Span | undefined {
  return spans.find((span) => span.from <= instant && instant < span.to);
}

/** In order, and where two overlap, one. */
export function union(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last !== undefined && span.from <= last.to) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    } else merged.push(span);
  }
  return merged;
}

/** What is left of a whole when the parts are taken out. */
export function without(whole: Span, parts: readonly Span[]): Span[] {
  const left: Span[] = [];
  let { from } = whole;
  for (const part of union(parts)) {
    if (part.to <= from || part.from >= whole.to) continue;
    if (part.from > from) left.push({ from, to: part.from });
    from = part.to;
  }
  if (from < whole.to) left.push({ from, to: whole.to });
  return left;
}
