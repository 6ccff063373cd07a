import type { AchievementBook } from "./achievement-book.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Trouble } from "./fault.ts";
import type { SimulatedPlayer } from "./player.ts";
import type { Reply } from "./reply.ts";
import type { SimSettings } from "./settings.ts";

/** What the methods answer from. */
export interface World {
  readonly player: SimulatedPlayer;
  readonly achievements: AchievementBook;
  readonly catalogue: Catalogue;
  /** Recorded bodies of SteamSpy's pages by their number, served as they are; beyond them there is nothing. */
  readonly spyPages: ReadonlyMap<number, string> | null;
  /** What is wrong with the catalogue's answers. */
  readonly trouble: Trouble | null;
  readonly settings: SimSettings;
  /** A recorded GetOwnedGames body, served as it is in place of the player's library. */
  readonly recordedLibrary: string | null;
  readonly ownKey: boolean;
  readonly vanityName: string;
  readonly at: number;
}

/** Switches that a fault throws: Game details private, total playtime private. */
export interface Privacy {
  readonly games: boolean;
  readonly playtime: boolean;
}

export const OPEN: Privacy = { games: false, playtime: false };

/** One method of the Steam Web API. */
export type Method = (world: World, parameters: URLSearchParams, privacy: Privacy) => Reply;
