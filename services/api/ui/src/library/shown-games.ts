import type { Game } from "@tracker/contracts";
import { fold } from "@tracker/contracts/fold";
import type { LibrarySearch } from "./search.ts";

/** The store compares this many characters of a title. */
const TITLE_LENGTH_MAX = 200;

/** A text or number, or null for what is sorted last. */
const KEYS = {
  title: (game) => foldedTitle(game).slice(0, TITLE_LENGTH_MAX),
  hours_played: (game) => game.playtime_minutes,
  rating: (game) => game.rating,
  created_at: (game) => game.created_at,
  last_played_at: (game) => game.last_played_at,
  completion: (game) => game.completion_percentage,
} as const satisfies Record<string, (game: Game) => string | number | null>;

const titles = new WeakMap<Game, string>();

/** Folded once for each game: ten thousand of them at every key that is pressed would be felt. */
function foldedTitle(game: Game): string {
  const known = titles.get(game);
  if (known !== undefined) return known;
  const title = fold(game.title);
  titles.set(game, title);
  return title;
}

/**
 * Finds and sorts as `GET /api/games` does, but among what is already here, so that the next picture shows what a key or a click
 * asked for. Favourites come first, and games without a value last.
 */
export function shownGames(games: readonly Game[], wanted: LibrarySearch): Game[] {
  const { sort = "created_at" } = wanted;
  const sign = (wanted.order ?? (sort === "title" ? "asc" : "desc")) === "asc" ? 1 : -1;
  const keyOf = KEYS[sort];
  return games
    .filter(filterOf(wanted))
    .map((game) => ({ game, key: keyOf(game) }))
    .sort((a, b) => {
      const byFavorite = Number(b.game.is_favorite) - Number(a.game.is_favorite);
      return byFavorite || compare(a.key, b.key, sign) || sign * (a.game.id - b.game.id);
    })
    .map(({ game }) => game);
}

/** Whether the address keeps some games from being shown. */
export function isFiltered({
  q,
  status,
  platform,
  tag,
  favorite,
  archived,
}: LibrarySearch): boolean {
  return [q?.trim(), status, platform, tag, favorite, archived].some(Boolean);
}

/** Which of these games are not shown. */
export function hiddenOf(games: readonly Game[], wanted: LibrarySearch): ReadonlySet<number> {
  const isShown = filterOf(wanted);
  return new Set(games.filter((game) => !isShown(game)).map(({ id }) => id));
}

/** How many games are chosen, and how many of them a filter hides. */
export function selectionWords(chosen: number, shown: number): string {
  if (shown === chosen) return `${chosen} selected`;
  return `${chosen} selected, ${shown === 0 ? "" : `${chosen - shown} of them `}not shown`;
}

function filterOf({ q, status, platform, tag, favorite }: LibrarySearch): (game: Game) => boolean {
  const folded = (text: string | undefined) => (text === undefined ? undefined : fold(text.trim()));
  const [part, onPlatform, tagged] = [folded(q), folded(platform), folded(tag)];
  return (game) =>
    (status === undefined || game.status === status) &&
    (favorite === undefined || game.is_favorite === favorite) &&
    (part === undefined || foldedTitle(game).includes(part)) &&
    (onPlatform === undefined || fold(game.platform) === onPlatform) &&
    (tagged === undefined || game.tags.some((name) => fold(name) === tagged));
}

type Key = string | number | null;

function compare(a: Key, b: Key, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (a === b) return 0;
  return a < b ? -sign : sign;
}
