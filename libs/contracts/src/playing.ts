import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { AppId, Choice, Count, Empty, Instant, Nullable, Strict } from "./primitive.ts";
import { Game } from "./game.ts";
import { Outcome } from "./library.ts";

/** What the poller last saw of the player; see `GET /api/now-playing`. */
export const Presence = Type.Object({
  in_game: Type.Boolean(),
  app_id: Nullable(AppId),
  game_name: Nullable(Type.String()),
  /** First look at which this game was seen, of an unbroken row of looks. */
  since: Nullable(Instant),
  observed_at: Instant,
});
export type Presence = Static<typeof Presence>;

export const getPresence = defineRequest({
  subject: "steam-poller.presence.get",
  description:
    "Presence and the recently played games from the poller's own latest state; it asks Steam only when that state is too old.",
  input: Empty,
  output: Type.Object({
    /** Null when no look succeeded within two presence intervals. */
    presence: Nullable(Presence),
    /** App ids that Steam lists as played in the last two weeks; null when not known. */
    recent: Nullable(Type.Array(AppId, { maxItems: 1_000 })),
    recent_observed_at: Nullable(Instant),
    /** False where no account is configured: then there is nothing to ask Steam. */
    configured: Type.Optional(Type.Boolean()),
  }),
});

const AccountSource = Choice(["environment", "file"]);

export const getPollerStatus = defineRequest({
  subject: "steam-poller.status.get",
  description: "How the poller's own looks go: shown by GET /api/status.",
  input: Empty,
  output: Type.Object({
    configured: Type.Boolean(),
    /** Where the account is set up: in the environment, which wins, or in the browser (`file`); null where it is not. */
    source: Nullable(AccountSource),
    steam_id: Nullable(Type.String()),
    presence: Type.Object({
      outcome: Nullable(Outcome),
      reason: Nullable(Type.String()),
      observed_at: Nullable(Instant),
    }),
    next_sample_at: Nullable(Instant),
    /** What was seen and is not in its stream yet, and when the oldest of it was observed. */
    facts_waiting: Count,
    facts_waiting_since: Nullable(Instant),
    quotas: Type.Array(
      Type.Object({
        api: Type.String(),
        windows: Type.Array(
          Type.Object({
            limit: Type.Integer(),
            window_ms: Type.Integer(),
            used: Type.Integer(),
          }),
        ),
        paused_until: Nullable(Instant),
        waiting: Type.Integer(),
      }),
    ),
  }),
});
export type PollerStatus = Static<typeof getPollerStatus.output>;

export const findPlaying = defineRequest({
  subject: "store.playing.find",
  description:
    "The library's side of now-playing: the game with that app id, else with that name, whoever may see it, or the one played last (of `among`, when given) that is not hidden.",
  input: Strict({
    app_id: Type.Optional(AppId),
    /** A game that is not Steam's has no app id. */
    game_name: Type.Optional(Type.String()),
    among: Type.Optional(Type.Array(AppId, { maxItems: 1_000 })),
  }),
  output: Type.Object({
    game: Nullable(Game),
    /** When the sitting began in which the game is being played; null for one that is not, as far as the store has heard. */
    playing_since: Nullable(Instant),
  }),
});

/** The public answer. `as_of` is when it was so; `stale` says that Steam could not be asked in time. */
export const NowPlaying = Type.Object({
  playing: Type.Boolean(),
  tier: Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]),
  game: Nullable(
    Type.Object({
      id: Nullable(Type.Integer()),
      title: Type.String(),
      steam_app_id: Nullable(AppId),
      cover_url: Nullable(Type.String()),
      hours_played: Nullable(Type.Number()),
      unlocked_achievements: Nullable(Type.Integer()),
      total_achievements: Nullable(Type.Integer()),
      completion_percentage: Nullable(Type.Number()),
      last_played_at: Nullable(Instant),
    }),
  ),
  since: Nullable(Instant),
  as_of: Instant,
  stale: Type.Boolean(),
});
export type NowPlaying = Static<typeof NowPlaying>;
