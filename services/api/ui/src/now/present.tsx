import { useQuery } from "@tanstack/react-query";
import { ChartColumn } from "lucide-react";
import { days } from "../data/history.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { addDays, weekday, weekStart } from "../kit/civil-day.ts";
import { Figure } from "../kit/figure.tsx";
import { dayName, duration, hoursOnDays } from "../kit/format.ts";
import { DayBars } from "../kit/day-bars.tsx";
import { Panel } from "../kit/panel.tsx";

/** Today, this week, and the same days of the week before. */
export function Present() {
  const recent = useQuery(days());
  return (
    <Answer of={recent} skeleton={<Skeleton className="h-72" />}>
      {({ to: today, items, minutes }) => {
        const minutesOf = new Map(items.map(({ day, minutes }) => [day, minutes]));
        const sum = (from: string, count: number) =>
          Array.from(
            { length: count },
            (_, index) => minutesOf.get(addDays(from, index)) ?? 0,
          ).reduce((total, minutes) => total + minutes, 0);
        const monday = weekStart(today);
        const sofar = weekday(today) + 1;
        const week = sum(monday, sofar);
        const before = sum(addDays(monday, -7), sofar);
        const month = sum(addDays(today, -29), 30);
        return (
          <>
            <div className="grid grid-cols-2 gap-4">
              <Figure
                label="Today"
                value={duration(sum(today, 1))}
                note={`Yesterday ${duration(sum(addDays(today, -1), 1))}`}
              />
              <Figure label="This week" value={duration(week)} note={difference(week - before)} />
            </div>
            <Panel
              title="The last 30 days"
              hint={minutes === 0 ? undefined : hoursOnDays(minutes, month, items.length)}
            >
              {month === 0 ? (
                <Empty icon={ChartColumn} title="Nothing was played">
                  Every day that is played on gets a bar here.
                </Empty>
              ) : (
                <DayBars
                  from={addDays(today, -29)}
                  to={today}
                  minutesOf={minutesOf}
                  label={(day) => dayName(day)}
                />
              )}
            </Panel>
          </>
        );
      }}
    </Answer>
  );
}

function difference(minutes: number): string {
  if (minutes === 0) return "as much as last week by now";
  return `${duration(Math.abs(minutes))} ${minutes > 0 ? "more" : "less"} than last week by now`;
}
