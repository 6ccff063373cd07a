import { expect } from "bun:test";
import type { Locator } from "playwright-core";
import { browserTest } from "./browser-test.ts";
import { settled, startOwner } from "./owner.ts";

const WIDTH = 390;

/** Whether the whole of something is between the sides of the screen. */
async function isBetweenTheSides(part: Locator): Promise<boolean> {
  const box = await part.boundingBox();
  return box !== null && box.x >= 0 && box.x + box.width <= WIDTH;
}

browserTest(
  "on a phone the year opens at the day that is looked at and says that there is more; filters and what may be done with a session are behind one button",
  async () => {
    const looks = { width: WIDTH, height: 844 };
    await using owner = await startOwner({ env: { TIME_ZONE: "UTC" } }, looks);
    const { tracker, browser } = owner;
    const { page } = browser;
    await tracker.send("POST", "/api/sessions", {
      game_id: 1,
      started_at: "2025-12-30T18:00:00.000Z",
      ended_at: "2025-12-30T19:30:00.000Z",
    });

    await page.goto(`${tracker.url}/activity`);
    await settled(page);
    const today = await isBetweenTheSides(page.locator('[data-day][aria-pressed="true"]'));
    await page.goto(`${tracker.url}/activity?day=2025-12-30`);
    await settled(page);
    const chosen = await isBetweenTheSides(page.locator('[data-day="2025-12-30"]'));
    const first = await isBetweenTheSides(page.locator('[data-day="2025-01-01"]'));
    await page.getByText("← earlier").waitFor();

    const split = page.getByRole("button", { name: /^Split the session of Game/ });
    const folded = await split.isVisible();
    await page.getByRole("button", { name: /^What to do with the session of Game/ }).click();
    await split.waitFor();

    await page.goto(`${tracker.url}/library`);
    await settled(page);
    const status = page.getByLabel("Status", { exact: true });
    const hidden = await status.isHidden();
    await page.getByRole("button", { name: "Filter, sort" }).click();
    await status.selectOption("Playing");
    await page.getByText("No game is like that").waitFor();
    await page.getByRole("button", { name: "Filter, sort (1)" }).waitFor();

    expect([today, chosen, first]).toEqual([true, true, false]);
    expect([folded, hidden]).toEqual([false, true]);
    expect(browser.complaints).toEqual([]);
  },
  90_000,
);
