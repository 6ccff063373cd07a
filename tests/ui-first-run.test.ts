import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { Game } from "@tracker/contracts";
import { findChromium, signIn, startBrowser } from "./browser.ts";
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

test("a new owner's first evening: the account is set up, imported with a visible bar, a session is seen, ends, is on its day, is corrected, and is in the year", async () => {
  const chromium = findChromium();
  if (chromium === null) return;
  await using sim = await startSteamSim({ truth: { ...EMPTY_TRUTH, games: GAMES } });
  await using tracker = await startTracker({
    env: {
      STEAM_API_URL: sim.url,
      STEAM_STORE_URL: sim.url,
      STEAMSPY_URL: sim.url,
      STEAM_ACHIEVEMENTS_LIMIT: "5/second",
      PRESENCE_INTERVAL_SECONDS: "1",
      TIME_ZONE: "UTC",
    },
  });
  await using browser = await startBrowser(chromium);
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
  const live = page.getByRole("region", { name: "Activity" }).getByText("live");
  await sim.control.play(640);
  const startedAt = performance.now();
  await live.waitFor();
  const seenMs = performance.now() - startedAt;
  await sim.control.advanceClock(30 * MINUTE_MS);
  await sim.control.stopPlaying();
  await live.waitFor({ state: "detached", timeout: WITHIN_MS });
  process.stdout.write(`first run: a session was seen ${Math.round(seenMs)} ms after its start\n`);

  // A correction, as of an evening that the tracker did not see.
  const { items } = await tracker.get<{ items: Game[] }>("/api/games?q=640");
  await page.goto(`${tracker.url}/games/${items[0]?.id}`);
  await page.getByRole("button", { name: "Add a session" }).click();
  await page.getByLabel("From").fill("2026-01-10T20:00");
  await page.getByLabel("Until").fill("2026-01-10T22:00");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("A session of 120 minutes was added.").waitFor();
  await page.goto(`${tracker.url}/activity?day=2026-01-10`);
  const day = page.getByRole("region", { name: "Saturday, January 10, 2026" });
  await day.getByText("2 h", { exact: true }).first().waitFor();
  const year = await page
    .getByRole("button", { name: /January 10, 2026/ })
    .first()
    .getAttribute("aria-label");

  expect(violations).toEqual([]);
  expect(seenMs).toBeLessThan(SEEN_MS_MAX);
  expect(year).toContain("2 h");
  expect(browser.complaints.filter((each) => !each.includes("/api/setup"))).toEqual([]);
  expect(tracker.output()).not.toContain(SIM_KEY);
}, 180_000);
