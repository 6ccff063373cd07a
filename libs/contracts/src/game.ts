import { type Static, Type } from "@sinclair/typebox";
import { AppSummary } from "./catalogue.ts";
import { defineEvent, defineRequest } from "./conversation.ts";
import { SortOrder } from "./order.ts";
import {
  AppId,
  Choice,
  Count,
  Day,
  Empty,
  Id,
  Instant,
  Line,
  Minutes,
  Nullable,
  Page,
  PageInput,
  Strict,
} from "./primitive.ts";

export const GAME_STATUSES = ["Playing", "Completed", "Backlog", "Dropped", "Wishlist"] as const;
export const VISIBILITIES = ["public", "totals", "hidden"] as const;
export const LIBRARY_STATES = ["owned", "shared", "not_in_library"] as const;
export const GAME_SORTS = [
  "title",
  "hours_played",
  "rating",
  "created_at",
  "last_played_at",
  "completion",
] as const;

export const GameStatus = Choice(GAME_STATUSES);
export const Visibility = Choice(VISIBILITIES);
export const LibraryState = Choice(LIBRARY_STATES);
export const GameSort = Choice(GAME_SORTS);

/** The longest title; a longer name of Steam's is cut. */
export const TITLE_LENGTH_MAX = 300;

const Title = Line(TITLE_LENGTH_MAX);
const Platform = Line(50);
const Tag = Line(50);
const Tags = Type.Array(Tag, { maxItems: 50, description: "at most 50 tags" });
const CoverUrl = Type.String({
  maxLength: 2_000,
  pattern: String.raw`^https?://(\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]]+)(:\d+)?([/?#]\S*)?$`,
  description: "an http or https address with a host, such as https://example.org/cover.jpg",
});
const Rating = Type.Number({
  minimum: 0,
  maximum: 10,
  multipleOf: 0.5,
  description: "0 to 10 in halves",
});
const Notes = Type.String({
  maxLength: 20_000,
  description: "a text of at most 20,000 characters",
});

/** A game of the library, of any platform. */
export const Game = Type.Object({
  id: Id,
  title: Type.String(),
  platform: Type.String(),
  status: GameStatus,
  rating: Nullable(Type.Number()),
  playtime_minutes: Minutes,
  /** Minutes as hours with one decimal, for people; never computed with. */
  hours_played: Type.Number(),
  steam_app_id: Nullable(AppId),
  cover_url: Nullable(Type.String()),
  completion_date: Nullable(Day),
  last_played_at: Nullable(Instant),
  is_favorite: Type.Boolean(),
  notes: Nullable(Type.String()),
  visibility: Visibility,
  /** Null for a game that no sync ever saw. */
  library_state: Nullable(LibraryState),
  /** True while Steam reports fewer minutes than it once did; the higher total is kept. */
  steam_reports_less: Type.Boolean(),
  tags: Type.Array(Type.String()),
  unlocked_achievements: Count,
  total_achievements: Count,
  completion_percentage: Type.Number(),
  created_at: Instant,
  updated_at: Instant,
  archived_at: Nullable(Instant),
});
export type Game = Static<typeof Game>;

const GameEdits = {
  platform: Type.Optional(Platform),
  status: Type.Optional(GameStatus),
  rating: Type.Optional(Nullable(Rating)),
  cover_url: Type.Optional(Nullable(CoverUrl)),
  /** From 1970 to tomorrow: elsewhere the next day has begun. */
  completion_date: Type.Optional(Nullable(Day)),
  is_favorite: Type.Optional(Type.Boolean()),
  notes: Type.Optional(Nullable(Notes)),
  visibility: Type.Optional(Visibility),
  tags: Type.Optional(Tags),
};

const EnteredMinutes = Type.Integer({
  minimum: 0,
  maximum: 10_000_000,
  description: "whole minutes from 0 to 10,000,000",
});

export const NewGame = Strict({
  title: Title,
  ...GameEdits,
  steam_app_id: Type.Optional(Nullable(AppId)),
  /** What was played before, when a person knows it. Steam's own games get theirs from Steam. */
  playtime_minutes: Type.Optional(EnteredMinutes),
});
/**
 * What a person may change. A null title, platform or cover gives the field back to the sync, or to what it was added with. The total and the Steam app may be
 * told only of a game that no sync ever saw (`library_state` null).
 */
