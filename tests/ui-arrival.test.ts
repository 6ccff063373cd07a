import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { browserTest } from "./browser-test.ts";
import { PAGES, settled, startOwner } from "./owner.ts";
import type { RunningTracker } from "./running-tracker.ts";

/** So much later every answer comes, and every third one later still, so that they do not come together. */
const LATE_MS = 400;
const LATER_MS = 250;
const SHIFT_MAX = 0.05;
const COVER = /\.(?:jpg|png)(?:\?|$)/;
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** From the first picture of a page on; what moves under a finger that has just tapped is meant to. */
const WATCH = `{
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      shifts.push({ value, what: [...sources].map(({ node }) => node?.textContent?.slice(0, 40) ?? "").join(" | ") });
    }
  }).observe({ type: "layout-shift", buffered: true });
}`;

interface Shift {
  readonly value: number;
  readonly what: string;
}

/** Two months of evenings: enough that no list is shorter than the place that is kept for it. */
async function playAlot(tracker: RunningTracker): Promise<void> {
  for (let day = 1; day <= 50; day++) {
    const at = new Date(Date.now() - day * 86_400_000).toISOString().slice(0, 10);
    await tracker.send("POST", "/api/sessions", {
      game_id: 1 + (day % 3),
      started_at: `${at}T18:00:00.000Z`,
      ended_at: `${at}T19:30:00.000Z`,
    });
  }
}

async function answerLate(page: Page): Promise<void> {
  let asked = 0;
  await page.route("**/api/**", async (route) => {
    asked += 1;
    const lateMs = LATE_MS + (asked % 3 === 0 ? LATER_MS : 0);
    if (!route.request().url().endsWith("/api/events")) await Bun.sleep(lateMs);
    // A page that was left meanwhile no longer wants it.
    await route.continue().catch(() => undefined);
  });
}

for (const width of [1280, 390]) {
  browserTest(
    `while answers come late and one by one, nothing that is read at ${width} px moves away`,
    async () => {
      await using owner = await startOwner({}, { width });
      const { tracker, browser } = owner;
      const { page } = browser;
      await playAlot(tracker);
      await page.addInitScript(WATCH);
      await answerLate(page);
      const found: string[] = [];
      let most = 0;

      for (const path of PAGES) {
        await page.goto(`${tracker.url}${path}`);
        await settled(page);
        const shifts = await page.evaluate<Shift[]>(
          "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(shifts))))",
        );
        const sum = shifts.reduce((total, { value }) => total + value, 0);
        most = Math.max(most, sum);
        if (sum > SHIFT_MAX) found.push(`${path}: ${JSON.stringify(shifts)}`);
      }

      process.stdout.write(`ui: the most that moved at ${width} px is ${most.toFixed(3)}\n`);
      expect(found).toEqual([]);
    },
    180_000,
  );
}

// A host of covers that is away must not make a library of broken pictures.
browserTest(
  "a cover that does not come is drawn, one that comes is shown, and neither is asked for from another host",
  async () => {
    await using owner = await startOwner();
    const { tracker, browser } = owner;
    const { page } = browser;
    const { items } = await tracker.get<{ items: { id: number; title: string }[] }>("/api/games");
    for (const [index, { id }] of items.entries()) {
      const cover_url = `https://shared.akamai.steamstatic.com/${["there", "missing", "refused"][index]}.jpg`;
      await tracker.send("PATCH", `/api/games/${id}`, { cover_url });
    }
    await page.route(COVER, (route) => {
      const url = route.request().url();
      if (url.includes("refused")) return route.abort();
      if (url.includes("missing")) return route.fulfill({ status: 404 });
      return route.fulfill({ contentType: "image/png", body: PICTURE });
    });

    for (const path of ["/library", "/library?view=table", "/"]) {
      await page.goto(`${tracker.url}${path}`);
      await settled(page);
      const broken = await page.evaluate<number>(
        "[...document.images].filter((image) => image.complete && image.naturalWidth === 0).length",
      );
      expect([path, broken]).toEqual([path, 0]);
    }
    await page.goto(`${tracker.url}/library`);
    await settled(page);
    const cards = page.getByRole("article");
    const drawn = await cards.locator("svg text").allTextContents();
    const shown = await cards.locator("img").count();

    expect(drawn).toEqual(["G6", "G6"]);
    expect(shown).toBe(1);
    for (const host of browser.hosts) expect(host).toEndWith("steamstatic.com");
  },
  90_000,
);
