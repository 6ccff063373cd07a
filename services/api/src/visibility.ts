import type { Game, NowPlaying } from "@tracker/contracts";

/** What the store is asked for wherever the public learns when something was played: of these games alone it may. */
export const DATED_PUBLICLY = { visibility: "public" } as const;

export interface PublicGame {
  readonly card: NonNullable<NowPlaying["game"]>;
  /** Whether it may be said that, and since when, it is being played. */
  readonly live: boolean;
}

/**
 * What the public may see of a game: the one place where its visibility is enforced. A `hidden` game does not exist,
 * one that shows its `totals` does not tell when it is or was played; see {@link DATED_PUBLICLY}.
 */
export function toPublic(game: Game): PublicGame | undefined {
  if (game.visibility === "hidden") return undefined;
  const live = game.visibility === "public";
  const card = {
    id: game.id,
    title: game.title,
    steam_app_id: game.steam_app_id,
    cover_url: game.cover_url,
    hours_played: game.hours_played,
    unlocked_achievements: game.unlocked_achievements,
    total_achievements: game.total_achievements,
    completion_percentage: game.completion_percentage,
    last_played_at: live ? game.last_played_at : null,
  };
  return { card, live };
}
