import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { startBrowser } from "./browser.ts";
import { browserTest } from "./browser-test.ts";
import { followSteam, WITHIN_MS } from "./owner.ts";
import { PASSWORD, type RunningTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";

const TABS_MAX = 150;

/** What has the focus, as a screen reader names it. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  if (element === null) return "";
  const labels = [...(element.labels ?? [])].map((label) => label.textContent);
  return (element.ariaLabel ?? labels[0] ?? element.textContent ?? "").trim();
})()`;
const IS_MARKED = `(() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
})()`;

/** Goes on by Tab alone until what has the focus is called so; nobody sees where they are without a mark. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let count = 0; count < TABS_MAX; count++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate<string>(FOCUSED);
    if (typeof name === "string" ? focused === name : name.test(focused)) {
      if (!(await page.evaluate<boolean>(IS_MARKED))) throw new Error(`${focused} shows no focus`);
      return;
    }
    passed.push(focused);
  }
  throw new Error(`Tab never came to ${name}, but to: ${passed.join(" | ")}`);
}

async function type(page: Page, name: string | RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

async function press(page: Page, name: string | RegExp, key = "Enter"): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

const heading = (page: Page, name: string) =>
  page.getByRole("heading", { level: 1, name }).waitFor({ timeout: WITHIN_MS });

async function statusOf(tracker: RunningTracker, id: number): Promise<string> {
  return (await tracker.get<{ status: string }>(`/api/games/${id}`)).status;
}

browserTest(
  "whoever has a keyboard only signs in, finds and opens a game, edits it, corrects a session, filters, and walks the calendar",
  async () => {
    await using followed = await followSteam({ env: { TIME_ZONE: "UTC" } });
    const { tracker } = followed;
    const { items } = await tracker.get<{ items: { id: number }[] }>("/api/games?q=Game%20620");
    const id = items[0]?.id ?? 0;
    // A session that there is something to correct of; what is tested is the correction.
    await tracker.send("POST", "/api/sessions", {
      game_id: id,
      started_at: "2026-01-10T20:00:00.000Z",
      ended_at: "2026-01-10T22:00:00.000Z",
    });
    await using browser = await startBrowser();
    const { page } = browser;

    await page.goto(tracker.url);
    await page.getByLabel("Password").waitFor();
    await type(page, "Password", PASSWORD);
    await page.keyboard.press("Enter");
    await heading(page, "Now");

    // The palette finds and opens.
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find a page" }).waitFor();
    await page.keyboard.type("Game 620");
    await page.getByRole("option", { name: /Game 620/ }).waitFor();
    await page.keyboard.press("Enter");
    await heading(page, "Game 620");

    // Status: the browser's own list, opened and chosen from by its letters.
    await tabTo(page, "Status of Game 620");
    await page.keyboard.type("Dropped");
    await page.keyboard.press("Enter");
    await until("the status", WITHIN_MS, async () => (await statusOf(tracker, id)) === "Dropped");

    // A correction.
    await press(page, /^Correct the session of Game 620/);
    await page.getByRole("dialog").waitFor();
    await type(page, "Or: minutes that it ran idle", "30");
    await page.keyboard.press("Enter");
    await page.getByText("30 minutes of a session were idle.").waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const idle = await tracker.get<{ minutes: number }>("/api/days/2026-01-10");

    // Filters of the library.
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await heading(page, "Library");
    await type(page, "Title", "630");
    await page.getByText("1 game ·").waitFor();
    await press(page, "Clear");
    await page.getByText("3 games ·").waitFor();
    const chosen = page.url();

    // The calendar: arrows go from day to day and into the month before, Enter opens a day.
    await page.goto(`${tracker.url}/activity?view=month&day=2026-01-12`);
    await page.getByRole("region", { name: "January 2026" }).waitFor();
    await tabTo(page, /^Monday, January 12, 2026/);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    const tenth = await page.evaluate<string>(FOCUSED);
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Saturday, January 10, 2026" }).waitFor();
    for (let week = 0; week < 2; week++) await page.keyboard.press("ArrowUp");
    await page.getByRole("region", { name: "December 2025" }).waitFor();
    await until("the focus to follow", WITHIN_MS, async () =>
      (await page.evaluate<string>(FOCUSED)).startsWith("Saturday, December 27, 2025"),
    );

    // Escape closes what is open.
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    expect(idle.minutes).toBe(90);
    expect(chosen).not.toContain("630");
    expect(tenth).toBe("Saturday, January 10, 2026: 1 h 30 min; Game 620 1 h 30 min");
    expect(browser.complaints).toEqual([]);
  },
  180_000,
);
