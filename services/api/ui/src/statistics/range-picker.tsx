import { Button } from "../kit/button.tsx";
import { TextField } from "../kit/field.tsx";
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
  return (
    <div className="mb-4 flex flex-wrap items-end gap-2">
      <div role="group" aria-label="Range" className="flex flex-wrap gap-1">
        {RANGES.map((range) => (
          <Button
            key={range}
            size="small"
            look={range === chosen ? "primary" : "plain"}
            aria-pressed={range === chosen}
            onClick={() => change({ range })}
            className="min-h-10"
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
          onChange={({ target }) => target.value !== "" && change({ from: target.value, to })}
        />
        <TextField
          label="To"
          type="date"
          value={to}
          min={from}
          max={today}
          onChange={({ target }) => target.value !== "" && change({ from, to: target.value })}
        />
      </div>
    </div>
  );
}
