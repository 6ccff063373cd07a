/** Whoever looks at their tracker: a simulated Steam with a small library, a tracker that follows it, a browser. */
import type { Page } from "playwright-core";
import { type Browser, type BrowserOptions, signIn, startBrowser } from "./browser.ts";
import {
  type RunningTracker,
  startTracker,
  type TrackerOptions,
  type Variables,
} from "./running-tracker.ts";
import { until } from "./service-process.ts";
import {
  EMPTY_TRUTH,
  SIM_KEY,
  SIM_STEAM_ID,
  startSteamSim,
  type SteamSim,
} from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";

export const WITHIN_MS = 30_000;
const HOUR_MS = 3_600_000;

/** Every address, also of what is not there. */
export const PAGES = [
  "/",
  "/library",
  "/library?view=table",
  "/games/1",
  "/activity",
  "/activity?view=month",
  "/statistics",
  "/statistics?range=year",
  "/years/2026",
  "/catalogue",
  "/catalogue/620",
  "/operations",
  "/setup",
  "/embed",
  "/reference",
  "/nowhere-at-all",
];

const TRUTH = {
  ...EMPTY_TRUTH,
  games: [
    truthGame(620, { minutesBefore: 600, lastPlayedBefore: Date.now() - 400 * HOUR_MS }),
    truthGame(630, { minutesBefore: 30, lastPlayedBefore: Date.now() - 900 * HOUR_MS }),
    truthGame(640),
  ],
};

export interface FollowedSteam extends AsyncDisposable {
  readonly sim: SteamSim;
  readonly tracker: RunningTracker;
}

export interface Owner extends FollowedSteam {
  readonly browser: Browser;
}

/** What a tracker is told to follow that simulated Steam. */
export function following(sim: SteamSim): Variables {
  return {
    STEAM_API_KEY: SIM_KEY,
    STEAM_ID: SIM_STEAM_ID,
    STEAM_API_URL: sim.url,
    STEAM_STORE_URL: sim.url,
    STEAMSPY_URL: sim.url,
    POLL_STARTUP_DELAY_SECONDS: "0",
    PRESENCE_INTERVAL_SECONDS: "1",
  };
}

/** Starts both, and answers once the three games 620, 630 and 640 are in the library. */
export async function followSteam({
  env,
  ...options
}: TrackerOptions = {}): Promise<FollowedSteam> {
  await using started = new AsyncDisposableStack();
  const sim = started.use(await startSteamSim({ truth: TRUTH }));
  const tracker = started.use(
    await startTracker({ ...options, env: { ...following(sim), ...env } }),
  );
  await until("a library", WITHIN_MS, async () => {
    const { items } = await tracker.get<{ items: unknown[] }>("/api/games");
    return items.length === TRUTH.games.length;
  });
  const whole = started.move();
  return { sim, tracker, [Symbol.asyncDispose]: () => whole.disposeAsync() };
}

/** The same with the owner signed in at a browser. */
export async function startOwner(
  options: TrackerOptions = {},
  looks: BrowserOptions = {},
): Promise<Owner> {
  await using started = new AsyncDisposableStack();
  const followed = started.use(await followSteam(options));
  const browser = started.use(await startBrowser(looks));
  await signIn(browser.page, followed.tracker.url);
  const whole = started.move();
  return { ...followed, browser, [Symbol.asyncDispose]: () => whole.disposeAsync() };
}

/** Waits until a page has all that it asked for. */
export async function settled(page: Page): Promise<void> {
  // A problem document has no heading; every page has one.
  await page.locator("h1, pre").first().waitFor();
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await until(
    "what is awaited",
    WITHIN_MS,
    async () => (await page.getByLabel("Loading").count()) === 0,
  );
}
