import { type Static, Type } from "@sinclair/typebox";
import { defineEvent, defineFact } from "./conversation.ts";
import { AppId, Choice, Count, Id, Instant, Minutes, Nullable, SteamId } from "./primitive.ts";

/** How an attempt to learn something from outside ended; only `ok` and `partial` may write. */
export const OUTCOMES = [
  "ok",
  "partial",
  "private",
  "playtime_private",
  "bad_key",
  "bad_steam_id",
  "limited",
  "unreachable",
  "malformed",
] as const;
export const Outcome = Choice(OUTCOMES);
export type Outcome = Static<typeof Outcome>;

/** Why a library sample was taken. */
export const TRIGGERS = [
  "startup",
  "interval",
  "midnight",
  "presence_end",
  "job",
  "replay",
] as const;
export const Trigger = Choice(TRIGGERS);
export type Trigger = Static<typeof Trigger>;

export const SampledGame = Type.Object({
  app_id: AppId,
  name: Nullable(Type.String()),
  /** Steam's playtime_forever. */
  minutes: Minutes,
  /** rtime_last_played; null when never or not told. */
  last_played_at: Nullable(Instant),
  /** playtime_disconnected, a part of `minutes`; null when not told. */
  offline_minutes: Nullable(Minutes),
  source: Choice(["owned", "recent"] as const),
  /** The header image, where the sampler knows an address for it. */
  cover_url: Type.Optional(Nullable(Type.String({ maxLength: 2_000 }))),
});
export type SampledGame = Static<typeof SampledGame>;

/** One look at the whole library, or the reason why there was nothing to see. `id` is the run: seen twice, it counts once. */
export const librarySampled = defineFact({
  subject: "facts.library",
  description: "A sample of the whole Steam library.",
  data: Type.Object({
    id: Type.String({ minLength: 8, maxLength: 64 }),
    steam_id: Nullable(SteamId),
    started_at: Instant,
    /** When Steam's answer was asked for: totals are those of this instant. */
    observed_at: Instant,
    trigger: Trigger,
    job_id: Nullable(Id),
    outcome: Outcome,
    /** One sentence for people when the outcome is not ok. */
    reason: Nullable(Type.String({ maxLength: 1_000 })),
    games: Type.Array(SampledGame, { maxItems: 100_000 }),
  }),
});

/** One look at presence. Published when it changes and, in game, at every look; `previous_observed_at` bounds what was not seen. */
export const presenceObserved = defineFact({
  subject: "facts.presence",
  description: "Whether the player is in a game, as their profile shows it.",
  data: Type.Object({
    id: Type.String({ minLength: 8, maxLength: 64 }),
    steam_id: SteamId,
    persona_name: Nullable(Type.String()),
    observed_at: Instant,
    /** The poller's previous look, null for its first after a start. */
    previous_observed_at: Nullable(Instant),
    in_game: Type.Boolean(),
    /** Null for a game that is not Steam's. */
    app_id: Nullable(AppId),
    game_name: Nullable(Type.String()),
  }),
});

export const librarySynced = defineEvent({
  subject: "events.library.synced",
  description: "A look at the library ended, with whatever outcome.",
  data: Type.Object({
    run_id: Type.String(),
    at: Instant,
    trigger: Trigger,
    outcome: Outcome,
    reason: Nullable(Type.String()),
    games_seen: Count,
    games_added: Count,
    games_changed: Count,
    minutes_added: Minutes,
  }),
});
