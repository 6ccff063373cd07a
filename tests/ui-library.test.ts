import { expect } from "bun:test";
import type { Game } from "@tracker/contracts";
import { browserTest } from "./browser-test.ts";
import { startOwner, WITHIN_MS } from "./owner.ts";
import type { RunningTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";

async function libraryOf(tracker: RunningTracker): Promise<Game[]> {
  return (await tracker.get<{ items: Game[] }>("/api/games?limit=1000")).items;
}

browserTest(
  "games are changed in bulk and taken back with one undo; an edit that is refused rolls back with its reason",
  async () => {
    await using owner = await startOwner();
    const { tracker, browser } = owner;
    const { page } = browser;
    const statuses = async () => new Set((await libraryOf(tracker)).map(({ status }) => status));
    const before = await statuses();

    await page.getByRole("link", { name: "Library", exact: true }).click();
    for (const title of ["Game 620", "Game 630"]) await page.getByLabel(`Select ${title}`).check();
    await page.getByRole("button", { name: "All", exact: true }).click();
    await page.getByLabel("Status of the selected games").selectOption("Dropped");
    await page.getByText("Dropped: 3 games.").waitFor();
    const changed = await statuses();
    await page.getByRole("button", { name: "Undo" }).click();
    await until("the undo", WITHIN_MS, async () => !(await statuses()).has("Dropped"));
    const undone = await statuses();
    await page.getByRole("button", { name: "Clear the selection" }).click();
    await page.route("**/api/games/*", (route) =>
      route.request().method() === "PATCH"
        ? route.fulfill({
            status: 422,
            contentType: "application/problem+json",
            body: `{"detail":"not today"}`,
          })
        : route.fallback(),
    );
    await page.getByLabel("Status of Game 620").selectOption("Wishlist");
    await page.getByText("not today").waitFor();
    const shown = await page.getByLabel("Status of Game 620").inputValue();

    expect([...changed]).toEqual(["Dropped"]);
    expect(undone).toEqual(before);
    expect(shown).toBe("Backlog");
  },
  90_000,
);
