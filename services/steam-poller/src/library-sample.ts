import type { Data, librarySampled, SampledGame, Trigger } from "@tracker/contracts";
import type { Log } from "@tracker/service";
import { coverUrl, type OwnedGame, type RecentGame, type SteamClient } from "@tracker/steam";
import { type LookFailure, understandFailure } from "./look-failure.ts";

export type LibraryFact = Data<typeof librarySampled>;

/** What a look at the library needs. A replay gives a simulated Steam and the instant that it has reached. */
export interface LibraryEyes {
  readonly steam: Pick<SteamClient, "ownedGames" | "recentlyPlayed">;
  /** The SteamID64, which may have to be asked for first; rejects as the client does. */
  readonly steamId: (signal?: AbortSignal) => Promise<string>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** When the last request left, epoch milliseconds, which is after the wait for its permit; `now` before the call unless told. */
  readonly sentAt?: () => number;
  readonly log: Pick<Log, "error">;
}

export interface Occasion {
  readonly trigger: Trigger;
  readonly jobId?: number | null;
  /** Ends the look: with a TimeoutError it counts as failed, with anything else it never was. */
  readonly signal?: AbortSignal;
}

export interface LibrarySample {
  readonly fact: LibraryFact;
  /** What was played in the last two weeks, in Steam's order; null when Steam did not say. */
  readonly recentAppIds: readonly number[] | null;
}

/**
 * Looks at the whole library once. A failure is a sample too: its outcome and reason say what there was to see. Rejects only
 * when the signal ends it for good.
 */
export async function sampleLibrary(
  eyes: LibraryEyes,
  { trigger, jobId = null, signal }: Occasion,
): Promise<LibrarySample> {
  const startedAt = eyes.now();
  const run = {
    id: Bun.randomUUIDv7("hex", startedAt),
    started_at: new Date(startedAt).toISOString(),
    trigger,
    job_id: jobId,
  };
  let steamId: string | null = null;
  try {
    steamId = await eyes.steamId(signal);
    const { owned, observedAt } = await lookAtOwned(eyes, steamId, signal);
    const recent = await lookAtRecent(eyes, steamId, signal);
    const trouble = "outcome" in recent ? recent : null;
    const played = "outcome" in recent ? null : recent.games;
    const fact: LibraryFact = {
      ...run,
      steam_id: steamId,
      observed_at: new Date(observedAt).toISOString(),
      outcome: trouble === null ? "ok" : "partial",
      reason: trouble?.reason ?? null,
      games: mergeGames(owned, played ?? []),
    };
    return { fact, recentAppIds: played?.map((game) => game.appId) ?? null };
  } catch (error) {
    if (isOver(signal)) throw error;
    const failure = understandFailure(error, eyes.log);
    const observed_at = new Date(Math.max(startedAt, eyes.sentAt?.() ?? startedAt)).toISOString();
    const fact = { ...run, steam_id: steamId, observed_at, ...failure, games: [] };
    return { fact, recentAppIds: null };
  }
}

async function lookAtOwned(eyes: LibraryEyes, steamId: string, signal: AbortSignal | undefined) {
  const askedAt = eyes.now();
  const { games: owned } = await eyes.steam.ownedGames(steamId, { ...(signal && { signal }) });
  return { owned, observedAt: eyes.sentAt?.() ?? askedAt };
}

/** The recent list adds borrowed games; without it a sample is partial, not worthless. */
async function lookAtRecent(eyes: LibraryEyes, steamId: string, signal: AbortSignal | undefined) {
  try {
    return await eyes.steam.recentlyPlayed(steamId, { ...(signal && { signal }) });
  } catch (error) {
    if (isOver(signal)) throw error;
    return understandFailure(error, eyes.log) satisfies LookFailure;
  }
}

/** Whether the signal ended the look for good; a deadline that passed is a failure like others. */
export function isOver(signal: AbortSignal | undefined): boolean {
  if (!signal?.aborted) return false;
  return !(signal.reason instanceof DOMException && signal.reason.name === "TimeoutError");
}

/** All that Steam shows. A game in both lists keeps the owned one's figures, as those are of the sample's instant and say more. */
function mergeGames(owned: readonly OwnedGame[], recent: readonly RecentGame[]): SampledGame[] {
  const games = new Map<number, SampledGame>();
  for (const game of recent) games.set(game.appId, sampled(game, null, null, "recent"));
  for (const game of owned) {
    const name = game.name ?? games.get(game.appId)?.name ?? null;
    const { lastPlayedAt, offlineMinutes } = game;
    games.set(game.appId, { ...sampled(game, lastPlayedAt, offlineMinutes, "owned"), name });
  }
  return [...games.values()];
}

function sampled(
  { appId, name, minutes }: Pick<OwnedGame, "appId" | "name" | "minutes">,
  lastPlayedAt: number | null,
  offlineMinutes: number | null,
  source: SampledGame["source"],
): SampledGame {
  const last_played_at = lastPlayedAt === null ? null : new Date(lastPlayedAt).toISOString();
  return {
    app_id: appId,
    name,
    minutes,
    last_played_at,
    offline_minutes: offlineMinutes,
    source,
    cover_url: coverUrl(appId),
  };
}
