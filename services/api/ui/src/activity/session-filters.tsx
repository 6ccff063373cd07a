import { Button } from "../kit/button.tsx";
import { SelectField, TextField } from "../kit/field.tsx";
import { PRECISION_NAMES } from "../kit/session-row.tsx";
import { type ActivitySearch, PRECISIONS } from "./search.ts";

interface SessionFiltersProps {
  readonly search: ActivitySearch;
  readonly change: (part: Partial<ActivitySearch>) => void;
}

/** Narrows the list of sessions; which games it holds is chosen for the whole page. */
export function SessionFilters({ search, change }: SessionFiltersProps) {
  const { from, to, precision, corrected } = search;
  const isNarrowed = [from, to, precision, corrected].some((value) => value !== undefined);
  return (
    <div className="mb-3 grid grid-cols-2 items-end gap-2 lg:flex">
      <TextField
        label="From"
        type="date"
        value={from ?? ""}
        max={to}
        onChange={({ target: { value } }) =>
          change({ from: value || undefined, ...(to !== undefined && value > to && { to: value }) })
        }
      />
      <TextField
        label="To"
        type="date"
        value={to ?? ""}
        min={from}
        onChange={({ target: { value } }) =>
          change({
            to: value || undefined,
            ...(from !== undefined && value !== "" && value < from && { from: value }),
          })
        }
      />
      <SelectField
        label="How well it is known"
        value={precision ?? ""}
        onChange={({ target }) =>
          change({ precision: PRECISIONS.find((each) => each === target.value) })
        }
      >
        <option value="">Any</option>
        {PRECISIONS.map((each) => (
          <option key={each} value={each}>
            {PRECISION_NAMES[each]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Corrections"
        value={corrected === undefined ? "" : String(corrected)}
        onChange={({ target }) =>
          change({ corrected: target.value === "" ? undefined : target.value === "true" })
        }
      >
        <option value="">Any</option>
        <option value="true">Corrected by hand</option>
        <option value="false">As they were seen</option>
      </SelectField>
      {isNarrowed && (
        <Button
          look="quiet"
          className="col-span-2"
          onClick={() =>
            change({ from: undefined, to: undefined, precision: undefined, corrected: undefined })
          }
        >
          Clear
        </Button>
      )}
    </div>
  );
}
