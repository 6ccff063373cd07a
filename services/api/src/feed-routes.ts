import { listFeed } from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { type FeedDocument, toAtom, toJsonFeed } from "./feed-document.ts";
import { entryOf } from "./feed-entry.ts";
import type { Ask } from "./question.ts";
import { DATED_PUBLICLY } from "./visibility.ts";
import { originOf } from "./visitor.ts";

const LIMIT_DEFAULT = 50;
const DAYS_BACK = 365;
const tags = ["Public"];
const query = Type.Object(
  {
    limit: Type.Optional(
      Type.Number({
        minimum: 1,
        maximum: 200,
        multipleOf: 1,
        description: "a whole number from 1 to 200",
        default: LIMIT_DEFAULT,
      }),
    ),
    token: Type.Optional(
      Type.String({
        maxLength: 100,
        description: "a token whose only scope is widget, for readers that send no headers",
      }),
    ),
  },
  { additionalProperties: false },
);
const DESCRIPTION =
  "Play, achievements, completions and new games of the last 365 days, newest first, of games whose visibility is `public`. Unless PUBLIC_FEEDS is true it takes a token of scope `widget`, which may stand in the address.";

/** What happened, for readers of feeds: they show what the public may see, and nothing else. */
export function feedRoutes(ask: Ask) {
  const documentFor = async (request: Request, limit = LIMIT_DEFAULT): Promise<FeedDocument> => {
    const from = Temporal.Now.plainDateISO("UTC").subtract({ days: DAYS_BACK }).toString();
    const { items } = await ask(listFeed, { from, limit, ...DATED_PUBLICLY });
    const origin = originOf(request);
    return { origin, entries: items.map((item) => entryOf(item, origin)) };
  };
  return new Elysia({ name: "feeds" })
    .get(
      "/api/feed.atom",
      async ({ request, query: { limit } }) =>
        feed(toAtom(await documentFor(request, limit)), "application/atom+xml"),
      {
        query,
        detail: {
          tags,
          summary: "Activity as an Atom feed",
          description: DESCRIPTION,
          responses: { 200: { description: "A feed", content: { "application/atom+xml": {} } } },
        },
      },
    )
    .get(
      "/api/feed.json",
      async ({ request, query: { limit } }) =>
        feed(toJsonFeed(await documentFor(request, limit)), "application/feed+json"),
      {
        query,
        detail: {
          tags,
          summary: "Activity as a JSON Feed",
          description: `JSON Feed 1.1. ${DESCRIPTION}`,
          responses: { 200: { description: "A feed", content: { "application/feed+json": {} } } },
        },
      },
    );
}

function feed(text: string, type: string): Response {
  return new Response(text, { headers: { "content-type": `${type}; charset=utf-8` } });
}
