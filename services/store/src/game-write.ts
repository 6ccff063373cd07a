import {
  type createGame as creation,
  type Game,
  gameAdded,
  type Input,
  ServiceError,
  type updateGame as change,
} from "@tracker/contracts";
import { eq } from "drizzle-orm";
import { type Database, inTransaction } from "./database.ts";
import { readDay } from "./day-range.ts";
import { refOf, requireGame, setArchived, tellChange } from "./game-archive.ts";
import { getGame } from "./game-row.ts";
import { instantOf } from "./instant.ts";
import { emit } from "./outbox.ts";
import { fillTotal, refuseTakenApp, setSteamApp, setTotal } from "./hand-kept.ts";
import { games } from "./schema.ts";
import { setGameTags } from "./tag.ts";
import { invalid } from "./invalid.ts";

type NewGame = Input<typeof creation>["game"];
type Patch = Input<typeof change>["patch"];
/** What stands in a column of its own, which only a person writes. */
type Edits = Omit<
  Patch,
  "archived" | "notes_before" | "playtime_minutes" | "steam_app_id" | "tags"
>;

const DAY_MS = 86_400_000;
/** Nobody tells of an earlier completion: another year is a slip of the keyboard. */
const COMPLETED_FROM = "1970-01-01";

/** Where a game is played when its creator does not say. */
const PLATFORM_DEFAULT = "PC";

/** Adds a game by hand. A request_id that was seen answers the game that it made, unless it asks for another; a steam_app_id that is taken is a CONFLICT. */
export function createGame(
  database: Database,
  { request_id: requestId, game }: Input<typeof creation>,
  now: number,
): Game {
  return inTransaction(database, () => {
    const hash = hashOf(game);
    const known = findRequested(database, requestId);
    if (known !== null) {
      const made = getGame(database, known);
      // Games of before hashes were kept have none: there the id alone decides, as it did.
      if (known.hash !== null && known.hash !== hash) throw otherRequest(made);
      return made;
    }
    const id = insertGame(database, { id: requestId, hash }, game, now);
    if (game.tags !== undefined) setGameTags(database, id, game.tags);
    const created = getGame(database, { id });
    emit(database, gameAdded, { ...refOf(created), at: instantOf(now), by: "person" });
    return created;
  });
}

function insertGame(
  database: Database,
  request: { readonly id: string; readonly hash: string },
  game: NewGame,
  now: number,
): number {
  const appId = game.steam_app_id ?? null;
  if (appId !== null) refuseTakenApp(database, appId, "/game/steam_app_id");
  const minutes = game.playtime_minutes ?? 0;
  const {
    tags: _tags,
    title: _title,
    steam_app_id: _app,
    playtime_minutes: _minutes,
    ...edits
  } = game;
  const row = database.drizzle
    .insert(games)
    .values({
      ...columnsOf(edits, now),
      title: game.title.trim(),
      // A sync brings Steam's own title; the one that a person chose stays in front of it.
      titleOverride: appId === null ? null : game.title.trim(),
      platform: game.platform?.trim() ?? PLATFORM_DEFAULT,
      platformOverride: appId === null ? null : (game.platform?.trim() ?? null),
      status: game.status ?? "Backlog",
      statusSetAt: game.status === undefined ? null : now,
      playtimeMinutes: minutes,
      steamAppId: appId,
      requestId: request.id,
      requestHash: request.hash,
      createdAt: now,
      updatedAt: now,
    })
    .returning({ id: games.id })
    .get();
  fillTotal(database, row.id, minutes, now);
  return row.id;
}

/** Changes what a person sets. What stays the same is not written, and is no event. */
export function updateGame(
  database: Database,
  { id, patch: { notes_before: notesBefore, ...patch } }: Input<typeof change>,
  now: number,
): Game {
  if (Object.keys(patch).length === 0) {
    throw invalid("/patch", "at least one field to change", "none");
  }
  return inTransaction(database, () => {
    const before = requireGame(database, id);
    if (notesBefore !== undefined) refuseOtherNote(before.notes, notesBefore, patch.notes);
    const { archived, tags, playtime_minutes: minutes, steam_app_id: appId, ...edits } = patch;
    const columns = columnsOf(edits, now);
    const differs = Object.entries(columns).some(
      ([name, value]) => before[name as keyof typeof before] !== value,
    );
    const statusSetAt = edits.status === undefined ? {} : { statusSetAt: now };
    if (differs || edits.status !== undefined) {
      database.drizzle
        .update(games)
        .set({ ...columns, ...statusSetAt })
        .where(eq(games.id, id))
        .run();
    }
    const retagged = tags !== undefined && setGameTags(database, id, tags);
    const recounted = minutes !== undefined && setTotal(database, before, minutes, now);
    const relinked = appId !== undefined && setSteamApp(database, before, appId);
    if (differs || retagged || recounted || relinked) tellChange(database, id, "edited", now);
    if (archived !== undefined) setArchived(database, before, archived, now);
    return getGame(database, { id });
  });
}

/** The new text itself is no other: a change whose answer was lost may be sent again. */
function refuseOtherNote(
  held: string | null,
  expected: string | null,
  wanted: string | null | undefined,
): void {
  if ([expected, wanted].some((text) => text !== undefined && (text ?? "") === (held ?? "")))
    return;
  const message =
    "/notes_before: expected what the note says now, but it was changed meanwhile: read it again";
  throw new ServiceError("CONFLICT", message, { field: "/notes_before" });
}

/** The columns that a person's edits stand in; only those that were named. */
function columnsOf(edits: Edits, now: number): Partial<typeof games.$inferInsert> {
  const { title, platform, cover_url, completion_date, is_favorite, ...same } = edits;
  const { status, rating, notes, visibility } = same;
  return {
    ...(title === undefined ? {} : { titleOverride: title?.trim() ?? null }),
    ...(platform === undefined ? {} : { platformOverride: platform?.trim() ?? null }),
    ...(cover_url === undefined ? {} : { coverOverride: cover_url }),
    ...(is_favorite === undefined ? {} : { isFavorite: is_favorite }),
    ...(completion_date === undefined
      ? {}
      : { completionDate: readCompletionDate(completion_date, now) }),
    ...(status === undefined ? {} : { status }),
    ...(rating === undefined ? {} : { rating }),
    ...(notes === undefined ? {} : { notes }),
    ...(visibility === undefined ? {} : { visibility }),
  };
}

/** Must not be in the future; one day of slack for time zones. */
function readCompletionDate(day: string | null, now: number): string | null {
  if (day === null) return null;
  const latest = instantOf(now + DAY_MS).slice(0, 10);
  return readDay(day, "/completion_date", { first: COMPLETED_FROM, last: latest });
}

interface Requested {
  readonly id: number;
  readonly hash: string | null;
}

function findRequested(database: Database, requestId: string): Requested | null {
  return database
    .prepare<Requested>("SELECT id, request_hash AS hash FROM games WHERE request_id = ?")
    .get(requestId);
}

/** In whichever order its fields were written. */
function hashOf(game: NewGame): string {
  const fields = Object.entries(game).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(fields)).digest("hex");
}

function otherRequest({ id, title }: Game): ServiceError {
  const message = `/request_id: expected what game ${id}, “${title}”, was added with under this key, got another game: it needs a key of its own`;
  return new ServiceError("INVALID", message, { field: "/request_id" });
}
