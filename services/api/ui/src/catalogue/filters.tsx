import { Button } from "../kit/button.tsx";
import { SelectField, TextField } from "../kit/field.tsx";
import { FilterBar } from "../kit/filter-bar.tsx";
import { SearchField } from "../kit/search-field.tsx";
import { APP_SORTS, type CatalogueSearch, narrowing } from "./search.ts";

const TYPES = ["game", "dlc", "demo", "software", "music", "mod", "video"];
const OWNERS = [0, 20_000, 100_000, 500_000, 1_000_000, 10_000_000];
const SHARES = [0, 60, 70, 80, 90, 95];
const SORT_NAMES = {
  popularity: "Popularity",
  name: "Name",
  owners: "Owners",
  reviews: "Reviews",
  review_share: "Positive reviews",
  price: "Price",
  release: "Release",
  ccu: "Players",
} as const;

interface FiltersProps {
  readonly search: CatalogueSearch;
  readonly change: (part: Partial<CatalogueSearch>) => void;
  readonly typed: (text: string) => void;
}

export function CatalogueFilters({ search, change, typed }: FiltersProps) {
  const compact = new Intl.NumberFormat(navigator.language, { notation: "compact" });
  const { q } = search;
  return (
    <FilterBar
      active={narrowing(search)}
      className="lg:grid-cols-5"
      search={
        <SearchField
          label="Name"
          placeholder="Find an app…"
          value={q ?? ""}
          change={(text) => change({ q: text || undefined })}
          typed={typed}
        />
      }
    >
      <SelectField
        label="Type"
        value={search.type ?? ""}
        onChange={({ target }) => change({ type: target.value || undefined })}
      >
        <option value="">Any</option>
        {TYPES.map((type) => (
          <option key={type}>{type}</option>
        ))}
      </SelectField>
      <SelectField
        label="Owners, at least"
        value={search.min_owners ?? 0}
        onChange={({ target }) => change({ min_owners: Number(target.value) || undefined })}
      >
        {OWNERS.map((owners) => (
          <option key={owners} value={owners}>
            {owners === 0 ? "Any" : compact.format(owners)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Positive reviews"
        value={search.min_review_share ?? 0}
        onChange={({ target }) => change({ min_review_share: Number(target.value) || undefined })}
      >
        {SHARES.map((share) => (
          <option key={share} value={share}>
            {share === 0 ? "Any" : `${share} % and more`}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="In the library"
        value={search.owned === undefined ? "" : String(search.owned)}
        onChange={({ target }) =>
          change({ owned: target.value === "" ? undefined : target.value === "true" })
        }
      >
        <option value="">All</option>
        <option value="true">Mine</option>
        <option value="false">Not mine</option>
      </SelectField>
      <TextField
        label="Tag"
        maxLength={100}
        placeholder="Roguelike"
        defaultValue={search.tag ?? ""}
        onBlur={({ target }) => change({ tag: target.value.trim() || undefined })}
      />
      <TextField
        label="Genre"
        maxLength={100}
        placeholder="Strategy"
        defaultValue={search.genre ?? ""}
        onBlur={({ target }) => change({ genre: target.value.trim() || undefined })}
      />
      <TextField
        label="Released since"
        type="date"
        value={search.released_from ?? ""}
        onChange={({ target }) => change({ released_from: target.value || undefined })}
      />
      <SelectField
        label="Sort by"
        value={search.sort ?? "popularity"}
        onChange={({ target }) => change({ sort: APP_SORTS.find((sort) => sort === target.value) })}
      >
        {APP_SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {SORT_NAMES[sort]}
          </option>
        ))}
      </SelectField>
      <div className="flex gap-1">
        <Button
          look="quiet"
          aria-pressed={search.active === false}
          onClick={() => change({ active: search.active === false ? undefined : false })}
        >
          {search.active === false ? "Showing what left Steam" : "Left Steam"}
        </Button>
      </div>
    </FilterBar>
  );
}
