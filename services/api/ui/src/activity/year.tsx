import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type DayRange, days } from "../data/history.ts";
import { Answer, Skeleton } from "../kit/answer.tsx";
import { Heatmap } from "../kit/heatmap.tsx";
import { hoursOnDays, sumMinutes } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";

interface YearProps {
  readonly year: number;
  readonly chosen: string;
  readonly today: string;
  readonly scope: Pick<DayRange, "game_id" | "tag">;
  readonly choose: (day: string) => void;
}

/** Which days of a year were played on, and how much. */
export function Year({ year, chosen, today, scope, choose }: YearProps) {
  const answer = useQuery({
    ...days({ from: `${year}-01-01`, to: `${year}-12-31`, ...scope }),
    placeholderData: keepPreviousData,
  });
  const played = answer.data?.items.length ?? 0;
  return (
    <Panel
      title={`${year} by day`}
      hint={
        answer.data === undefined
          ? "…"
          : hoursOnDays(answer.data.minutes, sumMinutes(answer.data.items), played)
      }
      actions={
        <Link
          to="/years/$year"
          params={{ year: String(year) }}
          className="inline-flex min-h-8 items-center text-accent underline"
        >
          Year in review
        </Link>
      }
    >
      <Answer of={answer} skeleton={<Skeleton className="h-40" />}>
        {({ items }) => (
          <Heatmap
            year={year}
            minutesOf={new Map(items.map(({ day, minutes }) => [day, minutes]))}
            chosen={chosen}
            last={today}
            choose={choose}
          />
        )}
      </Answer>
    </Panel>
  );
}
