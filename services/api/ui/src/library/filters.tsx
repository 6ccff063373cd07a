import { useQuery } from "@tanstack/react-query";
import { Archive, Star } from "lucide-react";
import { tags } from "../data/games.ts";
import { Button, IconButton } from "../kit/button.tsx";
import { SelectField } from "../kit/field.tsx";
import { FilterBar } from "../kit/filter-bar.tsx";
import { SearchField } from "../kit/search-field.tsx";
import { type LibrarySearch, SORTS, STATUSES } from "./search.ts";

const SORT_NAMES = {
  title: "Title",
  hours_played: "Hours played",
  rating: "Rating",
  created_at: "Date added",
  last_played_at: "Last played",
  completion: "Completion",
} as const;

interface FiltersProps {
  readonly search: LibrarySearch;
  readonly change: (part: Partial<LibrarySearch>) => void;
  readonly typed: (text: string) => void;
}

/** Filters that combine; all of them live in the address. */
export function Filters({ search, change, typed }: FiltersProps) {
  const known = useQuery(tags);
  const choose = (name: keyof LibrarySearch) => (event: { target: { value: string } }) =>
    change({ [name]: event.target.value || undefined });
  const { q, status, platform, tag, favorite, archived } = search;
  const active = [status, platform, tag, favorite, archived].filter(Boolean).length;
  return (
    <FilterBar
      active={active}
      className="lg:flex lg:flex-wrap"
      search={
        <div className="lg:w-56">
          <SearchField
            label="Title"
            placeholder="Find a game…"
            value={q ?? ""}
            change={(text) => change({ q: text || undefined })}
            typed={typed}
          />
        </div>
      }
    >
      <SelectField label="Status" value={search.status ?? ""} onChange={choose("status")}>
        <option value="">Any</option>
        {STATUSES.map((status) => (
          <option key={status}>{status}</option>
        ))}
      </SelectField>
      <SelectField label="Tag" value={search.tag ?? ""} onChange={choose("tag")}>
        <option value="">Any</option>
        {(known.data?.items ?? []).map(({ name, games }) => (
          <option key={name} value={name}>{`${name} (${games})`}</option>
        ))}
      </SelectField>
      <SelectField label="Sort by" value={search.sort ?? "created_at"} onChange={choose("sort")}>
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {SORT_NAMES[sort]}
          </option>
        ))}
      </SelectField>
      <SelectField label="Order" value={search.order ?? ""} onChange={choose("order")}>
        <option value="">As usual</option>
        <option value="asc">Smallest first</option>
        <option value="desc">Largest first</option>
      </SelectField>
      <div className="flex items-center gap-1">
        <IconButton
          label="Favourites only"
          aria-pressed={search.favorite === true}
          onClick={() => change({ favorite: search.favorite ? undefined : true })}
        >
          <Star
            className="size-5"
            aria-hidden="true"
            fill={search.favorite ? "currentColor" : "none"}
          />
        </IconButton>
        <IconButton
          label="Archived games"
          aria-pressed={search.archived === true}
          onClick={() => change({ archived: search.archived ? undefined : true })}
        >
          <Archive className="size-5" aria-hidden="true" />
        </IconButton>
        <Button
          look="quiet"
          size="small"
          disabled={active === 0 && q === undefined}
          onClick={() =>
            change({
              q: undefined,
              status: undefined,
              platform: undefined,
              tag: undefined,
              favorite: undefined,
              archived: undefined,
            })
          }
        >
          Clear
        </Button>
      </div>
    </FilterBar>
  );
}
