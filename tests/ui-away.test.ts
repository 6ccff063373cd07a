import { expect } from "bun:test";
import { browserTest } from "./browser-test.ts";
import { following, startOwner, WITHIN_MS } from "./owner.ts";
import { startTracker } from "./running-tracker.ts";
import { freePort } from "./service-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

browserTest(
  "filters live in the address, a game is found and opened by keyboard alone, and the page recovers when the tracker was away",
  async () => {
    using data = temporaryFolder("ui-away");
    const options = { dataDir: data.path, env: { PORT: String(freePort()) } };
    await using owner = await startOwner(options);
    const { sim, tracker, browser } = owner;
    const { page } = browser;

    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await page.getByRole("heading", { level: 1, name: "Library" }).waitFor();
    await page.getByLabel("Title").fill("620");
    await page.waitForURL(/q=%22620%22/);
    await page.reload();
    await page.getByText("1 game ·").waitFor();
    await page.keyboard.press("/");
    await page.getByRole("combobox", { name: "Find a page" }).fill("Game 63");
    await page.getByRole("option", { name: /Game 630/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Game 630" }).waitFor();
    const url = page.url();
    await tracker.stop();
    await page.getByText("cannot be reached").first().waitFor({ timeout: WITHIN_MS });
    await using again = await startTracker({
      ...options,
      env: { ...following(sim), ...options.env },
    });
    await page
      .getByText("cannot be reached")
      .first()
      .waitFor({ state: "detached", timeout: WITHIN_MS });

    expect(again.url).toBe(tracker.url);
    expect(url).toMatch(/\/games\/\d+$/);
  },
  120_000,
);
