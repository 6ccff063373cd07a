/** How a sitting looks to Steam: seen by everybody, counted but not shown, or counted only after the client reconnects. */
export type SittingMode = "online" | "invisible" | "offline";

/** One stretch of play. Instants are epoch milliseconds; `endedAt` null is a game that is still running. */
export interface Sitting {
  readonly appId: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly mode: SittingMode;
}

/**
 * `owned` is listed by GetOwnedGames. `free` too, once it was played and when played free games are asked for.
 * `borrowed` (family sharing) is seen only in GetRecentlyPlayedGames. `non_steam` (a shortcut) is seen only in presence, by name.
 */
export type GameKind = "owned" | "free" | "borrowed" | "non_steam";

export interface TruthGame {
  readonly appId: number;
  readonly name: string;
  readonly kind: GameKind;
  /** Epoch milliseconds of the purchase; null when it was before everything that is told here. */
  readonly acquiredAt: number | null;
  /** Play from before the first sitting told here, and when it ended. */
  readonly minutesBefore: number;
  readonly lastPlayedBefore: number | null;
  readonly hasStats: boolean;
  /** True for an app that Steam has not vetted: listed only with skip_unvetted_apps=0. */
  readonly unvetted: boolean;
}

/** What really happened, of which Steam shows a part, late. Sittings of one game never overlap. */
export interface Truth {
  readonly steamId: string;
  readonly personaName: string;
  readonly games: readonly TruthGame[];
  readonly sittings: readonly Sitting[];
  /** Epoch milliseconds at which the client came online without starting a game. */
  readonly reconnects: readonly number[];
}
