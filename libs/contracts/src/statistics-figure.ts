import { type Static, Type } from "@sinclair/typebox";
import { Count, Day, Id, Instant, Minutes, Nullable } from "./primitive.ts";

/** The figures that statistics of a range and of a year are made of. Each says in the schema what it counts and in what unit. */

export function minutesOf(description: string) {
  return Type.Integer({ minimum: 0, description: `whole minutes: ${description}` });
}

export function countOf(description: string) {
  return Type.Integer({ minimum: 0, description });
}

export function percentOf(description: string) {
  return Type.Number({
    minimum: 0,
    maximum: 100,
    description: `percent, one decimal: ${description}`,
  });
}

export const gameCard = {
  game_id: Id,
  title: Type.String(),
  cover_url: Nullable(Type.String()),
};

/** What a part of the play amounts to, the most played first; shares of several tags or genres overlap. */
const Part = Type.Object({ name: Type.String(), minutes: Minutes, games: Count });

/** How many parts an answer names, the most played first. */
export const PARTS_MAX = 100;

function partsOf(description: string) {
  return Type.Array(Part, {
    maxItems: PARTS_MAX,
    description: `${description}; minutes and played games, the ${PARTS_MAX} most played`,
  });
}

/** Days on each of which something was played, one after the other. */
export const Streak = Type.Object({
  days: countOf("days in a row"),
  from: Day,
  to: Day,
});

export const PlayedSession = Type.Object({
  session_id: Id,
  ...gameCard,
  started_at: Instant,
  minutes: minutesOf("of the whole session"),
});

export const BestDay = Type.Object({ day: Day, minutes: Minutes });

export const byWeekday = Type.Array(Minutes, {
  minItems: 7,
  maxItems: 7,
  description: "whole minutes on days, Monday first",
});

export const byHour = Type.Array(Type.Array(Minutes, { minItems: 24, maxItems: 24 }), {
  minItems: 7,
  maxItems: 7,
  description:
    "whole minutes by weekday of the civil day (Monday first) and hour of the clock: 7 rows of 24. An hour that the clocks repeat counts twice, one that they skip holds nothing.",
});

/** How many completions an answer names, the newest first. */
export const COMPLETIONS_MAX = 1_000;

export const completions = Type.Array(Type.Object({ ...gameCard, completion_date: Day }), {
  maxItems: COMPLETIONS_MAX,
  description: `games whose completion date lies in the range, the newest ${COMPLETIONS_MAX} first`,
});

export const trackedSince = Type.Union([Instant, Type.Null()], {
  description:
    "when a sync first saw a total; what was played before it is on no day. Null before the first sync.",
});

export const watchedDays = countOf(
  "days of the range that have begun and of which play could be known: from the first tracked (or played) day on, until today",
);

/** The same figures of the time before, as long as the time told. */
export const Comparison = Type.Object({
  from: Day,
  to: Day,
  minutes: minutesOf("of its days and gaps"),
  active_days: countOf("days with at least a minute of play"),
  sessions: countOf("sessions with a minute on one of its days"),
  games_played: countOf("games with minutes in `minutes`"),
  minutes_change: Type.Integer({
    description: "whole minutes: of days and gaps now, less those before",
  }),
  minutes_change_percent: Type.Union([Type.Number(), Type.Null()], {
    description: "percent of the minutes before, one decimal; null where there were none",
  }),
});
export type Comparison = Static<typeof Comparison>;

/** The minutes by what the games are. */
export const breakdown = {
  by_platform: partsOf("by platform"),
  by_status: partsOf("by the status that the games have now"),
  by_tag: partsOf("by the owner's tags"),
  by_genre: partsOf("by the catalogue's genres, as far as it knows the game"),
  by_catalogue_tag: partsOf(
    "by the five tags that most of Steam's users gave the game; by the owner's where the catalogue knows none",
  ),
};
