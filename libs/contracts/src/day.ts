import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import {
  Count,
  Day,
  Id,
  Instant,
  Minutes,
  Nullable,
  Page,
  PageInput,
  Strict,
} from "./primitive.ts";
import { GameFilter, Visibility } from "./game.ts";
import { Session } from "./session.ts";

const GameMinutes = Type.Object({
  game_id: Id,
  title: Type.String(),
  cover_url: Nullable(Type.String()),
  minutes: Minutes,
});

export const PlayedDay = Type.Object({
  day: Day,
  minutes: Minutes,
  games: Type.Array(GameMinutes),
});
export type PlayedDay = Static<typeof PlayedDay>;

/** Play known to lie between two instants but on no day in particular. */
export const Gap = Type.Object({
  ...GameMinutes.properties,
  not_before: Instant,
  not_after: Instant,
});
export type Gap = Static<typeof Gap>;

const RangeMinutes = Type.Integer({
  minimum: 0,
  description:
    "whole minutes: on the days asked for, and of gaps whose whole window lies in them; a heatmap's hold no gaps",
});

/** The longest range of days that one answer holds. */
export const DAYS_MAX = 3_660;

export const listDays = defineRequest({
  subject: "store.days.list",
  description:
    "Minutes per day and game from `from` to `to`, both included; days without play are left out. Default: the last 30 days. `minutes` are those of its days and of `gaps`. NOT_FOUND for a game_id that no game has.",
  input: Strict({
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    game_id: Type.Optional(Id),
    /** One of the owner's tags, however it is written. */
    tag: GameFilter.tag,
    /** Only games of that visibility. */
    visibility: Type.Optional(Visibility),
  }),
  output: Type.Object({
    from: Day,
    to: Day,
    time_zone: Type.String(),
    minutes: RangeMinutes,
    items: Type.Array(PlayedDay),
    gaps: Type.Array(Gap, {
      description: "gaps whose whole window lies in the range; their minutes are part of `minutes`",
    }),
  }),
});

export const getDay = defineRequest({
  subject: "store.days.get",
  description:
    "One day: its bounds, its games, its sessions (cut at its bounds) and the gaps that touch it.",
  input: Strict({ day: Day }),
  output: Type.Object({
    day: Day,
    time_zone: Type.String(),
    starts_at: Instant,
    ends_at: Instant,
    minutes: RangeMinutes,
    games: Type.Array(GameMinutes),
    sessions: Type.Array(Session),
    gaps: Type.Array(Gap),
  }),
});

export const Snapshot = Type.Object({
  date: Day,
  total_minutes: Minutes,
  games_played: Count,
});
export type Snapshot = Static<typeof Snapshot>;

export const listSnapshots = defineRequest({
  subject: "store.snapshots.list",
  description: "The nightly totals of the library, newest first.",
  input: Strict({
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    ...PageInput,
  }),
  output: Page(Snapshot),
});

export const getSnapshot = defineRequest({
  subject: "store.snapshots.get",
  description: "The library as it was at the end of a day: each game's newest row up to that day.",
  input: Strict({ date: Day }),
  output: Type.Object({
    ...Snapshot.properties,
    games: Type.Array(
      Type.Object({
        game_id: Id,
        game_title: Type.String(),
        cover_url: Nullable(Type.String()),
        minutes: Minutes,
        hours_played: Type.Number(),
      }),
    ),
  }),
});
