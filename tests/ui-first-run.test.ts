import { expect } from "bun:test";
import { readFileSync } from "node:fs";
import type { Game } from "@tracker/contracts";
import { signIn, startBrowser } from "./browser.ts";
import { browserTest } from "./browser-test.ts";
import { startTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_VANITY_NAME, startSteamSim } from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";

const WITHIN_MS = 30_000;
/** What the owner is promised: a session that began is seen without a reload. */
const SEEN_MS_MAX = 5_000;
const MINUTE_MS = 60_000;
const AXE = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const GAMES = Array.from({ length: 12 }, (_, index) =>
  truthGame(600 + 10 * index, { minutesBefore: 60 * index }),
);

/** Where it is about noon, so that half an hour of play is of one day whenever the test runs. */
function middayZone(): string {
  const east = 12 - new Date().getUTCHours();
  return `Etc/GMT${east > 0 ? "-" : "+"}${Math.abs(east)}`;
}

/** An instant's day in that zone, as the page's heading says it. */
function longName(at: Date): string {
  const options = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
  return at.toLocaleDateString("en-US", { ...options, timeZone: middayZone() });
}

browserTest(
  "a new owner's first evening: the account is set up, imported with a visible bar, a session is seen, ends, is on its day, is corrected, and is in the year",
  async () => {
    await using sim = await startSteamSim({ truth: { ...EMPTY_TRUTH, games: GAMES } });
    await using tracker = await startTracker({
      env: {
        STEAM_API_URL: sim.url,
        STEAM_STORE_URL: sim.url,
        STEAMSPY_URL: sim.url,
        STEAM_ACHIEVEMENTS_LIMIT: "5/second",
        PRESENCE_INTERVAL_SECONDS: "1",
        TIME_ZONE: middayZone(),
      },
    });
    await using browser = await startBrowser();
    const { page } = browser;
    await signIn(page, tracker.url);

    // The account: a wrong key is told at its field, the right one is kept.
    await page.getByRole("link", { name: "Set it up" }).click();
    await page.getByRole("heading", { level: 1, name: "Steam account" }).waitFor();
    await page.getByLabel("Steam Web API key").fill("F".repeat(32));
    await page.getByLabel("Your account").fill(`https://steamcommunity.com/id/${SIM_VANITY_NAME}`);
    await page.getByRole("button", { name: "Check and follow" }).click();
    await page.getByText("Expected a key that Steam accepts").waitFor();
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<{ violations: { id: string }[] }>("axe.run()");
    await page.getByLabel("Steam Web API key").fill(SIM_KEY);
    await page.getByRole("button", { name: "Check and follow" }).click();
    await page.getByText(`${EMPTY_TRUTH.personaName} is followed.`).waitFor({ timeout: WITHIN_MS });

    // The first import, with its bar.
    await page.getByRole("button", { name: "Import" }).click();
    const bar = page.getByRole("progressbar", { name: "Import" });
    await bar.waitFor();
    await until("the bar to move", WITHIN_MS, async () => {
      const text = (await bar.getAttribute("aria-valuenow")) ?? (await bar.getAttribute("value"));
      return Number(text) > 0;
    });
    await page
      .getByRole("region", { name: /3\. The library/ })
      .getByText("done")
      .waitFor({ timeout: WITHIN_MS });
    await page.getByRole("link", { name: "Library" }).first().click();
    await page.getByText("12 games").first().waitFor();

    // A session that is seen while it is played, and on its day when it has ended.
    await page.getByRole("link", { name: "Now" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Now" }).waitFor();
    await page.evaluate("globalThis.isSamePage = true");
    const live = page.getByRole("region", { name: "Activity" }).getByText("live");
    await sim.control.play(640);
    const startedAt = performance.now();
    await live.waitFor();
    const seenMs = performance.now() - startedAt;
    await sim.control.advanceClock(30 * MINUTE_MS);
    await sim.control.stopPlaying();
    await live.waitFor({ state: "detached", timeout: WITHIN_MS });
    process.stdout.write(
      `first run: a session was seen ${Math.round(seenMs)} ms after its start\n`,
    );

    // Its day, without a reload; there it is corrected, and the year follows.
    await page.getByRole("button", { name: "Look now" }).click();
    await page.getByRole("link", { name: "Activity" }).first().click();
    const day = page.getByRole("region", { name: longName(new Date()) });
    await day.getByText("30 min", { exact: true }).first().waitFor({ timeout: WITHIN_MS });
    await page.getByRole("button", { name: /^Correct the session of Game 640/ }).click();
    await page.getByLabel("Or: minutes that it ran idle").fill("10");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("10 minutes of a session were idle.").waitFor();
    await day.getByText("20 min", { exact: true }).first().waitFor();
    const today = page.getByRole("group", { name: /^Days of/ }).locator('[aria-pressed="true"]');
    await until("the year to follow", WITHIN_MS, async () =>
      ((await today.getAttribute("aria-label")) ?? "").endsWith(": 20 min"),
    );
    const isSamePage = await page.evaluate<boolean>("globalThis.isSamePage === true");

    // What the tracker did not see is added by hand.
    const { items } = await tracker.get<{ items: Game[] }>("/api/games?q=640");
    await page.goto(`${tracker.url}/games/${items[0]?.id}`);
    await page.getByRole("button", { name: "Add a session" }).click();
    await page.getByLabel("From").fill("2026-01-10T20:00");
    await page.getByLabel("Until").fill("2026-01-10T22:00");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("A session of 2 h was added.").waitFor();
    await page.goto(`${tracker.url}/activity?day=2026-01-10`);
    const tenth = page.getByRole("region", { name: "Saturday, January 10, 2026" });
    await tenth.getByText("2 h", { exact: true }).first().waitFor();
    const year = await page
      .getByRole("button", { name: /January 10, 2026/ })
      .first()
      .getAttribute("aria-label");

    expect(violations).toEqual([]);
    expect(seenMs).toBeLessThan(SEEN_MS_MAX);
    expect(isSamePage).toBe(true);
    expect(year).toContain("2 h");
    expect(browser.complaints.filter((each) => !each.includes("/api/setup"))).toEqual([]);
    expect(tracker.output()).not.toContain(SIM_KEY);
  },
  180_000,
);
