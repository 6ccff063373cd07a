import { join } from "node:path";
import type { Page } from "playwright-core";
import { type Browser, startBrowser } from "../browser.ts";
import { until } from "../service-process.ts";
import { type State, subjectsOf, THEMES, type View, viewsOf, WIDTHS } from "./view.ts";

const HEIGHTS = { 1280: 860, 390: 844 } as const;
/** A longer page is cut off: the library goes on for ever. */
const HEIGHT_MAX = 2_600;
/** An answer that fails is asked for twice more, a second and two later. */
const SETTLED_MS_MAX = 30_000;
/** What Chromium says of an answer that is an error, which is what the state is about. */
const REFUSED = /Failed to load resource/;

export interface Tracker {
  readonly url: string;
  readonly password: string;
}

/** What came of one round: how many pictures, and what is wrong with the pages that they show. */
export interface Album {
  readonly pictures: number;
  readonly problems: readonly string[];
}

/** Photographs every page of a tracker in one state, narrow and wide, light and dark, into `folder`. */
export async function photograph(state: State, tracker: Tracker, folder: string): Promise<Album> {
  let pictures = 0;
  const problems: string[] = [];
  for (const width of WIDTHS) {
    for (const theme of THEMES) {
      const looks = { width, height: HEIGHTS[width], colorScheme: theme };
      await using browser = await startBrowser(looks);
      const take = async (view: View) => {
        const name = `${state}-${view.name}-${width}-${theme}`;
        const found = await picture(browser, state, view, tracker.url, join(folder, `${name}.png`));
        problems.push(...found.map((problem) => `${name}: ${problem}`));
        pictures += 1;
      };
      if (state === "failing") await failEverything(browser.page);
      await take({ name: "sign-in", path: "/" });
      await browser.page.unrouteAll();
      await enter(browser.page, tracker);
      const subjects = await subjectsOf(browser.page.request, tracker.url);
      if (state === "failing") await failEverything(browser.page);
      for (const view of viewsOf(subjects, new Date().getFullYear())) await take(view);
    }
  }
  return { pictures, problems };
}

async function enter(page: Page, { url, password }: Tracker): Promise<void> {
  await page.request.post(`${url}/api/login`, {
    data: { password },
    headers: { "sec-fetch-site": "same-origin" },
  });
}

/** As it is when the store has died: the api says so, and no event comes. */
async function failEverything(page: Page): Promise<void> {
  await page.route("**/api/**", (route) =>
    route.request().url().endsWith("/api/events")
      ? route.abort()
      : route.fulfill({
          status: 503,
          contentType: "application/problem+json",
          body: JSON.stringify({ title: "Unavailable", detail: "The store does not answer." }),
        }),
  );
}

async function picture(
  { page, complaints }: Browser,
  state: State,
  view: View,
  url: string,
  path: string,
): Promise<string[]> {
  const from = complaints.length;
  await page.goto(`${url}${view.path}`);
  await page.locator("h1").first().waitFor();
  await until(
    `${view.path} to settle`,
    SETTLED_MS_MAX,
    async () => (await page.getByLabel("Loading").count()) === 0,
  );
  await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => undefined);
  await view.open?.(page);
  const size = page.viewportSize();
  const { height, overflow } = await page.evaluate<{ height: number; overflow: number }>(MEASURE);
  // Not Chromium's own picture of a whole page: what is virtual would be missing from it.
  if (size !== null && view.open === undefined) {
    const whole = Math.min(HEIGHT_MAX, Math.max(size.height, height));
    await page.setViewportSize({ width: size.width, height: whole });
    await page.evaluate(TWO_FRAMES);
  }
  const covers = () => page.evaluate<boolean>(COVERS_ARE_THERE);
  const uncovered = await until("the covers", SETTLED_MS_MAX, covers).then(
    () => [],
    () => ["a cover neither came nor was drawn"],
  );
  await page.screenshot({ path, animations: "disabled" });
  if (size !== null) await page.setViewportSize(size);
  const expected = state === "failing" || (view.missingIn ?? []).includes(state);
  return [
    ...complaints.slice(from).filter((complaint) => !(expected && REFUSED.test(complaint))),
    ...uncovered,
    ...(overflow > 0 ? [`${overflow} px wider than the screen`] : []),
  ];
}

/** As text, since it is of the browser's world. */
const MEASURE = `({
  height: document.documentElement.scrollHeight,
  overflow: document.documentElement.scrollWidth - innerWidth,
})`;
/** Every picture on the screen is loaded; one that cannot be is drawn in its stead. */
const COVERS_ARE_THERE = `[...document.images]
  .filter((image) => image.getBoundingClientRect().top < innerHeight && image.checkVisibility())
  .every((image) => image.complete && image.naturalWidth > 0)`;
const TWO_FRAMES = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))`;
