import { expect, test } from "bun:test";
import type { FeedItem, Session } from "@tracker/contracts";
import * as fc from "fast-check";
import { toAtom, toJsonFeed } from "./feed-document.ts";
import { entryOf } from "./feed-entry.ts";
import { SESSION_EXAMPLE as SESSION } from "./answer-example.ts";
import { checkMarkup } from "./test-markup.ts";
import { startSystem } from "./test-system.ts";

const ORIGIN = "https://games.example.org";
const AT = "2026-11-20T22:30:00.000Z";
const FED = { at: AT, day: "2026-11-20", live: false } as const;
const ELEMENTS = "feed id title updated author name link entry published category content".split(
  " ",
);
const FEED_PATHS = ["/api/feed.atom", "/api/feed.json"];

const SESSION_ITEM = { type: "session", ...FED, session: SESSION } as const;
const title = fc.oneof(
  fc.string({ unit: "binary", maxLength: 100 }),
  fc.string({ unit: "grapheme", maxLength: 100 }),
  fc.constantFrom(
    "]]><entry>",
    "&amp;",
    "\u0000\u000b\ud800",
    "أسطورة زيلدا",
    "👨‍👩‍👧 \u202eRTL",
    "塞尔达",
  ),
);
const card = {
  game_id: fc.integer({ min: 1, max: 99 }),
  title,
  cover_url: fc.constant(null),
};
const item: fc.Arbitrary<FeedItem> = fc.oneof(
  fc
    .record({ title, id: fc.integer({ min: 1 }), minutes: fc.nat(2_000), live: fc.boolean() })
    .map((given) => sessionItem(given)),
  fc.record({
    ...heading("achievements"),
    ...card,
    achievements: fc.array(
      fc.record({ title, icon_url: fc.constant(null), unlocked_at: fc.constant(AT) }),
      { minLength: 1 },
    ),
  }),
  fc.record({ ...heading("completion"), ...card }),
  fc.record({
    ...heading("games_added"),
    count: fc.integer({ min: 20, max: 30 }),
    games: fc.array(fc.record(card), { minLength: 1, maxLength: 20 }),
  }),
);

function heading<T extends FeedItem["type"]>(type: T) {
  const live: fc.Arbitrary<false> = fc.constant(false);
  return { type: fc.constant(type), at: fc.constant(AT), day: fc.constant(FED.day), live };
}

function sessionItem(given: Partial<Session>): FeedItem {
  const session = { ...SESSION, ...given };
  return { ...SESSION_ITEM, live: session.live, session };
}

test("whatever games and achievements are called, both feeds are well-formed and say all of it", () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 8 }), (items) => {
      const document = { origin: ORIGIN, entries: items.map((each) => entryOf(each, ORIGIN)) };

      const atom = toAtom(document);
      const [declaration = "", ...rest] = atom.split("\n");
      checkMarkup(rest.join("\n"), ELEMENTS);
      expect(declaration).toBe('<?xml version="1.0" encoding="utf-8"?>');
      expect(atom.match(/<entry>/g) ?? []).toHaveLength(items.length);
      const json: { items: { id: string; title: string }[] } = JSON.parse(toJsonFeed(document));
      expect(json.items.map(({ title: said }) => said)).toEqual(
        document.entries.map((entry) => entry.title.toWellFormed()),
      );
    }),
    { numRuns: 300 },
  );
});

// A reader shows an entry anew whose id has changed.
test("an entry keeps its id while it is played, when it ends and when its game is renamed; its update moves on", () => {
  const live = entryOf(sessionItem({ ended_at: null, live: true }), ORIGIN);
  const past = entryOf(sessionItem({ title: "Renamed" }), "https://games.example.org:8443");

  expect(live).toMatchObject({
    id: "tag:games.example.org,2026:session/7",
    title: "Playing Game 1",
    url: "https://games.example.org/games/1",
    updated: AT,
  });
  expect(past).toMatchObject({
    id: live.id,
    title: "Played Renamed for 1 h",
    published: AT,
    updated: "2026-11-20T23:30:00.000Z",
  });
});

