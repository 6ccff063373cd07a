import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { Visibility } from "./game.ts";
import { Count, Day, Id, Instant, Nullable, Page, PageInput, Strict } from "./primitive.ts";
import { Session } from "./session.ts";

const GameCard = {
  game_id: Id,
  title: Type.String(),
  cover_url: Nullable(Type.String()),
};

export const FeedItem = Type.Union([
  Type.Object({
    type: Type.Literal("session"),
    at: Instant,
    day: Day,
    live: Type.Boolean(),
    session: Session,
  }),
  Type.Object({
    type: Type.Literal("achievements"),
    at: Instant,
    day: Day,
    live: Type.Literal(false),
    ...GameCard,
    achievements: Type.Array(
      Type.Object({
        title: Type.String(),
        icon_url: Nullable(Type.String()),
        unlocked_at: Instant,
      }),
    ),
  }),
  Type.Object({
    type: Type.Literal("completion"),
    at: Instant,
    day: Day,
    live: Type.Literal(false),
    ...GameCard,
  }),
  /** Games that came in the same run are one item, so that a first import does not flood the feed; `games` names the 20 most played. */
  Type.Object({
    type: Type.Literal("games_added"),
    at: Instant,
    day: Day,
    live: Type.Literal(false),
    count: Count,
    games: Type.Array(Type.Object(GameCard)),
  }),
]);
export type FeedItem = Static<typeof FeedItem>;

export const listFeed = defineRequest({
  subject: "store.feed.list",
  description:
    "What happened, live items first, then newest. `from` and `to` are days, both included; default the last 30 days.",
  input: Strict({
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    /** Only what happened to games of that visibility. */
    visibility: Type.Optional(Visibility),
    ...PageInput,
  }),
  output: Page(FeedItem),
});
