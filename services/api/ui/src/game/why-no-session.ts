import type { Game } from "@tracker/contracts";

/** Why a game has no session, and where one would come from: Steam is asked for its own games only. */
export function whyNoSession(game: Pick<Game, "library_state" | "playtime_minutes">): string {
  const isPlayed = game.playtime_minutes > 0;
  if (game.library_state === null)
    return isPlayed
      ? "Its hours were entered by hand, without saying when. A session that is added says when."
      : "Nothing sees when it is played: add its sessions by hand.";
  return isPlayed
    ? "What was played before tracking began is counted, but has no sessions."
    : "Its first session shows up here by itself.";
}