test("both feeds tell the same, with the server's own address, and are not sent again while nothing happened", async () => {
  await using system = await startSystem({ PUBLIC_FEEDS: "true", TRUST_PROXY: "true" });
  const headers = { "x-forwarded-host": "games.example.org", "x-forwarded-proto": "https" };

  const [atom, json] = await Promise.all(
    FEED_PATHS.map((path) => system.fetch(`${path}?limit=5`, { headers })),
  );
  const again = await system.fetch(FEED_PATHS[0] ?? "", {
    headers: { ...headers, "if-none-match": atom?.headers.get("etag") ?? "" },
  });
  const text = (await atom?.text()) ?? "";
  const feed = await json?.json();

  expect(atom?.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
  expect(json?.headers.get("content-type")).toBe("application/feed+json; charset=utf-8");
  expect(atom?.headers.get("cache-control")).toBe("public, max-age=60");
  expect(atom?.headers.get("access-control-allow-origin")).toBe("*");
  expect(text).toContain(
    '<link rel="self" type="application/atom+xml" href="https://games.example.org/api/feed.atom"/>',
  );
  expect(text).toContain("<updated>2026-11-20T23:30:00.000Z</updated>\n<author>");
  expect(feed).toMatchObject({
    version: "https://jsonfeed.org/version/1.1",
    feed_url: "https://games.example.org/api/feed.json",
    items: [
      { id: "tag:games.example.org,2026:session/7", title: "Played Game 1 for 1 h" },
      { id: `tag:games.example.org,2026:added/${AT}/1`, title: "Added Game 1" },
    ],
  });
  expect(again.status).toBe(304);
  expect(system.store.fed.at(-1)).toMatchObject({ visibility: "public" });
});

test("a feed takes a widget token, in its header or its address; nothing else takes one from an address, and no log shows it", async () => {
  await using system = await startSystem();
  const widget = system.token("widget");
  const status = async (path: string, token?: string) =>
    (await system.fetch(path, token === undefined ? {} : { token })).status;
  const all = (["widget", "read", "admin"] as const).map((scope) => system.token(scope));
  const both = system.token("widget", "admin");

  for (const path of FEED_PATHS) {
    expect(await status(path)).toBe(401);
    expect(await status(path, widget)).toBe(200);
    expect(
      await Promise.all([...all, both].map((token) => status(`${path}?token=${token}`))),
    ).toEqual([200, 403, 403, 403]);
    expect(await status(`${path}?token=trk_wrong`)).toBe(401);
    expect(await status(`${path}?token=${widget}`, all[1])).toBe(403);
    expect(await status(`${path}?token=${widget}&token=${both}`)).toBe(422);
    expect(await status(`${path}?limit=0&token=${widget}`)).toBe(422);
  }
  const answer = await system.fetch(`${FEED_PATHS[0]}?token=${widget}`);
  expect(answer.headers.get("cache-control")).toBe("private, max-age=60");
  expect(await answer.text()).not.toContain(widget);
  for (const path of ["/api/games", "/api/feed", "/api/status", "/api/events"]) {
    expect(await status(path, widget)).toBe(403);
    expect(await status(`${path}?token=${widget}`)).toBe(401);
  }
  const told = await (await system.fetch(`/api/now-playing?token=${widget}`)).text();
  expect(told).toContain("expected no parameter");
  const log = system.lines.join("\n");
  expect(log).toContain("GET /api/feed.atom");
  for (const secret of [...all, both, widget, "trk_"]) {
    expect(log).not.toContain(secret);
    expect(told).not.toContain(secret);
  }
});

test("with PUBLIC_WIDGETS=false what is being played and its pictures take a widget token, from every origin", async () => {
  await using system = await startSystem({ PUBLIC_WIDGETS: "false" });
  const token = system.token("widget");
  const paths = ["now-playing", "widgets/card.svg", "widgets/heatmap.svg"].map(
    (name) => `/api/${name}`,
  );

  const statuses = (init: { token?: string }) =>
    Promise.all(paths.map(async (path) => (await system.fetch(path, init)).status));
  const asks = { origin: "https://portfolio.example", "access-control-request-method": "GET" };
  const preflight = await system.fetch("/api/now-playing", { method: "OPTIONS", headers: asks });
  const card = await system.fetch("/api/widgets/card.svg", { token });
  const stream = await system.fetch("/api/now-playing/events");

  expect(await statuses({})).toEqual([401, 401, 401]);
  expect(await statuses({ token })).toEqual([200, 200, 200]);
  expect(stream.status).toBe(401);
  expect(card.headers.get("cache-control")).toBe("private, max-age=60");
  expect(preflight.headers.get("access-control-allow-headers")).toBe("Authorization");
});
