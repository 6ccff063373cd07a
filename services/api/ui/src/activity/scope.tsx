import { useQuery } from "@tanstack/react-query";
import { game as gameOf } from "../data/game.ts";
import { gamesPage } from "../data/game-page.ts";
import { tags } from "../data/games.ts";
import { SelectField } from "../kit/field.tsx";
import type { ActivitySearch } from "./search.ts";

/** Of more games a choice is a list to search; the others are reached from their own page. */
const GAMES_MAX = 200;

interface ScopeProps {
  readonly search: ActivitySearch;
  readonly change: (part: Partial<ActivitySearch>) => void;
}

/** Whose play is shown: all of it, one game's, or that of the games with a tag. */
export function Scope({ search, change }: ScopeProps) {
  const played = useQuery(gamesPage({ sort: "hours_played", order: "desc", limit: GAMES_MAX }));
  const chosen = useQuery({ ...gameOf(search.game ?? 0), enabled: search.game !== undefined });
  const known = useQuery(tags);
  const games = played.data?.items.filter(({ playtime_minutes: minutes }) => minutes > 0) ?? [];
  const isListed = games.some(({ id }) => id === search.game);
  return (
    <div className="mb-4 grid grid-cols-2 gap-2 sm:max-w-lg">
      <SelectField
        label="Game"
        value={search.game ?? ""}
        onChange={({ target }) =>
          change({ game: target.value === "" ? undefined : Number(target.value), tag: undefined })
        }
      >
        <option value="">All games</option>
        {search.game !== undefined && !isListed && (
          <option value={search.game}>{chosen.data?.title ?? "…"}</option>
        )}
        {games.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Tag"
        value={search.tag ?? ""}
        onChange={({ target }) => change({ tag: target.value || undefined, game: undefined })}
      >
        <option value="">Any tag</option>
        {search.tag !== undefined && !known.data?.items.some(({ name }) => name === search.tag) && (
          <option>{search.tag}</option>
        )}
        {known.data?.items.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </SelectField>
    </div>
  );
}
