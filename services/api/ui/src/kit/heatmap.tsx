import { type KeyboardEvent, useLayoutEffect, useRef } from "react";
import { addDays, daysFrom, weekday } from "./civil-day.ts";
import { classes } from "./classes.ts";
import { dayName, duration, monthName } from "./format.ts";
import { useEdges } from "./use-edges.ts";

interface HeatmapProps {
  readonly year: number;
  readonly minutesOf: ReadonlyMap<string, number>;
  readonly chosen: string;
  /** Days after this one are in the future. */
  readonly last: string;
  readonly choose: (day: string) => void;
}

const LEVELS = ["bg-heat-0", "bg-heat-1", "bg-heat-2", "bg-heat-3", "bg-heat-4"] as const;
/** Minutes from which a day is of the next level: half an hour, an hour and a half, three hours. */
const STEPS = [1, 30, 90, 180] as const;
const MOVES: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  ArrowLeft: -7,
  ArrowRight: 7,
};

/** A year of days, a column a week from Monday to Sunday. One tab stop: arrows move from day to day. */
export function Heatmap({ year, minutesOf, chosen, last, choose }: HeatmapProps) {
  const grid = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { before, after } = useEdges(frame);
  // On a phone half a year is seen at once: the half that ends with the chosen day, or with the newest.
  useLayoutEffect(() => {
    const shown = grid.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (frame.current === null || shown === null || shown === undefined) return;
    frame.current.scrollLeft = shown.offsetLeft + 2 * shown.offsetWidth - frame.current.clientWidth;
  }, [year]);
  const [first, end] = [`${year}-01-01`, `${year}-12-31`];
  const all = daysFrom(first, end);
  const stop = chosen.startsWith(String(year)) ? chosen : last < end ? last : end;
  const lead = weekday(first);
  const steer = (event: KeyboardEvent, day: string) => {
    const step = MOVES[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = addDays(day, step);
    grid.current?.querySelector<HTMLButtonElement>(`[data-day="${next}"]:not(:disabled)`)?.focus();
  };
  return (
    <>
      <div
        ref={frame}
        className={classes(
          "relative -m-1 overflow-x-auto p-1",
          before && "mask-l-from-[calc(100%-2rem)]",
        )}
      >
        <div className="min-w-[46rem]">
          <div
            aria-hidden="true"
            className="mb-1 grid grid-cols-[repeat(53,minmax(0,1fr))] text-xs text-muted"
          >
            {all
              .filter((day) => day.endsWith("-01"))
              .map((day) => (
                <span
                  key={day}
                  className="col-span-4 row-start-1 truncate"
                  style={{ gridColumnStart: weekOf(day, lead) }}
                >
                  {monthName(day.slice(0, 7)).split(" ")[0]}
                </span>
              ))}
          </div>
          <div
            ref={grid}
            role="group"
            aria-label={`Days of ${year}`}
            className="grid grid-flow-col grid-cols-[repeat(53,minmax(0,1fr))] grid-rows-7 gap-0.5"
          >
            {all.map((day) => {
              const minutes = minutesOf.get(day) ?? 0;
              const text = `${dayName(day, "long")}: ${minutes === 0 ? "nothing played" : duration(minutes)}`;
              return (
                <button
                  key={day}
                  type="button"
                  data-day={day}
                  disabled={day > last}
                  tabIndex={day === stop ? 0 : -1}
                  aria-label={text}
                  aria-pressed={day === chosen}
                  title={text}
                  onClick={() => choose(day)}
                  onKeyDown={(event) => steer(event, day)}
                  style={{ gridRowStart: weekday(day) + 1, gridColumnStart: weekOf(day, lead) }}
                  className={classes(
                    "aspect-square rounded-sm",
                    day > last ? "bg-transparent" : LEVELS[level(minutes)],
                    day === chosen && "ring-2 ring-ink",
                  )}
                />
              );
            })}
          </div>
        </div>
      </div>
      <p aria-hidden="true" className="mt-2 flex items-center gap-1 text-xs text-muted">
        <span className="flex-1">{before ? "← earlier" : after && "later →"}</span>
        less
        {LEVELS.map((name) => (
          <span key={name} className={classes("size-3 rounded-sm", name)} />
        ))}
        3 h and more
      </p>
    </>
  );
}

function level(minutes: number): number {
  return STEPS.filter((step) => minutes >= step).length;
}

function weekOf(day: string, lead: number): number {
  const number =
    (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${day.slice(0, 4)}-01-01T00:00:00Z`)) /
    86_400_000;
  return Math.floor((number + lead) / 7) + 1;
}
