/** What became of one figure of an app, as a chart shows it. */

export interface Point {
  /** Epoch ms. */
  readonly at: number;
  readonly value: number;
}

/**
 * One point a day, the last: a crawl writes what it finds within moments of each other, and a day's figures are compared with
 * another day's. `dayOf` names the day of an instant.
 */
export function daily(points: readonly Point[], dayOf: (at: number) => string): Point[] {
  const days = new Map<string, Point>();
  for (const point of points.toSorted((a, b) => a.at - b.at)) days.set(dayOf(point.at), point);
  return [...days.values()];
}
