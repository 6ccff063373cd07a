/** How somebody walks through a long library and through all of Steam: what the page is measured by. */
import { Database } from "bun:sqlite";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { type Interaction, showsRows } from "./interaction.ts";
import type { RunningTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";

const WITHIN_MS = 30_000;
/** So many rows are compared with what the API answers; the first screen holds more. */
const ROWS = 8;
/** Rows that the catalogue asks for at first, and then at a time; the height of one in CSS pixels. */
const FIRST_PAGE = 60;
const PAGE = 200;
const ROW_HEIGHT = 64;

type Query = Record<string, string>;

/** The first choice of each filter of the catalogue. */
const NARROWING = [
  ["Type", { type: "game" }],
  ["Owners, at least", { min_owners: "20000" }],
  ["Positive reviews", { min_review_share: "60" }],
  ["In the library", { owned: "true" }],
] as const;

/** The first names of a list, as the API tells them. */
async function namesOf(tracker: RunningTracker, path: string, query: Query): Promise<string[]> {
  const asked = new URLSearchParams({ ...query, limit: String(ROWS) }).toString();
  const { items } = await tracker.get<{ items: { title?: string; name?: string }[] }>(
    `${path}?${asked}`,
  );
  return items.map(({ title, name }) => title ?? name ?? "");
}

/** Straight into the database: what is measured is the page, not ten thousand requests. */
export function addGames(tracker: RunningTracker, count: number): void {
  using database = new Database(join(tracker.dataDir, "tracker.db"));
  database.run("PRAGMA busy_timeout = 5000");
  database.run(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
     INSERT INTO games (title, platform, status, rating, is_favorite, created_at, updated_at)
     SELECT 'Made up ' || i, iif(i % 7 = 0, 'Switch', 'PC'),
       CASE i % 5 WHEN 0 THEN 'Dropped' WHEN 1 THEN 'Completed' ELSE 'Backlog' END,
       iif(i % 3 = 0, (i % 21) / 2.0, NULL), i % 1000 = 0,
       1700000000000 + i, 1700000000000 + i FROM n`,
  );
}

/** Types, filters, sorts, chooses and opens in the library as a table. */
export async function* walkLibrary(
  page: Page,
  tracker: RunningTracker,
): AsyncGenerator<Interaction> {
  const shows = async (query: Query) =>
    showsRows("Games", await namesOf(tracker, "/api/games", query));
  yield* typing(page, "Title", "made up 12", async (q) => shows(q === "" ? {} : { q }));
  for (const [key, query] of [
    ["ArrowDown", { status: "Playing" }],
    ["ArrowDown", { status: "Completed" }],
    ["End", { status: "Wishlist" }],
    ["Home", {}],
  ] as const) {
    yield choosing(page, "Status", key, await shows(query));
  }
  for (const [name, sort, order] of [
    ["Title", "title", "asc"],
    ["Title", "title", "desc"],
    ["Rating", "rating", "desc"],
    ["Rating", "rating", "asc"],
    ["Played", "hours_played", "desc"],
    ["Last played", "last_played_at", "desc"],
  ] as const) {
    const head = page.getByRole("button", { name, exact: true });
    const result = await shows({ sort, order });
    yield { name: `sort by ${sort}, ${order}`, act: () => head.click(), shows: result };
  }
  for (let index = 0; index < 10; index++) {
    const box = page.getByRole("checkbox").nth(index);
    const selected = `document.body.textContent.includes("${index + 1} selected")`;
    yield { name: "choose a game", act: () => box.click(), shows: selected };
  }
  const covers = `document.querySelector("article") !== null`;
  const show = page.getByRole("button", { name: "Show covers" });
  yield { name: "show covers", act: () => show.click(), shows: covers };
  yield* opening(page.getByRole("article").nth(2).getByRole("link").last());
}

/** Types, filters, sorts, goes on and opens in the catalogue. */
export async function* walkCatalogue(
  page: Page,
  tracker: RunningTracker,
): AsyncGenerator<Interaction> {
  const shows = async (query: Query) =>
    showsRows("Apps", await namesOf(tracker, "/api/apps", query));
  for (const words of ["dark souls", "the l"]) {
    yield* typing(page, "Name", words, async (q) => shows(q.trim() === "" ? {} : { q: q.trim() }));
  }
  const query: Query = {};
  for (const [label, part] of NARROWING) {
    Object.assign(query, part);
    yield choosing(page, label, "ArrowDown", await shows(query));
  }
  for (const sort of ["name", "owners", "reviews", "review_share", "price", "release", "ccu"]) {
    yield choosing(page, "Sort by", "ArrowDown", await shows({ ...query, sort }));
  }
  for (const [label, part] of NARROWING) {
    for (const name of Object.keys(part)) delete query[name];
    yield choosing(page, label, "Home", await shows({ ...query, sort: "ccu" }));
  }
  yield choosing(page, "Sort by", "Home", await shows({}));
  await page.locator("#main").focus();
  for (let rows = FIRST_PAGE; rows < 1_000; rows += PAGE) {
    // The last row of what was there is seen, and the rows after it are there to be scrolled to.
    const shows = `[...document.querySelectorAll('[role="row"]')].some((row) => row.ariaRowIndex > ${rows - ROWS})
      && document.documentElement.scrollHeight > ${(rows + PAGE) * ROW_HEIGHT}`;
    yield { name: `the page after ${rows} apps`, act: () => page.keyboard.press("End"), shows };
  }
  await page.keyboard.press("Home");
  await until("the top", WITHIN_MS, () => page.evaluate<boolean>("scrollY === 0"));
  yield* opening(page.locator('[role="row"][aria-rowindex="4"]').getByRole("link"));
}

/** Letter by letter, and back again. */
async function* typing(
  page: Page,
  label: string,
  words: string,
  shows: (typed: string) => Promise<string>,
): AsyncGenerator<Interaction> {
  const field = page.getByLabel(label, { exact: true });
  await field.focus();
  for (let length = 1; length <= words.length; length++) {
    const typed = words.slice(0, length);
    const key = typed.endsWith(" ") ? "Space" : typed.slice(-1);
    yield { name: `type ${typed}`, act: () => field.press(key), shows: await shows(typed) };
  }
  for (let length = words.length - 1; length >= 0; length--) {
    const left = words.slice(0, length);
    yield {
      name: `back to ${left}`,
      act: () => field.press("Backspace"),
      shows: await shows(left),
    };
  }
}

/** By a key: a choice that a script sets is no interaction. */
function choosing(page: Page, label: string, key: string, shows: string): Interaction {
  const select = page.getByLabel(label, { exact: true });
  return { name: `${label}: ${key}`, act: () => select.press(key), shows };
}

async function* opening(link: Locator): AsyncGenerator<Interaction> {
  const name = await link.textContent();
  await link.hover();
  yield {
    name: `open ${name}`,
    act: () => link.click(),
    shows: `document.querySelector("h1")?.textContent === ${JSON.stringify(name)} && document.querySelector('[aria-label="Loading"]') === null`,
  };
}
