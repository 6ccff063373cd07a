import { type FeedEntry, tagUri } from "./feed-entry.ts";
import { escapeXml } from "./widget-text.ts";

export interface FeedDocument {
  /** The server's own address as its reader knows it. */
  readonly origin: string;
  readonly entries: readonly FeedEntry[];
}

const TITLE = "Games played";
/** A feed has to say when it changed last; one in which nothing ever happened says this. */
const NEVER = "1970-01-01T00:00:00.000Z";

/** RFC 4287. */
export function toAtom({ origin, entries }: FeedDocument): string {
  const updated = entries.map((entry) => entry.updated).reduce(later, NEVER);
  const parts = [
    element("id", tagUri(origin, "activity")),
    element("title", TITLE),
    element("updated", updated),
    `<author>${element("name", "Game Tracker")}</author>`,
    link("self", "application/atom+xml", `${origin}/api/feed.atom`),
    link("alternate", "text/html", `${origin}/activity`),
    ...entries.map(atomEntry),
  ];
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n${parts.join("\n")}\n</feed>\n`;
}

/** https://www.jsonfeed.org/version/1.1 */
export function toJsonFeed({ origin, entries }: FeedDocument): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: TITLE,
    home_page_url: `${origin}/activity`,
    feed_url: `${origin}/api/feed.json`,
    authors: [{ name: "Game Tracker" }],
    items: entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      title: entry.title.toWellFormed(),
      content_text: entry.text.toWellFormed(),
      ...(entry.imageUrl === null ? {} : { image: entry.imageUrl }),
      date_published: entry.published,
      date_modified: entry.updated,
      tags: [entry.kind],
    })),
  });
}

function atomEntry(entry: FeedEntry): string {
  const parts = [
    element("id", entry.id),
    element("title", entry.title),
    element("published", entry.published),
    element("updated", entry.updated),
    link("alternate", "text/html", entry.url),
    `<category term="${entry.kind}"/>`,
    element("content", entry.text),
  ];
  return `<entry>${parts.join("")}</entry>`;
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

function link(relation: string, type: string, url: string): string {
  return `<link rel="${relation}" type="${type}" href="${escapeXml(url)}"/>`;
}

/** Instants of one form order as their texts do. */
function later(one: string, other: string): string {
  return one > other ? one : other;
}
