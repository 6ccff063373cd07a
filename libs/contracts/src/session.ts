import { type Static, Type } from "@sinclair/typebox";
import { defineEvent, defineRequest } from "./conversation.ts";
import { GameFilter } from "./game.ts";
import {
  AppId,
  Choice,
  Day,
  Id,
  Instant,
  Minutes,
  Nullable,
  Page,
  PageInput,
  Strict,
} from "./primitive.ts";

/** What a session's place in time rests on, strongest first; see libs/playtime. */
export const PRECISIONS = ["presence", "last_played", "poll", "gap", "manual", "month"] as const;
export const Precision = Choice(PRECISIONS);

export const Session = Type.Object({
  id: Id,
  game_id: Id,
  title: Type.String(),
  cover_url: Nullable(Type.String()),
  steam_app_id: Nullable(AppId),
  started_at: Instant,
  /** Null while the game is being played. */
  ended_at: Nullable(Instant),
  /** The window in which the truth lies. */
  not_before: Instant,
  not_after: Instant,
  minutes: Minutes,
  precision: Precision,
  live: Type.Boolean(),
  /** Whether a person had a hand in it. */
  corrected: Type.Boolean(),
  /** Minutes per civil day; empty for a gap, which is on no day. */
  days: Type.Array(Type.Object({ day: Day, minutes: Minutes })),
});
export type Session = Static<typeof Session>;

export const listSessions = defineRequest({
  subject: "store.sessions.list",
  description:
    "Sessions, newest first; `from` and `to` are days, both included. Whatever else is said narrows them. NOT_FOUND for a game_id that no game has.",
  input: Strict({
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    game_id: Type.Optional(Id),
    /** One of the owner's tags, however it is written. */
    tag: GameFilter.tag,
    precision: Type.Optional(Precision),
    /** Whether a person had a hand in it. */
    corrected: Type.Optional(Type.Boolean()),
    /** Only sessions of at least so many minutes: those of half a day were likely left running. */
    min_minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    ...PageInput,
  }),
  output: Page(Session),
});

const SessionRef = {
  session_id: Id,
  game_id: Id,
  title: Type.String(),
  steam_app_id: Nullable(AppId),
};
export const sessionStarted = defineEvent({
  subject: "events.session.started",
  description:
    "Presence shows a game being played, or minutes were played that no session held before.",
  data: Type.Object({ ...SessionRef, started_at: Instant }),
});
export const sessionEnded = defineEvent({
  subject: "events.session.ended",
  description:
    "Presence no longer shows the game. The last minutes may arrive with the next sample (events.session.changed).",
  data: Type.Object({
    ...SessionRef,
    started_at: Instant,
    ended_at: Instant,
    minutes: Minutes,
  }),
});
export const sessionChanged = defineEvent({
  subject: "events.session.changed",
  description: "New evidence moved a session or its minutes.",
  data: Type.Object({
    ...SessionRef,
    started_at: Instant,
    ended_at: Nullable(Instant),
    minutes: Minutes,
  }),
});
