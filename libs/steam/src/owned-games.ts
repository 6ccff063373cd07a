/** A game of the account, as GetOwnedGames tells it. Null is "not told"; it never stands for zero. */
export interface OwnedGame {
  readonly appId: number;
  readonly name: string | null;
  /** playtime_forever: whole minutes, offline play included. */
  readonly minutes: number;
  /** Steam leaves it out when it is zero, so its absence is a zero. */
  readonly minutes2Weeks: number;
  /** Epoch milliseconds of the last play that Steam knows of; null when never, or when the key is not the account's own. */
  readonly lastPlayedAt: number | null;
  /** playtime_disconnected, a part of `minutes`; null when the key is not the account's own. */
  readonly offlineMinutes: number | null;
  /** Name of the icon, see `iconUrl`. */
  readonly iconHash: string | null;
  /** Steam's stats flag; it is either true or left out, so its absence is a no. */
  readonly hasStats: boolean;
}

export interface OwnedLibrary {
  readonly games: readonly OwnedGame[];
}
