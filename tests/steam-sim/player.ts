import type { InGame, OwnedGame, RecentGame } from "@tracker/steam";
import { type Counted, countedPlay, partition } from "./counted-play.ts";
import { type Calendar, type PlayPerDay, playPerDay } from "./real-days.ts";
import {
  byStart,
  checkTruth,
  connectionsOf,
  type Sitting,
  type Truth,
  type TruthGame,
} from "./truth.ts";

const MINUTE_MS = 60_000;
const TWO_WEEKS_MS = 14 * 86_400_000;

export type EndedSitting = Sitting & { readonly endedAt: number };

/** A player of whom the truth is known, and what Steam would say of them at any instant (epoch milliseconds). No clock, no I/O. */
export interface SimulatedPlayer {
  readonly truth: Truth;
  /** As `ownedGames` of @tracker/steam gives it, all flags set. */
  ownedGamesAt(at: number): readonly OwnedGame[];
  /** As `recentlyPlayed` of @tracker/steam gives it, most played first. */
  recentlyPlayedAt(at: number): readonly RecentGame[];
  /** The game that the profile shows, as `playerSummaries` of @tracker/steam gives it. */
  presenceAt(at: number): InGame | null;
  /** The sittings begun before `until`, cut there; a running one ends there. */
  sittingsUntil(until: number): readonly EndedSitting[];
  /** The play before `until`, by the day on which it really happened. */
  truthPerDay(calendar: Calendar, until: number): PlayPerDay;
}

export interface PlayerOptions {
  /** Whether the key is the account's own: only then are rtime_last_played and the offline minutes told. True unless told. */
  readonly ownKey?: boolean;
}

interface CountedGame {
  readonly game: TruthGame;
  readonly counted: (at: number) => Counted;
}

export function createPlayer(truth: Truth, { ownKey = true }: PlayerOptions = {}): SimulatedPlayer {
  checkTruth(truth);
  const games = countedGames(truth);
  const presence = presenceOf(truth);
  const sittings = byStart(truth.sittings);
  const sittingsUntil = (until: number) =>
    sittings.filter((sitting) => sitting.startedAt < until).map((sitting) => cutAt(sitting, until));
  return {
    truth,
    ownedGamesAt: (at) =>
      games.filter((game) => isListed(game, at)).map((game) => ownedGame(game, at, ownKey)),
    recentlyPlayedAt: (at) =>
      games
        .filter(({ game }) => game.kind !== "non_steam")
        .map((game) => recentGame(game, at))
        .filter((game) => game.minutes2Weeks > 0)
        .toSorted((one, other) => other.minutes2Weeks - one.minutes2Weeks),
    presenceAt: presence,
    sittingsUntil,
    truthPerDay: (calendar, until) =>
      playPerDay(
        sittingsUntil(until).map(({ appId, startedAt, endedAt }) => ({
          appId,
          from: startedAt,
          to: endedAt,
        })),
        calendar,
      ),
  };
}

function countedGames(truth: Truth): CountedGame[] {
  const connections = connectionsOf(truth);
  const sittings = Map.groupBy(truth.sittings, (sitting) => sitting.appId);
  return truth.games.map((game) => ({
    game,
    counted: countedPlay(sittings.get(game.appId) ?? [], connections),
  }));
}

function isListed({ game, counted }: CountedGame, at: number): boolean {
  if ((game.acquiredAt ?? -Infinity) > at) return false;
  if (game.kind === "owned") return true;
  if (game.kind !== "free") return false;
  return game.minutesBefore > 0 || counted(at).lastPlayedAt !== null;
}

function ownedGame({ game, counted }: CountedGame, at: number, ownKey: boolean): OwnedGame {
  const { offlineMs, lastPlayedAt } = counted(at);
  const last = lastPlayedAt ?? game.lastPlayedBefore;
  return {
    ...recentGame({ game, counted }, at),
    // Steam tells whole seconds.
    lastPlayedAt: ownKey && last !== null ? last - (last % 1_000) : null,
    offlineMinutes: ownKey ? Math.floor(offlineMs / MINUTE_MS) : null,
    hasStats: game.hasStats,
  };
}

/** Totals are the whole minutes of all that was counted: what a sitting leaves below a minute is carried to the next. */
function recentGame({ game, counted }: CountedGame, at: number): RecentGame {
  const { playedMs } = counted(at);
  const recentMs = playedMs - counted(at - TWO_WEEKS_MS).playedMs;
  return {
    appId: game.appId,
    name: game.name,
    minutes: game.minutesBefore + Math.floor(playedMs / MINUTE_MS),
    minutes2Weeks: Math.floor(recentMs / MINUTE_MS),
    iconHash: null,
  };
}

/** Shown is the game started last, of those that run with the player visible. */
function presenceOf(truth: Truth): (at: number) => InGame | null {
  const games = new Map(truth.games.map((game) => [game.appId, game]));
  let lastEnd = -Infinity;
  const visible = byStart(truth.sittings)
    .filter((sitting) => sitting.mode === "online")
    .map(({ appId, startedAt, endedAt }) => {
      const end = endedAt ?? Infinity;
      lastEnd = Math.max(lastEnd, end);
      return { appId, startedAt, end, lastEnd };
    });
  return (at) => {
    let index = partition(visible, ({ startedAt }) => startedAt <= at) - 1;
    let sitting = visible[index];
    // Where even the last end of all that began before has passed, nothing runs.
    while (sitting && sitting.end <= at && sitting.lastEnd > at) {
      index -= 1;
      sitting = visible[index];
    }
    const game = sitting && sitting.end > at ? games.get(sitting.appId) : undefined;
    if (!game) return null;
    const appId = game.kind === "non_steam" ? null : game.appId;
    return { appId, name: game.name };
  };
}

function cutAt(sitting: Sitting, until: number): EndedSitting {
  const { endedAt } = sitting;
  return { ...sitting, endedAt: Math.min(endedAt ?? until, until) };
}
