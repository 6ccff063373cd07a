import { useNavigate } from "@tanstack/react-router";
import { daysFrom } from "./civil-day.ts";
import { duration } from "./format.ts";

interface DayBarsProps {
  readonly from: string;
  readonly to: string;
  readonly minutesOf: ReadonlyMap<string, number>;
  readonly label: (day: string) => string;
}

/** A bar for each day, with the day behind it a click away. Says its numbers to screen readers as a list. */
export function DayBars({ from, to, minutesOf, label }: DayBarsProps) {
  const navigate = useNavigate();
  const days = daysFrom(from, to);
  const most = Math.max(60, ...days.map((day) => minutesOf.get(day) ?? 0));
  return (
    <div>
      <ol className="flex h-32 items-end gap-px sm:gap-1">
        {days.map((day) => {
          const minutes = minutesOf.get(day) ?? 0;
          const text = `${label(day)}: ${duration(minutes)}`;
          return (
            <li key={day} className="flex h-full min-w-0 flex-1 items-end">
              <button
                type="button"
                title={text}
                aria-label={text}
                onClick={() => void navigate({ to: "/activity", search: { day } })}
                className="group flex h-full w-full items-end rounded-sm"
              >
                <span
                  className={
                    minutes === 0
                      ? "h-0.5 w-full rounded-sm bg-sunken"
                      : "w-full rounded-sm bg-heat-3 group-hover:bg-accent"
                  }
                  style={
                    minutes === 0
                      ? undefined
                      : { height: `${Math.max(2, (minutes / most) * 100)}%` }
                  }
                />
              </button>
            </li>
          );
        })}
      </ol>
      <div className="mt-1 flex justify-between text-xs text-muted">
        <span>{label(from)}</span>
        <span>{label(to)}</span>
      </div>
    </div>
  );
}
