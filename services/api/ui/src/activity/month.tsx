import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { PlayedDay } from "@tracker/contracts";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { type DayRange, days } from "../data/history.ts";
import { Answer, Skeleton } from "../kit/answer.tsx";
import { IconButton } from "../kit/button.tsx";
import { addDays, addMonths, daysFrom, lastOfMonth, weekday } from "../kit/civil-day.ts";
import { classes } from "../kit/classes.ts";
import { Cover } from "../kit/cover.tsx";
import {
  dayName,
  duration,
  hours,
  hoursOnDays,
  monthTitle,
  sumMinutes,
  weekdayNames,
} from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";

const MOVES: Readonly<Record<string, number>> = {
  ArrowUp: -7,
  ArrowDown: 7,
  ArrowLeft: -1,
  ArrowRight: 1,
};
const COVERS_MAX = 2;

interface MonthProps {
  /** Such as 2026-11. */
  readonly month: string;
  readonly chosen: string;
  readonly today: string;
  readonly scope: Pick<DayRange, "game_id" | "tag">;
  readonly choose: (day: string) => void;
  readonly show: (month: string) => void;
}

/** A month as a calendar: what was played on each of its days. */
export function Month({ month, today, show, ...rest }: MonthProps) {
  const [from, to] = [`${month}-01`, lastOfMonth(month)];
  const answer = useQuery({
    ...days({ from, to, ...rest.scope }),
    placeholderData: keepPreviousData,
  });
  const hint =
    answer.data === undefined
      ? "…"
      : hoursOnDays(answer.data.minutes, sumMinutes(answer.data.items), answer.data.items.length);
  return (
    <Panel
      title={monthTitle(month)}
      hint={hint}
      actions={
        <>
          <IconButton label="The month before" onClick={() => show(addMonths(month, -1))}>
            <ChevronLeft className="size-5" aria-hidden="true" />
          </IconButton>
          <IconButton
            label="The month after"
            disabled={month >= today.slice(0, 7)}
            onClick={() => show(addMonths(month, 1))}
          >
            <ChevronRight className="size-5" aria-hidden="true" />
          </IconButton>
        </>
      }
    >
      <Answer of={answer} skeleton={<Skeleton className="h-[32rem]" />}>
        {({ items }) => (
          <Calendar
            {...rest}
            month={month}
            today={today}
            playedOn={new Map(items.map((item) => [item.day, item]))}
          />
        )}
      </Answer>
    </Panel>
  );
}

interface CalendarProps extends Pick<MonthProps, "month" | "chosen" | "today" | "choose"> {
  readonly playedOn: ReadonlyMap<string, PlayedDay>;
}

/** One tab stop: arrows move from day to day, also into the next month, which is shown then; Home and End to the ends of a week. */
function Calendar({ month, chosen, today, choose, playedOn }: CalendarProps) {
  const grid = useRef<HTMLDivElement>(null);
  const wanted = useRef<string>(undefined);
  const all = daysFrom(`${month}-01`, lastOfMonth(month));
  const stop = chosen.startsWith(month) ? chosen : `${month}-01`;
  const focus = (day: string) =>
    grid.current?.querySelector<HTMLButtonElement>(`[data-day="${day}"]:not(:disabled)`)?.focus();
  useEffect(() => {
    if (wanted.current !== undefined) focus(wanted.current);
    wanted.current = undefined;
  }, [month]);
  const steer = (event: KeyboardEvent, day: string) => {
    const next = dayAfter(event.key, day);
    if (next === undefined) return;
    event.preventDefault();
    if (next > today) return;
    if (next.startsWith(month)) return focus(next);
    wanted.current = next;
    choose(next);
  };
  return (
    <>
      <div aria-hidden="true" className="mb-1 grid grid-cols-7 gap-1 text-xs text-muted">
        {weekdayNames().map((name) => (
          <span key={name} className="truncate text-center">
            {name}
          </span>
        ))}
      </div>
      <div
        ref={grid}
        role="group"
        aria-label={`Days of ${monthTitle(month)}`}
        className="grid grid-cols-7 gap-1"
      >
        {all.map((day) => (
          <Cell
            key={day}
            day={day}
            played={playedOn.get(day)}
            isChosen={day === chosen}
            isStop={day === stop}
            isToday={day === today}
            isToCome={day > today}
            choose={choose}
            steer={steer}
          />
        ))}
      </div>
    </>
  );
}

/** Where a key leads from a day; undefined for a key that does not move. */
function dayAfter(key: string, day: string): string | undefined {
  if (key === "Home") return addDays(day, -weekday(day));
  if (key === "End") return addDays(day, 6 - weekday(day));
  const step = MOVES[key];
  return step === undefined ? undefined : addDays(day, step);
}

interface CellProps {
  readonly day: string;
  readonly played: PlayedDay | undefined;
  readonly isChosen: boolean;
  readonly isStop: boolean;
  readonly isToday: boolean;
  readonly isToCome: boolean;
  readonly choose: (day: string) => void;
  readonly steer: (event: KeyboardEvent, day: string) => void;
}

function Cell({ day, played, isChosen, isStop, isToday, isToCome, choose, steer }: CellProps) {
  const games = played?.games ?? [];
  return (
    <button
      type="button"
      data-day={day}
      disabled={isToCome}
      tabIndex={isStop ? 0 : -1}
      aria-label={describe(day, played)}
      aria-pressed={isChosen}
      onClick={() => choose(day)}
      onKeyDown={(event) => steer(event, day)}
      style={day.endsWith("-01") ? { gridColumnStart: weekday(day) + 1 } : undefined}
      className={classes(
        "flex min-h-20 min-w-0 flex-col gap-1 rounded-md border px-0.5 py-1 text-left sm:min-h-24 sm:p-1.5",
        isToCome ? "border-transparent text-edge" : "border-line hover:bg-sunken",
        isChosen && "ring-2 ring-accent",
      )}
    >
      <span className="figures flex w-full flex-wrap items-baseline justify-between gap-x-1 text-xs">
        <span
          className={classes(
            isToday && "rounded-full bg-accent px-1.5 font-semibold text-accent-ink",
          )}
        >
          {Number(day.slice(8))}
        </span>
        {played !== undefined && (
          <span className="hidden font-medium sm:inline">{duration(played.minutes)}</span>
        )}
      </span>
      {games.slice(0, COVERS_MAX).map(({ game_id: id, title, cover_url: cover }, place) => (
        <Cover
          key={id}
          title={title}
          url={cover}
          className={classes("w-full rounded-sm", place > 0 && "hidden sm:block")}
        />
      ))}
      <span className="figures mt-auto flex w-full flex-wrap justify-between text-xs text-muted">
        {played !== undefined && (
          <span className="tracking-tighter whitespace-nowrap sm:hidden">
            {hours(played.minutes)}
          </span>
        )}
        {games.length > COVERS_MAX && (
          <span className="hidden sm:inline">+{games.length - COVERS_MAX} more</span>
        )}
      </span>
    </button>
  );
}

function describe(day: string, played: PlayedDay | undefined): string {
  if (played === undefined) return `${dayName(day, "long")}: nothing played`;
  const games = played.games.map(({ title, minutes }) => `${title} ${duration(minutes)}`);
  return `${dayName(day, "long")}: ${duration(played.minutes)}; ${games.join(", ")}`;
}
