import { type Bus, request } from "@tracker/bus";
import { createGame, type Game, listGames, updateGame } from "@tracker/contracts";

const TAGS = ["cosy", "co-op", "story", "roguelike", "strategy", "handheld"];
const NOTES = "Finished the main story; the last island is still open.";

/** Games of other platforms, which no sync ever sees. */
const BY_HAND = [
  {
    title: "Lanternfall Chronicles",
    platform: "Switch",
    status: "Playing",
    playtime_minutes: 1_260,
    rating: 8.5,
  },
  { title: "Tidebound", platform: "PlayStation 5", status: "Backlog" },
  {
    title: "Paper Lighthouse",
    platform: "Board",
    status: "Completed",
    playtime_minutes: 300,
    rating: 9,
  },
  { title: "Hollow Signal 2", platform: "PC", status: "Wishlist" },
] as const;

/** Does what a person would have done over the year: statuses, ratings, tags, notes, favourites, and games kept by hand. */
export async function furnish(bus: Bus): Promise<void> {
  const { items } = await request(bus, listGames, { sort: "hours_played", limit: 100 });
  for (const [place, game] of items.entries()) {
    await request(bus, updateGame, { id: game.id, patch: opinionOf(game, place) });
  }
  for (const game of BY_HAND) {
    const request_id = `demo-${game.title}`;
    await request(bus, createGame, { request_id, game });
  }
}

function opinionOf({ playtime_minutes: minutes }: Game, place: number) {
  const tag = TAGS[place % TAGS.length] ?? "cosy";
  return {
    is_favorite: place < 3,
    tags: minutes > 0 ? [tag] : [],
    rating: minutes > 120 ? 6 + ((place * 7) % 9) / 2 : null,
    ...(place === 2 ? { notes: NOTES } : {}),
    ...(minutes > 600 && place % 5 === 3 ? { status: "Dropped" as const } : {}),
  };
}
