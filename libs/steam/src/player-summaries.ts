/** What is being played. A game that is not Steam's (a shortcut) has a name only; now and then Steam tells only the app id. */
export interface InGame {
  readonly appId: number | null;
  readonly name: string | null;
}

/** A profile as everybody sees it. */
export interface PlayerSummary {
  readonly steamId: string;
  readonly personaName: string;
  /** Of the profile as a whole: it stays public when only the game details are private. */
  readonly visibility: "public" | "private";
  /** Null when the profile shows no game: not playing, invisible, offline or private. */
  readonly inGame: InGame | null;
}
