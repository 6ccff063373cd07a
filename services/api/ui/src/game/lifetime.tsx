import { useQuery } from "@tanstack/react-query";
import { ChartNoAxesColumn } from "lucide-react";
import type { GameHistory } from "@tracker/contracts";
import { gameHistory } from "../data/history.ts";
import { useTimeZone } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { duration, hours, join, moment, monthName } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { Scale } from "../kit/scale.tsx";

interface Bar {
  readonly month: string;
  readonly before: number;
  readonly tracked: number;
}

const WIDTH = 720;
const HEIGHT = 140;
const BAND = 84;

interface LifetimeProps {
  readonly id: number;
  /** Whether Steam counts the game; else its total is what was entered by hand. */
  readonly isCounted: boolean;
}

/** When a game was played, from the first month that is known until now, and how that adds up to its total. */
export function Lifetime({ id, isCounted }: LifetimeProps) {
  const history = useQuery(gameHistory(id));
  return (
    <Panel title="When it was played">
      <Answer of={history} skeleton={<Skeleton className="h-64" />}>
        {(value) =>
          value.steam_total === 0 ? (
            <Empty icon={ChartNoAxesColumn} title="Not played yet">
              Its first session shows up here.
            </Empty>
          ) : (
            <>
              <Axis history={value} />
              <Sum history={value} isCounted={isCounted} />
            </>
          )
        }
      </Answer>
    </Panel>
  );
}

/** One axis: at the left a flat band for play of unknown date, then months; tracked play is darker. */
function Axis({ history }: { readonly history: GameHistory }) {
  const bars = barsOf(history);
  const unknown = history.before.unknown_minutes;
  const left = unknown > 0 ? BAND + 8 : 0;
  const most = Math.max(60, ...bars.map(({ before, tracked }) => before + tracked));
  const step = bars.length === 0 ? 0 : (WIDTH - left) / bars.length;
  const scale = (minutes: number) => (minutes / most) * HEIGHT;
  const [first, last] = [bars[0]?.month, bars.at(-1)?.month];
  return (
    <figure>
      {bars.length > 0 && <Scale most={most} />}
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 2}`}
        preserveAspectRatio="none"
        className="h-36 w-full"
        role="img"
        aria-label={described(history, bars)}
      >
        {unknown > 0 && (
          <rect
            x={0.5}
            y={HEIGHT - 40}
            width={BAND}
            height={40}
            className="fill-sunken stroke-edge"
            strokeDasharray="4 3"
            vectorEffect="non-scaling-stroke"
          />
        )}
        {bars.map(({ month, before, tracked }, index) => {
          const x = left + index * step;
          const width = Math.min(48, Math.max(1, step - 2));
          return (
            <g key={month}>
              <title>{`${monthName(month)}: ${duration(before + tracked)}${before > 0 ? " (before tracking: by month)" : ""}`}</title>
              <rect x={x} y={0} width={width} height={HEIGHT} className="fill-transparent" />
              <rect
                x={x}
                y={HEIGHT - scale(tracked)}
                width={width}
                height={scale(tracked)}
                rx={1.5}
                className="fill-heat-3"
              />
              <rect
                x={x}
                y={HEIGHT - scale(tracked + before)}
                width={width}
                height={scale(before)}
                rx={1.5}
                className="fill-heat-1"
              />
            </g>
          );
        })}
        <line x1={0} x2={WIDTH} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} className="stroke-line" />
      </svg>
      <figcaption className="flex justify-between text-xs text-muted">
        <span>
          {join([
            unknown > 0 ? `${hours(unknown)} nobody knows when` : null,
            first === undefined ? null : monthName(first),
          ])}
        </span>
        {last !== undefined && last !== first && <span>{monthName(last)}</span>}
      </figcaption>
    </figure>
  );
}

function barsOf({ before, days }: GameHistory): Bar[] {
  const minutes = new Map<string, { before: number; tracked: number }>();
  const at = (month: string) => {
    const found = minutes.get(month) ?? { before: 0, tracked: 0 };
    minutes.set(month, found);
    return found;
  };
  for (const { month, minutes: played } of before.months) at(month).before += played;
  for (const { day, minutes: played } of days) at(day.slice(0, 7)).tracked += played;
  const known = [...minutes.keys()].sort();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  return monthsFrom(first, last).map((month) =>
    Object.assign({ month, before: 0, tracked: 0 }, minutes.get(month)),
  );
}

function monthsFrom(first: string, last: string): string[] {
  const months: string[] = [];
  let [year = 0, month = 0] = first.split("-").map(Number);
  for (let name = first; name <= last;) {
    months.push(name);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
    name = `${year}-${String(month).padStart(2, "0")}`;
  }
  return months;
}

function described(history: GameHistory, bars: readonly Bar[]): string {
  const [first, last] = [bars[0]?.month, bars.at(-1)?.month];
  const known =
    first === undefined || last === undefined
      ? "no month known"
      : `${monthName(first)} to ${monthName(last)}`;
  return `Hours by month, ${known}; played nobody knows when: ${hours(history.before.unknown_minutes)}`;
}

/** The books: every part of the total, and what they come to. */
function Sum({
  history,
  isCounted,
}: {
  readonly history: GameHistory;
  readonly isCounted: boolean;
}) {
  const zone = useTimeZone();
  const sum = (parts: readonly { readonly minutes: number }[]) =>
    parts.reduce((total, { minutes }) => total + minutes, 0);
  const rows = [
    [
      isCounted ? "Before tracking, nobody knows when" : "Entered by hand, nobody knows when",
      history.before.unknown_minutes,
    ],
    ["Before tracking, known by month", sum(history.before.months)],
    ["On days, by sessions", sum(history.days)],
    ["Between days (gaps)", sum(history.gaps)],
    ["Taken back from corrections", history.corrections.minutes],
  ] as const;
  return (
    <details className="mt-3">
      <summary className="min-h-8 text-muted">
        {addsUp(history, isCounted)}
        <strong className="figures text-ink">{duration(history.steam_total)}</strong>
        {history.tracked_since !== null &&
          ` · ${isCounted ? "tracked" : "kept"} since ${moment(history.tracked_since, zone)}`}
      </summary>
      <table className="figures mt-2 w-full max-w-md">
        <tbody>
          {rows
            .filter(([, minutes]) => minutes !== 0)
            .map(([name, minutes]) => (
              <tr key={name}>
                <th scope="row" className="py-0.5 text-left font-normal text-muted">
                  {name}
                </th>
                <td className="py-0.5 text-right">
                  {minutes < 0 ? `− ${duration(-minutes)}` : duration(minutes)}
                </td>
              </tr>
            ))}
          <tr className="border-t border-line font-semibold">
            <th scope="row" className="py-1 text-left">
              Total
            </th>
            <td className="py-1 text-right">{duration(history.steam_total)}</td>
          </tr>
        </tbody>
      </table>
    </details>
  );
}

function addsUp({ reconciles }: GameHistory, isCounted: boolean): string {
  if (!reconciles) return "Does not add up, please report it: ";
  return isCounted ? "Adds up to Steam’s total: " : "Adds up to what was entered and played: ";
}
