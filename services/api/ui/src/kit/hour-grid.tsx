import { classes } from "./classes.ts";
import { duration, hourName, weekdayNames } from "./format.ts";

const LEVELS = ["bg-heat-0", "bg-heat-1", "bg-heat-2", "bg-heat-3", "bg-heat-4"] as const;

/** Minutes by weekday (Monday first) and hour of the clock, the darker the more. A table, which screen readers read as one. */
export function HourGrid({ table }: { readonly table: readonly (readonly number[])[] }) {
  const most = Math.max(1, ...table.flat());
  const names = weekdayNames();
  return (
    <table className="w-full table-fixed border-separate border-spacing-0.5 text-xs text-muted">
      <caption className="sr-only">Minutes by weekday and hour</caption>
      <thead>
        <tr>
          <td className="w-9" />
          {Array.from({ length: 24 }, (_, hour) => (
            <th key={hour} scope="col" className="text-left font-normal whitespace-nowrap">
              <span className={hour % 6 === 0 ? undefined : "sr-only"}>{hourName(hour)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.map((row, index) => (
          <tr key={names[index]}>
            <th scope="row" className="text-left font-normal">
              {names[index]}
            </th>
            {row.map((minutes, hour) => (
              // oxlint-disable-next-line react/no-array-index-key -- a table's cells are known by their place
              <td
                key={hour}
                title={`${names[index]} ${hourName(hour)}: ${duration(minutes)}`}
                className={classes("h-5 rounded-sm", LEVELS[Math.ceil((minutes / most) * 4)])}
              >
                <span className="sr-only">{minutes}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
