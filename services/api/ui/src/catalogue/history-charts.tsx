import type { AppChange } from "../data/apps.ts";
import { money } from "../kit/app-facts.tsx";
import { count, percent } from "../kit/format.ts";

interface Point {
  readonly at: number;
  readonly value: number;
}

const WIDTH = 320;
const HEIGHT = 72;

/** Four small lines over one span of time: how many own it, what they think of it, how many play it, what it costs. */
export function HistoryCharts({ changes }: { readonly changes: readonly AppChange[] }) {
  const oldest = changes.toReversed();
  const series = (valueOf: (change: AppChange) => number | null | undefined): Point[] =>
    oldest.flatMap((change) => {
      const value = valueOf(change);
      return value === null || value === undefined ? [] : [{ at: Date.parse(change.at), value }];
    });
  const currency = oldest.find(({ price }) => price !== null)?.price?.currency ?? "USD";
  const charts = [
    ["Owners, at least", series(({ owners }) => owners?.low), count],
    [
      "Positive reviews",
      series(({ reviews }) => share(reviews)),
      (value: number) => percent(value, 1),
    ],
    ["Players at the peak", series(({ ccu }) => ccu), count],
    ["Price", series(({ price }) => price?.final), (value: number) => money(value, currency)],
  ] as const;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {charts
        .filter(([, points]) => points.length > 1)
        .map(([name, points, write]) => (
          <Line key={name} name={name} points={points} write={write} />
        ))}
    </div>
  );
}

function share(reviews: AppChange["reviews"]): number | null {
  const all = (reviews?.positive ?? 0) + (reviews?.negative ?? 0);
  return reviews === null || all === 0 ? null : reviews.positive / all;
}

function Line({
  name,
  points,
  write,
}: {
  readonly name: string;
  readonly points: readonly Point[];
  readonly write: (value: number) => string;
}) {
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const x = (at: number) => ((at - first.at) / Math.max(1, last.at - first.at)) * WIDTH;
  const y = (value: number) => HEIGHT - 6 - ((value - low) / (high - low || 1)) * (HEIGHT - 12);
  // A figure holds until the next one was seen: steps, not slopes.
  const path = points
    .map(({ at, value }, index) =>
      index === 0 ? `M${x(at)},${y(value)}` : `H${x(at)}V${y(value)}`,
    )
    .join("");
  const text = `${name}: from ${write(first.value)} to ${write(last.value)}, between ${write(low)} and ${write(high)}`;
  return (
    <figure>
      <figcaption className="figures flex justify-between text-xs">
        <span className="text-muted">{name}</span>
        <strong>{write(last.value)}</strong>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-18 w-full"
        role="img"
        aria-label={text}
      >
        <title>{text}</title>
        <path
          d={path}
          fill="none"
          className="stroke-heat-3"
          strokeWidth={2}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </figure>
  );
}
