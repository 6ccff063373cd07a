import { ChartLine } from "lucide-react";
import type { AppChange } from "../data/apps.ts";
import { useTimeZone } from "../data/status.ts";
import { Empty } from "../kit/answer.tsx";
import { money } from "../kit/app-facts.tsx";
import { count, dateOf, percent } from "../kit/format.ts";
import { daily, type Point } from "./history-series.ts";

const WIDTH = 320;
const HEIGHT = 72;

/** Four small lines over one span of time: how many own it, what they think of it, how many play it, what it costs. */
export function HistoryCharts({ changes }: { readonly changes: readonly AppChange[] }) {
  const zone = useTimeZone();
  const dayOf = (at: number) => dateOf(new Date(at).toISOString(), zone);
  const series = (valueOf: (change: AppChange) => number | null | undefined): Point[] =>
    daily(
      changes.flatMap((change) => {
        const value = valueOf(change);
        return value === null || value === undefined ? [] : [{ at: Date.parse(change.at), value }];
      }),
      dayOf,
    );
  const currency = changes.findLast(({ price }) => price !== null)?.price?.currency ?? "USD";
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
  const known = charts.filter(([, points]) => points.length > 1);
  if (known.length === 0) return <TooEarly since={changes.at(-1)?.at} />;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {known.map(([name, points, write]) => (
        <Line key={name} name={name} points={points} write={write} dayOf={dayOf} />
      ))}
    </div>
  );
}

/** What is known of one day only has not moved. */
function TooEarly({ since }: { readonly since: string | undefined }) {
  const zone = useTimeZone();
  return (
    <Empty icon={ChartLine} title="Nothing moved yet">
      {since === undefined ? "" : `Its figures are known since ${dateOf(since, zone)}. `}
      Each crawl of a later day adds what changed.
    </Empty>
  );
}

function share(reviews: AppChange["reviews"]): number | null {
  const all = (reviews?.positive ?? 0) + (reviews?.negative ?? 0);
  return reviews === null || all === 0 ? null : reviews.positive / all;
}

interface LineProps {
  readonly name: string;
  readonly points: readonly Point[];
  readonly write: (value: number) => string;
  readonly dayOf: (at: number) => string;
}

function Line({ name, points, write, dayOf }: LineProps) {
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const from = `from ${write(first.value)} on ${dayOf(first.at)}`;
  const to = `to ${write(last.value)} on ${dayOf(last.at)}`;
  return (
    <figure className="min-w-0">
      <figcaption className="figures flex justify-between text-xs">
        <span className="text-muted">{name}</span>
        <strong>{write(last.value)}</strong>
      </figcaption>
      <div className="flex gap-2">
        <Steps
          points={points}
          text={`${name}: ${from} ${to}, between ${write(low)} and ${write(high)}`}
        />
        <p className="figures flex flex-col justify-between text-right text-xs text-muted">
          {low !== high && <span>{write(high)}</span>}
          <span className="mt-auto">{write(low)}</span>
        </p>
      </div>
      <p className="figures flex justify-between text-xs text-muted">
        <span>{dayOf(first.at)}</span>
        <span>{dayOf(last.at)}</span>
      </p>
    </figure>
  );
}

/** A figure holds until the next one was seen: steps, not slopes. */
function Steps({ points, text }: { readonly points: readonly Point[]; readonly text: string }) {
  const [values, times] = [points.map(({ value }) => value), points.map(({ at }) => at)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [begin, end] = [Math.min(...times), Math.max(...times)];
  const x = (at: number) => ((at - begin) / Math.max(1, end - begin)) * (WIDTH - 2);
  const y = (value: number) => HEIGHT - 6 - ((value - low) / (high - low || 1)) * (HEIGHT - 12);
  const path = points
    .map(({ at, value }, index) =>
      index === 0 ? `M${x(at)},${y(value)}` : `H${x(at)}V${y(value)}`,
    )
    .join("");
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-18 w-0 min-w-0 flex-1"
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
  );
}
