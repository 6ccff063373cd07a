import { expect } from "bun:test";
import type { Job } from "@tracker/contracts";
import { signIn, startBrowser } from "./browser.ts";
import { browserTest } from "./browser-test.ts";
import { startTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";
import { SIM_STEAM_ID, startSteamSim } from "./steam-sim/sim.ts";

// A full bar beside "0, failed" says that all is well and that nothing is.
browserTest(
  "an import that failed says what failed and offers another try, and shows no bar",
  async () => {
    await using sim = await startSteamSim();
    await using tracker = await startTracker({
      env: {
        STEAM_API_KEY: "F".repeat(32),
        STEAM_ID: SIM_STEAM_ID,
        STEAM_API_URL: sim.url,
        STEAM_STORE_URL: sim.url,
        STEAMSPY_URL: sim.url,
      },
    });
    await using browser = await startBrowser();
    const { page } = browser;
    await signIn(page, tracker.url);
    const panel = page.getByRole("region", { name: /3\. The library/ });

    await page.goto(`${tracker.url}/setup`);
    await page.getByRole("button", { name: "Import", exact: true }).click();
    const alert = panel.getByRole("alert");
    await alert.waitFor({ timeout: 60_000 });
    const told = await alert.innerText();
    const bars = await page.getByRole("progressbar").count();
    await panel.getByRole("button", { name: "Try again" }).click();
    await until("another import to be started", 30_000, async () => {
      const { items } = await tracker.get<{ items: Job[] }>("/api/jobs");
      return items.filter(({ kind }) => kind === "import").length === 2;
    });

    expect(told).toMatch(/The import failed before its first game, .*: .*key/);
    expect(bars).toBe(0);
  },
  120_000,
);
