import { expect } from "bun:test";
import { browserTest } from "./browser-test.ts";
import { startOwner } from "./owner.ts";

browserTest(
  "a session is added, corrected and taken out on its page, each with its undo, and the day follows",
  async () => {
    await using owner = await startOwner({ env: { TIME_ZONE: "UTC" } });
    const { tracker, browser } = owner;
    const { page } = browser;
    const minutes = async () =>
      (await tracker.get<{ minutes: number }>("/api/days/2026-01-10")).minutes;
    const day = page.getByRole("region", { name: "Saturday, January 10, 2026" });

    await page.goto(`${tracker.url}/games/1`);
    await page.getByRole("button", { name: "Add a session" }).click();
    await page.getByLabel("From").fill("2026-01-10T20:00");
    await page.getByLabel("Until").fill("2026-01-10T22:00");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("A session of 2 h was added.").waitFor();
    const added = await minutes();
    await page.getByRole("button", { name: "Correct the session" }).click();
    await page.getByLabel("Or: minutes that it ran idle").fill("30");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("30 minutes of a session were idle.").waitFor();
    const idle = await minutes();
    await page.getByRole("button", { name: "Take out the session" }).click();
    await page.getByText("A session was taken out.").waitFor();
    const removed = await minutes();
    await page.goto(`${tracker.url}/activity?day=2026-01-10`);
    await page.getByRole("button", { name: "Undo: A session was taken out." }).click();
    await day.getByText("1 h 30 min").first().waitFor();
    await page.getByRole("button", { name: "Undo: 30 minutes" }).click();
    await day.getByText("2 h", { exact: true }).first().waitFor();

    expect([added, idle, removed, await minutes()]).toEqual([120, 90, 0, 120]);
    expect(browser.complaints).toEqual([]);
  },
  90_000,
);
