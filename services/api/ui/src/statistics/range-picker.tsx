import { Button } from "../kit/button.tsx";
import { TextField } from "../kit/field.tsx";
import { readDay } from "../kit/civil-day.ts";
import { RANGES, type StatisticsSearch } from "./search.ts";

const NAMES = {
  week: "7 days",
  month: "30 days",
  quarter: "13 weeks",
  year: "A year",
  all: "Ten years",
} as const;

interface RangePickerProps {
  readonly search: StatisticsSearch;
  readonly from: string;
  readonly to: string;
  readonly today: string;
  readonly change: (search: StatisticsSearch) => void;
}

/** A range by its name, or from one day to another. */
export function RangePicker({ search, from, to, today, change }: RangePickerProps) {
  const own = search.from !== undefined;
  const chosen = own ? undefined : (search.range ?? "month");
  // A day beyond the other end is a range of that day alone.
  const choose = (first: string, last: string) => {
    if (readDay(first) !== undefined && readDay(last) !== undefined)
      change({ from: first, to: last });
  };
  return (
    <div className="mb-4 flex flex-wrap items-end gap-2">
      <div role="group" aria-label="Range" className="flex w-full flex-wrap gap-1 sm:w-auto">
        {RANGES.map((range) => (
          <Button
            key={range}
            size="small"
            look={range === chosen ? "primary" : "plain"}
            aria-pressed={range === chosen}
            onClick={() => change({ range })}
            className="min-h-10 flex-1 max-sm:px-1! sm:flex-none"
          >
            {NAMES[range]}
          </Button>
        ))}
      </div>
      <div className="flex gap-2">
        <TextField
          label="From"
          type="date"
          value={from}
          max={to}
          onChange={({ target }) => choose(target.value, target.value > to ? target.value : to)}
        />
        <TextField
          label="To"
          type="date"
          value={to}
          min={from}
          max={today}
          onChange={({ target }) => choose(target.value < from ? target.value : from, target.value)}
        />
      </div>
    </div>
  );
}
