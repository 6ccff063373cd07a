import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { Outcome } from "./library.ts";
import { AppId, Count, Day, Id, Instant, Minutes, Nullable, SteamId, Strict } from "./primitive.ts";

/** A month as Steam cuts it; nearer than that it does not say. */
export const Month = Type.String({
  pattern: String.raw`^20\d{2}-(0[1-9]|1[0-2])$`,
  description: "a month, such as 2024-05",
});

/** A year of which Steam has, or may have, a Year in Review. */
const ReviewYear = Type.Integer({
  minimum: 2_022,
  maximum: 2_099,
  description: "a year from 2022 to 2099",
});

export const recordHistory = defineRequest({
  subject: "store.history.record",
  description:
    "Keeps what came of asking for one Year in Review, in one commit; the same again changes nothing. A month that an answer lacks keeps what an earlier one told.",
  input: Strict({
    steam_id: SteamId,
    year: ReviewYear,
    /** Of two answers the later counts, in whatever order they arrive. */
    asked_at: Instant,
    job_id: Nullable(Id),
    outcome: Outcome,
    /** One sentence for people when the outcome is not ok. */
    reason: Nullable(Type.String({ maxLength: 1_000 })),
    games: Type.Array(
      Strict({
        app_id: AppId,
        months: Type.Array(
          Strict({
            month: Month,
            seconds: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
            sessions: Nullable(Count),
          }),
          { minItems: 1, maxItems: 12 },
        ),
      }),
      { maxItems: 100_000 },
    ),
  }),
  output: Type.Object({
    games: Count,
    months: Count,
    /** Months that were new, or told otherwise than before. */
    changed: Count,
  }),
  timeoutMs: 10_000,
});

export const ReviewedYear = Type.Object({
  year: ReviewYear,
  asked_at: Instant,
  outcome: Outcome,
  reason: Nullable(Type.String()),
  /** The newest answer; null before the first: the year is not done. */
  answered_at: Nullable(Instant),
  job_id: Nullable(Id),
  /** What is kept of it: months with play, and the games that they are of. */
  months: Count,
  games: Count,
});
export type ReviewedYear = Static<typeof ReviewedYear>;

export const listReviewedYears = defineRequest({
  subject: "store.years.list",
  description: "The years that Steam was asked to review for an account, and how that ended.",
  input: Strict({ steam_id: SteamId }),
  output: Type.Object({ items: Type.Array(ReviewedYear) }),
});

const Span = { not_before: Instant, not_after: Instant };

/** Everything that was ever played of one game: before + days + gaps + corrections = its total, to the minute. */
export const GameHistory = Type.Object({
  game_id: Id,
  time_zone: Type.String(),
  /** When the game's total was first seen: what it held then is `before`. Null for a game without playtime. */
  tracked_since: Nullable(Instant),
  before: Type.Object({
    /** `unknown_minutes` and the months together. */
    minutes: Minutes,
    /** Played nobody knows when before tracking. */
    unknown_minutes: Minutes,
    /** As Steam's Year in Review tells them, oldest first. Of the month in which tracking began, only what was played before. */
    months: Type.Array(Type.Object({ month: Month, minutes: Minutes })),
  }),
  /** What sessions hold, by day, oldest first. */
  days: Type.Array(Type.Object({ day: Day, minutes: Minutes })),
  /** Play known to lie between two instants but on no day in particular. */
  gaps: Type.Array(Type.Object({ ...Span, minutes: Minutes })),
  corrections: Type.Object({
    /**
     * What a person's corrections changed, with the sign that leads back to Steam's total: negative where they added play. 0 of a
     * game that no sync ever saw: its corrections are part of its total.
     */
    minutes: Type.Integer(),
  }),
  /** The highest total that Steam ever told; of a game that no sync ever saw, what was set by hand and what its sessions hold. */
  steam_total: Minutes,
  /** Whether all of it adds up to `steam_total`: always true, or something is wrong. */
  reconciles: Type.Boolean(),
});
export type GameHistory = Static<typeof GameHistory>;

export const getGameHistory = defineRequest({
  subject: "store.history.get",
  description:
    "Everything that was ever played of a game: before tracking by month, then by day; it adds up to the game's total, which is Steam's where Steam counts it.",
  input: Strict({ id: Id }),
  output: GameHistory,
});
