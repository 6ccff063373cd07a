import type { Price } from "./price.ts";

/** Counts that SteamSpy estimates or passes on, the same in its pages and its details. */
export interface SteamSpyApp {
  readonly appId: number;
  /** Null where it has none. */
  readonly name: string | null;
  readonly developer: string | null;
  readonly publisher: string | null;
  readonly positive: number;
  readonly negative: number;
  /** How many accounts own it, both ends included: SteamSpy knows a range only. */
  readonly ownersLow: number;
  readonly ownersHigh: number;
  /** Most players at once yesterday. */
  readonly ccu: number;
  /** In US cents; null when not told. */
  readonly price: Price | null;
  /** In minutes. SteamSpy's figures have been dead (0 for every app) since 2024, so 0 is null: unknown. */
  readonly averageMinutes: number | null;
  readonly averageMinutes2Weeks: number | null;
  readonly medianMinutes: number | null;
  readonly medianMinutes2Weeks: number | null;
}

/** What SteamSpy's details add. */
export interface SteamSpyDetails extends SteamSpyApp {
  /** As SteamSpy orders them. */
  readonly genres: readonly string[];
  readonly languages: readonly string[];
  /** With their votes, the most first. */
  readonly tags: readonly { readonly name: string; readonly votes: number }[];
}

/** A page of the catalogue, by owners; rows of apps that are hidden are left out. */
export interface SteamSpyPage {
  /** From 0. */
  readonly page: number;
  readonly apps: readonly SteamSpyApp[];
  /** Rows as they were sent, the hidden ones too: a page with fewer than a thousand is the last. */
  readonly rows: number;
  readonly isLast: boolean;
}
