import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { signIn, startBrowser } from "./browser.ts";
import { browserTest } from "./browser-test.ts";
import { settled } from "./owner.ts";
import { startTracker } from "./running-tracker.ts";

const TEST_MS = 120_000;

/** Pages on which a game's title, platform or tags stand. */
const WITH_TITLES = [
  "/games/1",
  "/",
  "/library",
  "/library?view=table",
  "/activity",
  "/statistics",
];

function widthOf(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth");
}

browserTest(
  "a title of one long word breaks where its page ends, on a phone and on a wide screen",
  async () => {
    await using tracker = await startTracker();
    await using browser = await startBrowser();
    const { page } = browser;
    const game = { title: "w".repeat(270), platform: "W".repeat(50), tags: ["t".repeat(50)] };
    await tracker.send("POST", "/api/games", { ...game, playtime_minutes: 1_260 });
    const [from, until] = [3, 1].map((hours) => new Date(Date.now() - hours * 3_600_000));
    const session = { started_at: from, ended_at: until };
    await tracker.send("POST", "/api/sessions", { game_id: 1, ...session });
    await signIn(page, tracker.url);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 860 });
      for (const path of WITH_TITLES) {
        await page.goto(`${tracker.url}${path}`);
        await settled(page);
        expect({ path, width: await widthOf(page) }).toEqual({ path, width });
      }
    }
  },
  TEST_MS,
);

browserTest(
  "a library and a catalogue in which nothing is yet say so, with what to do about it",
  async () => {
    await using tracker = await startTracker();
    await using browser = await startBrowser();
    const { page } = browser;
    await signIn(page, tracker.url);

    await page.goto(`${tracker.url}/library`);
    await page.getByText("The library is empty").waitFor();
    expect(await page.getByRole("link", { name: "Set up Steam" }).getAttribute("href")).toBe(
      "/setup",
    );
    await page.getByRole("main").getByRole("button", { name: "Add a game" }).last().click();
    await page.getByRole("dialog").getByLabel("Title").waitFor();
    await page.keyboard.press("Escape");

    await page.goto(`${tracker.url}/library?status=Playing`);
    await page.getByText("No game is like that").waitFor();
    await page.goto(`${tracker.url}/catalogue`);
    await page.getByText("The catalogue is empty").waitFor();
    await page.getByRole("link", { name: "Start one" }).click();
    await page.getByRole("heading", { level: 1, name: "Operations" }).waitFor();
    expect(browser.complaints).toEqual([]);
  },
  TEST_MS,
);