export const GamePatch = Strict({
  ...GameEdits,
  steam_app_id: Type.Optional(Nullable(AppId)),
  playtime_minutes: Type.Optional(EnteredMinutes),
  title: Type.Optional(Nullable(Title)),
  platform: Type.Optional(Nullable(Platform)),
  /** What the note said where the writing began. Where it says neither that nor the new text by now, nothing is changed (CONFLICT). */
  notes_before: Type.Optional(Nullable(Notes)),
  /** Brings an archived game back. */
  archived: Type.Optional(Type.Boolean()),
});

export const GameFilter = {
  status: Type.Optional(GameStatus),
  platform: Type.Optional(Type.String({ maxLength: 50 })),
  tag: Type.Optional(Type.String({ maxLength: 50 })),
  q: Type.Optional(Type.String({ maxLength: 200, description: "part of a title" })),
  favorite: Type.Optional(Type.Boolean()),
  /** Archived games are shown only when asked for, and then alone. */
  archived: Type.Optional(Type.Boolean()),
};

export const listGames = defineRequest({
  subject: "store.games.list",
  description: "Games of the library, favourites first, filtered, sorted and paged.",
  input: Strict({
    ...GameFilter,
    /** Default: created_at. `completion` is completion_percentage. */
    sort: Type.Optional(GameSort),
    /** Default: asc for title, desc for the rest. */
    order: Type.Optional(SortOrder),
    ...PageInput,
  }),
  output: Page(Game),
});

/** A game with what the catalogue knows of its app; null for a game that is not Steam's, or not in the catalogue yet. */
export const GameDetail = Type.Object({ ...Game.properties, app: Nullable(AppSummary) });
export type GameDetail = Static<typeof GameDetail>;

export const getGame = defineRequest({
  subject: "store.games.get",
  description: "One game, with its app's facts.",
  input: Strict({ id: Id }),
  output: GameDetail,
});

export const createGame = defineRequest({
  subject: "store.games.create",
  description: "Adds a game by hand. CONFLICT when its steam_app_id is taken.",
  input: Strict({
    /** Chosen by the caller, so that a retry does not add the game twice; INVALID when it comes with another game than before. */
    request_id: Type.String({ minLength: 8, maxLength: 64 }),
    game: NewGame,
  }),
  output: Game,
});

export const updateGame = defineRequest({
  subject: "store.games.update",
  description:
    "Changes what a person sets: no sync ever writes these columns. A null title, platform or cover gives back Steam's own, or what the game was added with. At least one field has to be named: INVALID without. Of a game that no sync ever saw (library_state null) also playtime_minutes, its whole total with its sessions (which it cannot be less than), and steam_app_id; CONFLICT when Steam counts the game, or the app is another game's. With `notes_before` a note is not written over what was written elsewhere meanwhile: CONFLICT when it says something else by now.",
  input: Strict({ id: Id, patch: GamePatch }),
  output: Game,
});

export const archiveGame = defineRequest({
  subject: "store.games.archive",
  description:
    "Takes a game out of the library; its history stays, and later syncs do not bring it back.",
  input: Strict({ id: Id }),
  output: Game,
});

export const purgeGame = defineRequest({
  subject: "store.games.purge",
  description: "Deletes an archived game with its whole history. CONFLICT when it is not archived.",
  input: Strict({ id: Id }),
  output: Empty,
});

export const listTags = defineRequest({
  subject: "store.tags.list",
  description: "Every tag with the number of games that carry it.",
  input: Empty,
  output: Type.Object({
    items: Type.Array(Type.Object({ name: Type.String(), games: Count })),
  }),
});

const GameRef = Type.Object({
  game_id: Id,
  title: Type.String(),
  steam_app_id: Nullable(AppId),
});
export const gameAdded = defineEvent({
  subject: "events.game.added",
  description: "A game came into the library.",
  data: Type.Object({
    ...GameRef.properties,
    at: Instant,
    by: Choice(["sync", "person"] as const),
  }),
});
export const gameChanged = defineEvent({
  subject: "events.game.changed",
  description: "A person changed a game, or archived, restored or purged it.",
  data: Type.Object({
    ...GameRef.properties,
    at: Instant,
    change: Choice(["edited", "archived", "restored", "purged"] as const),
  }),
});
