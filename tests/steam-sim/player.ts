import type { InGame, OwnedGame, RecentGame } from "@tracker/steam";
import type { Truth, Sitting } from "./truth.ts";

/** Civil days as the product counts them: an IANA zone, and the local hour at which a day begins. */
export interface DayRule {
  readonly timeZone: string;
  readonly dayStartHour: number;
}

/** Day (`YYYY-MM-DD`) → app id → milliseconds really played. */
export type PlayPerDay = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** A player of whom the truth is known, and what Steam would say of them at any instant (epoch milliseconds). No clock, no I/O. */
export interface SimulatedPlayer {
  readonly truth: Truth;
  ownedGamesAt(at: number): readonly OwnedGame[];
  recentlyPlayedAt(at: number): readonly RecentGame[];
  presenceAt(at: number): InGame | null;
  /** The sittings begun before `until`, cut there; a running one ends there. */
  sittingsUntil(until: number): readonly (Sitting & { endedAt: number })[];
  /** The play before `until`, by the day on which it really happened. */
  truthPerDay(rule: DayRule, until: number): PlayPerDay;
}

export interface PlayerOptions {
  /** Whether the key is the account's own: only then are rtime_last_played and the offline minutes told. True unless told. */
  readonly ownKey?: boolean;
}

export function createPlayer(
  _truth: Truth,
  _options: PlayerOptions = {},
): SimulatedPlayer {
  throw new Error("not there yet");
}
