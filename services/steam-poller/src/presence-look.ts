import type { Data, presenceObserved } from "@tracker/contracts";
import type { Log } from "@tracker/service";
import type { PlayerSummary, SteamClient } from "@tracker/steam";
import { isOver } from "./library-sample.ts";
import { type LookFailure, understandFailure } from "./look-failure.ts";

export type PresenceFact = Data<typeof presenceObserved>;

/** What a look at presence needs; see LibraryEyes. */
export interface PresenceEyes {
  readonly steam: Pick<SteamClient, "playerSummaries">;
  readonly steamId: (signal?: AbortSignal) => Promise<string>;
  readonly now: () => number;
  readonly sentAt?: () => number;
  readonly log: Pick<Log, "error">;
}

const UNKNOWN_ACCOUNT: LookFailure = {
  outcome: "bad_steam_id",
  reason:
    "Steam knows no such account: set STEAM_ID to the 17 digits of its SteamID64 or to its vanity name.",
};
const HIDDEN_PROFILE: LookFailure = {
  outcome: "private",
  reason:
    "Steam does not show this profile: set “My profile” to public in its privacy settings, so that it can be seen what is being played.",
};

/**
 * Looks once whether the player is in a game; `previous` is the last look that succeeded, null for the first one. A profile
 * that hides itself is a failed look: not seeing a game there is no evidence that none is played.
 */
export async function observePresence(
  eyes: PresenceEyes,
  previous: PresenceFact | null,
  signal?: AbortSignal,
): Promise<PresenceFact | LookFailure> {
  const askedAt = eyes.now();
  try {
    const steamId = await eyes.steamId(signal);
    const players = await eyes.steam.playerSummaries([steamId], { ...(signal && { signal }) });
    const player = players.find((candidate) => candidate.steamId === steamId);
    if (player === undefined) return UNKNOWN_ACCOUNT;
    if (player.visibility === "private") return HIDDEN_PROFILE;
    return describe(player, eyes.sentAt?.() ?? askedAt, previous);
  } catch (error) {
    if (isOver(signal)) throw error;
    return understandFailure(error, eyes.log);
  }
}

function describe(
  { steamId, personaName, inGame }: PlayerSummary,
  observedAt: number,
  previous: PresenceFact | null,
): PresenceFact {
  return {
    id: Bun.randomUUIDv7("hex", observedAt),
    steam_id: steamId,
    persona_name: personaName,
    observed_at: new Date(observedAt).toISOString(),
    previous_observed_at: previous?.observed_at ?? null,
    in_game: inGame !== null,
    app_id: inGame?.appId ?? null,
    game_name: inGame?.name ?? null,
  };
}

/** Whether both looks saw the same game, or none. A shortcut is told by its name, as it has no app id. */
export function isSamePresence(one: PresenceFact, other: PresenceFact): boolean {
  if (one.in_game !== other.in_game || one.app_id !== other.app_id) return false;
  return one.app_id !== null || one.game_name === other.game_name;
}

/** Whether a look is to be published: the first one, every change, and in game every look, since each one extends what was seen. */
export function isNews(fact: PresenceFact, previous: PresenceFact | null): boolean {
  return previous === null || fact.in_game || !isSamePresence(fact, previous);
}
