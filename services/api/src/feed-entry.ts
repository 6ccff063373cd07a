import type { FeedItem } from "@tracker/contracts";

/** What happened, as a feed tells it. */
export interface FeedEntry {
  /** The same for ever, whatever its words become: a tag URI. */
  readonly id: string;
  readonly kind: FeedItem["type"];
  readonly title: string;
  readonly text: string;
  readonly url: string;
  readonly imageUrl: string | null;
  readonly published: string;
  readonly updated: string;
}

/** At most this many games of an addition are named. */
const NAMED_MAX = 10;

/** Says an item in words. `origin` is the server's own address as its reader knows it. */
export function entryOf(item: FeedItem, origin: string): FeedEntry {
  const { key, game, ...said } = describe(item);
  return {
    ...said,
    id: tagUri(origin, key),
    kind: item.type,
    url: game === undefined ? `${origin}/activity` : `${origin}/games/${game}`,
    published: item.at,
    updated: said.updated > item.at ? said.updated : item.at,
  };
}

/** An identifier that stays when the path of the feed or the port of the server changes. */
export function tagUri(origin: string, key: string): string {
  return `tag:${new URL(origin).hostname.replaceAll(/[[\]]/g, "").replaceAll(":", "-")},2026:${key}`;
}

interface Description extends Pick<FeedEntry, "title" | "text" | "imageUrl" | "updated"> {
  readonly key: string;
  readonly game: number | undefined;
}

function describe(item: FeedItem): Description {
  switch (item.type) {
    case "session":
      return describeSession(item);
    case "achievements": {
      const count = item.achievements.length;
      return {
        ...partsOf(item, `achievements/${item.game_id}/${item.day}`),
        title: `${count === 1 ? "An achievement" : `${count} achievements`} in ${item.title}`,
        text: item.achievements.map(({ title }) => title).join(", "),
      };
    }
    case "completion":
      return {
        ...partsOf(item, `completion/${item.game_id}/${item.day}`),
        title: `Completed ${item.title}`,
        text: `Completed on ${item.day}.`,
      };
    case "games_added":
      return describeAddition(item);
    default:
      return item satisfies never;
  }
}

function partsOf(item: FeedItem & { game_id: number; cover_url: string | null }, key: string) {
  return { key, game: item.game_id, imageUrl: item.cover_url, updated: item.at };
}

function describeSession({ session, live, day }: FeedItem & { type: "session" }): Description {
  const { id, game_id: game, title, minutes, ended_at: endedAt, started_at: startedAt } = session;
  const parts = { key: `session/${id}`, game, imageUrl: session.cover_url };
  if (live) {
    return { ...parts, title: `Playing ${title}`, text: "Being played now.", updated: startedAt };
  }
  const length = minutes === 0 ? "" : ` for ${lengthOf(minutes)}`;
  const [first, last] = [session.not_before.slice(0, 10), session.not_after.slice(0, 10)];
  return {
    ...parts,
    title: `Played ${title}${length}`,
    text:
      session.precision === "gap"
        ? `Played between ${first} and ${last}; nobody saw on which day.`
        : `Played on ${day}.`,
    updated: endedAt ?? startedAt,
  };
}

/** The game that came first names the run: all its games were created at one instant, and more may be shown later. */
function describeAddition({ count, games, at }: FeedItem & { type: "games_added" }): Description {
  const [first] = games;
  const alone = count === 1 ? first : undefined;
  const names = games.slice(0, NAMED_MAX).map(({ title }) => title);
  const more = count - names.length;
  return {
    key: alone === undefined ? `added/${at}` : `added/${at}/${alone.game_id}`,
    game: alone?.game_id,
    imageUrl: first?.cover_url ?? null,
    title: alone === undefined ? `${count} games added` : `Added ${alone.title}`,
    text: `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    updated: at,
  };
}

function lengthOf(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [hours > 0 ? `${hours} h` : "", rest > 0 ? `${rest} min` : ""];
  return parts.filter((part) => part !== "").join(" ");
}
