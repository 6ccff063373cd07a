/** A game played in the last two weeks. Only here are games seen that are borrowed from the family. */
export interface RecentGame {
  readonly appId: number;
  readonly name: string | null;
  /** playtime_forever, in whole minutes. */
  readonly minutes: number;
  readonly minutes2Weeks: number;
  readonly iconHash: string | null;
}

export interface RecentlyPlayed {
  readonly games: readonly RecentGame[];
}
