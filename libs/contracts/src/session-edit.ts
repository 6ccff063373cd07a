import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { Choice, Id, Instant, Nullable, Page, PageInput, Strict } from "./primitive.ts";
import { Session } from "./session.ts";

export const SESSION_EDIT_KINDS = ["add", "move", "merge", "split", "remove", "idle"] as const;

/** The longest session that a person may tell of. */
export const SESSION_MINUTES_MAX = 7 * 1_440;

const SessionMinutes = Type.Integer({
  minimum: 1,
  maximum: SESSION_MINUTES_MAX,
  description: `whole minutes from 1 to ${SESSION_MINUTES_MAX}`,
});

/** A person's correction. It stays when the sessions are worked out anew, and can be undone. */
export const SessionEdit = Type.Object({
  id: Id,
  game_id: Id,
  title: Type.String(),
  kind: Choice(SESSION_EDIT_KINDS),
  /** In one sentence for people; when the session was, `at` tells. */
  summary: Type.String(),
  /** The instant that it speaks of: where a session was split, else when the session begins, after the correction if that moves it. */
  at: Instant,
  created_at: Instant,
  undone_at: Nullable(Instant),
  /** False where the session that it speaks of is no more: then it changes nothing. */
  applied: Type.Boolean(),
  /** How many minutes more (or less) the sessions hold for it than Steam counted. */
  minutes: Type.Integer(),
});
export type SessionEdit = Static<typeof SessionEdit>;

/** The edit, to undo it by, and the sessions of its game that lie where it changed something. */
const Outcome = Type.Object({ edit: SessionEdit, sessions: Type.Array(Session) });
export type SessionEditOutcome = Static<typeof Outcome>;

export const addSession = defineRequest({
  subject: "store.sessions.add",
  description:
    "Adds a session that no sync saw, from 1970 on, over by now and of at most seven days. It counts on its days, and in the total of a game that no sync ever saw; where Steam counts the game, Steam's total stays. CONFLICT when it overlaps another of its game.",
  input: Strict({
    game_id: Id,
    started_at: Instant,
    ended_at: Instant,
    /** Default: the whole time. */
    minutes: Type.Optional(SessionMinutes),
  }),
  output: Outcome,
});

export const moveSession = defineRequest({
  subject: "store.sessions.move",
  description:
    "Says when a session really was, and how many minutes of it were played; `idle_minutes` takes away what ran but was not played. CONFLICT for a session that is live, or where it would overlap another of its game.",
  input: Strict({
    id: Id,
    started_at: Type.Optional(Instant),
    ended_at: Type.Optional(Instant),
    minutes: Type.Optional(SessionMinutes),
    idle_minutes: Type.Optional(SessionMinutes),
  }),
  output: Outcome,
});

export const removeSession = defineRequest({
  subject: "store.sessions.remove",
  description:
    "Takes a session out of every figure by day, and out of the total of a game that no sync ever saw. Steam's total stays.",
  input: Strict({ id: Id }),
  output: Outcome,
});

export const splitSession = defineRequest({
  subject: "store.sessions.split",
  description: "Makes two sessions of one, its minutes shared by the length of their time.",
  input: Strict({ id: Id, at: Instant }),
  output: Outcome,
});

export const mergeSessions = defineRequest({
  subject: "store.sessions.merge",
  description: "Makes one session of several of the same game, with all of their minutes.",
  input: Strict({
    ids: Type.Array(Id, {
      minItems: 2,
      maxItems: 50,
      uniqueItems: true,
      description: "2 to 50 different ids of sessions",
    }),
  }),
  output: Outcome,
});

export const undoSessionEdit = defineRequest({
  subject: "store.sessions.undo",
  description:
    "Takes a correction back, whatever was corrected after it. CONFLICT when it is undone already.",
  input: Strict({ id: Id }),
  output: Outcome,
});

export const listSessionEdits = defineRequest({
  subject: "store.sessions.edits",
  description: "Every correction, newest first, the undone ones too.",
  input: Strict({ game_id: Type.Optional(Id), ...PageInput }),
  output: Page(SessionEdit),
});
