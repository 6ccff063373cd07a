import { type Static, Type } from "@sinclair/typebox";

const Instant = Type.Integer();
const NullableInstant = Type.Union([Instant, Type.Null()]);
const AppId = Type.Integer({ minimum: 1, maximum: 4_294_967_295 });

/** How a sitting looks to Steam: seen by everybody, counted but not shown, or counted only after the client reconnects. */
export const SittingMode = Type.Union([
  Type.Literal("online"),
  Type.Literal("invisible"),
  Type.Literal("offline"),
]);
export type SittingMode = Static<typeof SittingMode>;

/** One stretch of play. Instants are epoch milliseconds; `endedAt` null is a game that is still running. */
export const Sitting = Type.Object({
  appId: AppId,
  startedAt: Instant,
  endedAt: NullableInstant,
  mode: SittingMode,
});
export type Sitting = Static<typeof Sitting>;

/**
 * `owned` is listed by GetOwnedGames. `free` too, once it was played and when played free games are asked for.
 * `borrowed` (family sharing) is seen only in GetRecentlyPlayedGames. `non_steam` (a shortcut) is seen only in presence, by name.
 */
const GameKind = Type.Union([
  Type.Literal("owned"),
  Type.Literal("free"),
  Type.Literal("borrowed"),
  Type.Literal("non_steam"),
]);

export const TruthGame = Type.Object({
  appId: AppId,
  name: Type.String(),
  kind: GameKind,
  /** Epoch milliseconds of the purchase; null when it was before everything that is told here. */
  acquiredAt: NullableInstant,
  /** Play from before the first sitting told here, and when it ended. */
  minutesBefore: Type.Integer({ minimum: 0 }),
  lastPlayedBefore: NullableInstant,
  hasStats: Type.Boolean(),
  /** True for an app that Steam has not vetted: listed only with skip_unvetted_apps=0. */
  unvetted: Type.Boolean(),
  /** How many achievements the game has, where it has stats; drawn from the app id when not told. */
  achievementCount: Type.Optional(Type.Integer({ minimum: 0, maximum: 80 })),
  /** True for an app that the store no longer shows. */
  delisted: Type.Optional(Type.Boolean()),
});
export type TruthGame = Static<typeof TruthGame>;

/** What really happened, of which Steam shows a part, late. Sittings of one game never overlap. */
export const Truth = Type.Object({
  steamId: Type.String(),
  personaName: Type.String(),
  games: Type.Array(TruthGame),
  sittings: Type.Array(Sitting),
  /** Epoch milliseconds at which the client came online without starting a game. */
  reconnects: Type.Array(Instant),
});
export type Truth = Static<typeof Truth>;

/** An owned game that was never played, unless told otherwise: for tests that care about one thing. */
export function truthGame(appId: number, told: Partial<TruthGame> = {}): TruthGame {
  return {
    appId,
    name: `Game ${appId}`,
    kind: "owned",
    acquiredAt: null,
    minutesBefore: 0,
    lastPlayedBefore: null,
    hasStats: false,
    unvetted: false,
    ...told,
  };
}

/** Throws when the truth cannot be true: a sitting of no game, one that ends before it starts, or two of one game at once. */
export function checkTruth({ games, sittings }: Truth): void {
  const freeFrom = new Map(games.map((game) => [game.appId, -Infinity]));
  for (const sitting of byStart(sittings)) {
    const { appId, startedAt, endedAt } = sitting;
    const free = freeFrom.get(appId);
    const at = new Date(startedAt).toISOString();
    if (free === undefined) {
      throw new Error(`expected a known game, got app ${appId} at ${at}`);
    }
    if (startedAt < free || (endedAt ?? Infinity) < startedAt) {
      throw new Error(`expected sittings of app ${appId} one after the other, got one at ${at}`);
    }
    freeFrom.set(appId, endedAt ?? Infinity);
  }
}

export function byStart(sittings: readonly Sitting[]): Sitting[] {
  return sittings.toSorted((one, other) => one.startedAt - other.startedAt);
}

/** The instants at which the client came online, in order: with a game, or without one. */
export function connectionsOf({ sittings, reconnects }: Truth): number[] {
  const starts = sittings
    .filter((sitting) => sitting.mode !== "offline")
    .map((sitting) => sitting.startedAt);
  return [...reconnects, ...starts].toSorted((one, other) => one - other);
}
