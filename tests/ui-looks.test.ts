import { expect } from "bun:test";
import { readFileSync } from "node:fs";
import { type Browser, signIn, startBrowser } from "./browser.ts";
import { browserTest } from "./browser-test.ts";
import { PAGES, settled, startOwner } from "./owner.ts";
import { startTracker } from "./running-tracker.ts";

const AXE = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const LOOKS = [
  { width: 1280, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
] as const;
for (const looks of LOOKS) {
  const name = `${looks.width} px in ${looks.colorScheme}`;
  browserTest(
    `at ${name} no page breaks a rule of axe-core, shifts, is too wide, says anything on the console, or asks another host`,
    async () => {
      const still = { ...looks, reducedMotion: "reduce" } as const;
      await using owner = await startOwner({}, still);
      const { tracker, browser } = owner;
      const found: string[] = [];
      for (const path of PAGES) {
        const problems = await problemsOf(browser, `${tracker.url}${path}`);
        found.push(...problems.map((problem) => `${path}: ${problem}`));
      }
      found.push(...browser.complaints.filter((complaint) => !MISSING.test(complaint)));

      expect(found).toEqual([]);
      for (const host of browser.hosts) expect(host).toEndWith("steamstatic.com");
    },
    180_000,
  );
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
  await settled(page);
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

browserTest(
  "whoever wants less motion sees none, on a page that stands and on one that is awaited",
  async () => {
    await using tracker = await startTracker();
    const motionOf = async (reducedMotion: "reduce" | "no-preference") => {
      await using browser = await startBrowser({ reducedMotion });
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
  },
  90_000,
);
