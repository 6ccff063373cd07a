import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { type Browser, findChromium, signIn, startBrowser } from "./browser.ts";
import { type RunningTracker, startTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";
import {
  EMPTY_TRUTH,
  SIM_KEY,
  SIM_STEAM_ID,
  startSteamSim,
  type SteamSim,
} from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";

const WITHIN_MS = 30_000;
const HOUR_MS = 3_600_000;
const PAGES = [
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
const AXE = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const LOOKS = [
  { width: 1280, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
] as const;
const TRUTH = {
  ...EMPTY_TRUTH,
  games: [
    truthGame(620, { minutesBefore: 600, lastPlayedBefore: Date.now() - 400 * HOUR_MS }),
    truthGame(630, { minutesBefore: 30, lastPlayedBefore: Date.now() - 900 * HOUR_MS }),
    truthGame(640),
  ],
};

async function startFilled(sim: SteamSim): Promise<RunningTracker> {
  const tracker = await startTracker({
    env: {
      STEAM_API_KEY: SIM_KEY,
      STEAM_ID: SIM_STEAM_ID,
      STEAM_API_URL: sim.url,
      STEAM_STORE_URL: sim.url,
      STEAMSPY_URL: sim.url,
      POLL_STARTUP_DELAY_SECONDS: "0",
    },
  });
  await until("a library", WITHIN_MS, async () => {
    const { items } = await tracker.get<{ items: unknown[] }>("/api/games");
    return items.length === TRUTH.games.length;
  });
  return tracker;
}

for (const looks of LOOKS) {
  const name = `${looks.width} px in ${looks.colorScheme}`;
  test(`at ${name} no page breaks a rule of axe-core, shifts, is too wide, says anything on the console, or asks another host`, async () => {
    const chromium = findChromium();
    if (chromium === null) return;
    await using sim = await startSteamSim({ truth: TRUTH });
    await using tracker = await startFilled(sim);
    await using browser = await startBrowser(chromium, { ...looks, reducedMotion: "reduce" });
    const found: string[] = [];
    await signIn(browser.page, tracker.url);
    for (const path of PAGES) {
      const problems = await problemsOf(browser, `${tracker.url}${path}`);
      found.push(...problems.map((problem) => `${path}: ${problem}`));
    }
    found.push(...browser.complaints.filter((complaint) => !MISSING.test(complaint)));

    expect(found).toEqual([]);
    for (const host of browser.hosts) expect(host).toEndWith("steamstatic.com");
  }, 180_000);
}

/** Pages of what is not there; Chromium says so of their answers too. */
const MISSING = /nowhere-at-all|\/api\/apps\/620/;

interface Looked {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
  readonly shift: number;
  readonly overflow: number;
}

/** As text, since it is of the browser's world. */
const LOOK = `(async () => {
  const { violations } = await axe.run();
  const shift = await new Promise((resolve) => {
    new PerformanceObserver((list) => {
      resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0));
    }).observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
  });
  return { violations, shift, overflow: document.documentElement.scrollWidth - innerWidth };
})()`;

/** What axe finds, and whether the page shifted or is wider than the screen. */
async function problemsOf({ page }: Browser, url: string): Promise<string[]> {
  await page.goto(url);
  // A problem document has no heading; every page has one.
  if ((await page.locator("h1").count()) === 0) await page.locator("h1, pre").first().waitFor();
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await until(
    "what is awaited",
    WITHIN_MS,
    async () => (await page.getByLabel("Loading").count()) === 0,
  );
  await page.evaluate(AXE);
  const { violations, shift, overflow } = await page.evaluate<Looked>(LOOK);
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`),
    ...(shift > 0.05 ? [`a layout shift of ${shift.toFixed(3)}`] : []),
    ...(overflow > 0 ? [`${overflow} px wider than the screen`] : []),
  ];
}

/** The slowest and longest of what moves, in seconds and rounds. */
const MOTION = `(() => {
  const found = [...document.querySelectorAll("*")].map((element) => getComputedStyle(element));
  const seconds = (text) => Math.max(...text.split(",").map(parseFloat));
  return {
    seconds: Math.max(
      ...found.map(({ transitionDuration }) => seconds(transitionDuration)),
      ...found.filter(({ animationName }) => animationName !== "none").map(({ animationDuration }) => seconds(animationDuration)),
    ),
    isEndless: found.some(({ animationName, animationIterationCount }) =>
      animationName !== "none" && animationIterationCount === "infinite"),
  };
})()`;

test("whoever wants less motion sees none, on a page that stands and on one that is awaited", async () => {
  const chromium = findChromium();
  if (chromium === null) return;
  await using tracker = await startTracker();
  const motionOf = async (reducedMotion: "reduce" | "no-preference") => {
    await using browser = await startBrowser(chromium, { reducedMotion });
    const { page } = browser;
    await signIn(page, tracker.url);
    // An answer that does not come: what stands for it pulses.
    await page.route("**/api/stats**", () => undefined);
    await page.goto(`${tracker.url}/statistics`);
    await page.getByLabel("Loading").first().waitFor();
    return await page.evaluate<{ seconds: number; isEndless: boolean }>(MOTION);
  };

  const full = await motionOf("no-preference");
  const less = await motionOf("reduce");

  expect(full.isEndless).toBe(true);
  expect(full.seconds).toBeGreaterThan(0.1);
  expect(less.isEndless).toBe(false);
  expect(less.seconds).toBeLessThanOrEqual(0.001);
}, 90_000);
