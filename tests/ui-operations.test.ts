import { expect } from "bun:test";
import { Database } from "bun:sqlite";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { type Browser, signIn, startBrowser } from "./browser.ts";
import { browserTest } from "./browser-test.ts";
import { following } from "./owner.ts";
import {
  natsServerBinary,
  PASSWORD,
  runTracker,
  spawnTracker,
  startTracker,
  type Variables,
} from "./running-tracker.ts";
import { freePort, startServiceProcess, until } from "./service-process.ts";
import { EMPTY_TRUTH, startSteamSim, type SteamSim } from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const WITHIN_MS = 60_000;
/** Long enough for a bar to have moved, had it not stopped. */
const STILL_MS = 3_000;
const OTHERS = ["store", "scheduler", "steam-poller", "importer", "steamspy-collector"];
const AXE = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const TRUTH = {
  ...EMPTY_TRUTH,
  games: [truthGame(620, { minutesBefore: 600 }), truthGame(640)],
};

function variables(sim: SteamSim): Variables {
  return { ...following(sim), TIME_ZONE: "UTC" };
}

/** The entry of the newest job of a kind in the panel of jobs. */
function entryOf(page: Page, kind: string): Locator {
  const jobs = page.getByRole("region", { name: "Jobs", exact: true });
  return jobs
    .getByRole("listitem")
    .filter({ hasText: new RegExp(`^${kind} #`) })
    .first();
}

async function openOperations(browser: Browser, url: string): Promise<Page> {
  const { page } = browser;
  await signIn(page, url);
  await page.getByRole("link", { name: "Operations" }).first().click();
  await page.getByRole("heading", { level: 2, name: "Jobs" }).waitFor();
  return page;
}

async function shareOf(bar: Locator): Promise<number> {
  return Number(await bar.getAttribute("aria-valuenow"));
}

browserTest(
  "a crawl is started with its options, its bar moves, stands while it is paused, moves on and ends in words",
  async () => {
    await using sim = await startSteamSim({ truth: TRUTH, catalogue: { apps: 400 } });
    await using tracker = await startTracker({
      env: {
        ...variables(sim),
        STEAMSPY_API_LIMIT: "20/second",
        STEAM_STORE_API_LIMIT: "10000/minute",
        STEAMSPY_ALL_LIMIT: "100/second",
      },
    });
    await using browser = await startBrowser();
    const page = await openOperations(browser, tracker.url);

    await page.getByRole("button", { name: "Crawl the catalogue…" }).click();
    await page.getByLabel("Apps at a time").fill("20");
    await page.getByRole("button", { name: "Start the crawl" }).click();
    const entry = entryOf(page, "crawl");
    const bar = entry.getByRole("progressbar");
    await until("the bar to move", WITHIN_MS, async () => (await shareOf(bar)) > 0);
    await page.getByRole("button", { name: "Pause crawl" }).click();
    await entry.getByText("paused", { exact: true }).waitFor();
    // What is under way when it is paused may still be told.
    let [before, after] = [-1, await shareOf(bar)];
    await until("the bar to stand", WITHIN_MS, async () => {
      before = after;
      await page.waitForTimeout(STILL_MS);
      after = await shareOf(bar);
      return before === after;
    });
    await page.getByRole("button", { name: "Resume crawl" }).click();
    await until("the bar to move on", WITHIN_MS, async () => {
      const ended = await entry.getByText("done", { exact: true }).isVisible();
      return ended || (await shareOf(bar)) > after;
    });
    await entry.getByText("done", { exact: true }).waitFor({ timeout: WITHIN_MS });
    const words = (await entry.textContent()) ?? "";

    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThan(100);
    expect(words).toContain("full · 20 at a time");
    expect(words).toContain("asked by api");
    expect(browser.complaints).toEqual([]);
  },
  180_000,
);

browserTest(
  "a job is cancelled only when one is sure; an import is told which games",
  async () => {
    await using sim = await startSteamSim({ truth: TRUTH });
    await using tracker = await startTracker({
      env: { ...variables(sim), STEAM_ACHIEVEMENTS_LIMIT: "1/minute" },
    });
    await using browser = await startBrowser();
    await until("a library", WITHIN_MS, async () => {
      const { items } = await tracker.get<{ items: unknown[] }>("/api/games");
      return items.length === 2;
    });
    const page = await openOperations(browser, tracker.url);

    await page.getByRole("button", { name: "Import…" }).click();
    await page.getByLabel("Only these games").fill("640");
    await page.getByRole("button", { name: "Add Game 640" }).click();
    await page.getByRole("button", { name: "Start the import" }).click();
    const entry = entryOf(page, "import");
    await entry.getByText("1 game", { exact: false }).waitFor();
    await page.getByRole("button", { name: "Cancel import" }).click();
    await page.getByRole("button", { name: "Let it be" }).click();
    const kept = await entry.getByRole("button", { name: "Cancel import" }).isVisible();
    await page.getByRole("button", { name: "Cancel import" }).click();
    await page.getByRole("button", { name: "Cancel the job" }).click();
    await entry.getByText("cancelled", { exact: true }).waitFor();
    const { items } = await tracker.get<{ items: { arguments: object; state: string }[] }>(
      "/api/jobs?kind=import",
    );

    expect(kept).toBe(true);
    expect(items).toMatchObject([{ arguments: { app_ids: [640] }, state: "cancelled" }]);
    expect(browser.complaints).toEqual([]);
  },
  120_000,
);

browserTest(
  "a token is shown once, works, and is refused once it is revoked; a backup and an export are made, downloaded and sound",
  async () => {
    await using sim = await startSteamSim({ truth: TRUTH });
    await using tracker = await startTracker({ env: variables(sim) });
    await using browser = await startBrowser();
    using folder = temporaryFolder("ui-operations");
    const page = await openOperations(browser, tracker.url);
    const asWith = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${tracker.url}/api/games`, { headers })).status;
    };

    await page.getByRole("button", { name: "New token" }).click();
    await page.getByLabel("Name", { exact: true }).fill("portfolio");
    await page.getByRole("button", { name: "Create" }).click();
    const secret = await page.getByLabel("Token", { exact: true }).inputValue();
    await page.getByRole("button", { name: "Done" }).click();
    const shown = await page.getByText(secret).count();
    const used = await asWith(secret);
    await page.reload();
    await page.getByText("portfolio").waitFor();
    const shownAgain = (await page.content()).includes(secret);
    await page.getByRole("button", { name: "Revoke portfolio" }).click();
    await page.getByRole("button", { name: "Revoke portfolio for good" }).click();
    await page.getByText("portfolio").waitFor({ state: "detached" });
    const revoked = await asWith(secret);

    const backups = page.getByRole("region", { name: "Backups" });
    await backups.getByText("No backup yet").waitFor();
    await backups.getByRole("button", { name: "Back up now" }).click();
    await backups.getByText("checked", { exact: true }).waitFor({ timeout: WITHIN_MS });
    const downloading = page.waitForEvent("download");
    await backups.getByRole("link", { name: /^Download tracker-/ }).click();
    const file = join(folder.path, "copy.db");
    await (await downloading).saveAs(file);

    const jobs = page.getByRole("region", { name: "Jobs" });
    await jobs.getByRole("button", { name: "Export everything" }).click();
    const link = jobs.getByRole("link", { name: "Download the archive" });
    await link.waitFor({ timeout: WITHIN_MS });
    const exporting = page.waitForEvent("download");
    await link.click();
    const archive = join(folder.path, "all.zip");
    await (await exporting).saveAs(archive);

    expect(secret).toStartWith("trk_");
    expect([shown, shownAgain]).toEqual([0, false]);
    expect([used, revoked]).toEqual([200, 401]);
    using copy = new Database(file, { readonly: true });
    expect(copy.query("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    expect(copy.query("SELECT count(*) AS games FROM games").get()).toEqual({ games: 2 });
    expect(readFileSync(archive).subarray(0, 2).toString()).toBe("PK");
    expect(browser.complaints).toEqual([]);
  },
  120_000,
);

/** A nats-server of the test's own, on the files that a tracker has made for it: killed here, it stays away until it is started. */
async function ownNats(dataDir: string) {
  const url = await (async () => {
    await using tracker = await startTracker({ dataDir });
    return tracker.env["NATS_URL"] ?? "";
  })();
  const start = () =>
    Bun.spawn([natsServerBinary(), "-c", join(dataDir, "nats/nats.conf")], {
      stdin: "ignore",
      stdout: "ignore",
      stderr: "ignore",
    });
  let child = start();
  return {
    url,
    start: () => {
      child = start();
    },
    async kill() {
      child.kill("SIGKILL");
      await child.exited;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.exited;
    },
  };
}

browserTest(
  "while NATS or the api is killed the page says so and keeps its figures, and shows new facts once they are back, without a reload",
  async () => {
    await using sim = await startSteamSim({ truth: TRUTH });
    using data = temporaryFolder("ui-operations");
    await using nats = await ownNats(data.path);
    const port = freePort();
    const env: Variables = {
      ...variables(sim),
      DATA_DIR: data.path,
      NATS_URL: nats.url,
      ADMIN_PASSWORD: PASSWORD,
      PORT: String(port),
      PATH: process.env["PATH"] ?? "",
    };
    await using others = spawnTracker(["up", ...OTHERS], env);
    let api = await startServiceProcess("api", env);
    await using browser = await startBrowser();
    try {
      const page = await openOperations(browser, `http://127.0.0.1:${port}`);
      let loads = 0;
      page.on("load", () => loads++);
      const banner = page.getByText("The tracker cannot be reached. What you see may be old");
      const services = page.getByRole("region", { name: "Services" });
      await services.getByText("ready", { exact: true }).nth(5).waitFor({ timeout: WITHIN_MS });
      const figures = async () =>
        (await page.getByRole("heading", { level: 2 }).allTextContents()).join();
      const whole = await figures();

      await nats.kill();
      await banner.waitFor({ timeout: WITHIN_MS });
      await services.getByText("missing", { exact: true }).first().waitFor({ timeout: WITHIN_MS });
      const withoutNats = await figures();
      nats.start();
      await banner.waitFor({ state: "detached", timeout: WITHIN_MS });
      await services.getByText("ready", { exact: true }).nth(5).waitFor({ timeout: WITHIN_MS });
      const polled = await runTracker(["poll"], env);
      await entryOf(page, "poll").waitFor({ timeout: WITHIN_MS });

      await api.kill();
      await banner.waitFor({ timeout: WITHIN_MS });
      const withoutApi = await figures();
      const again = await startServiceProcess("api", env);
      api = again;
      await banner.waitFor({ state: "detached", timeout: WITHIN_MS });
      const snapped = await runTracker(["snapshot"], env);
      await entryOf(page, "snapshot").waitFor({ timeout: WITHIN_MS });

      expect([polled.exitCode, snapped.exitCode]).toEqual([0, 0]);
      expect([withoutNats, withoutApi]).toEqual([whole, whole]);
      expect(loads).toBe(0);
      expect(others.exitCode).toBeNull();
    } finally {
      await api[Symbol.asyncDispose]();
    }
  },
  240_000,
);

browserTest(
  "the page keeps every rule of axe-core in both themes, wide and on a phone, also in its dialogs, and never overflows",
  async () => {
    await using sim = await startSteamSim({ truth: TRUTH });
    await using tracker = await startTracker({ env: variables(sim) });
    await tracker.command("backup", "--follow");
    const found: string[] = [];
    for (const width of [1280, 390]) {
      for (const colorScheme of ["light", "dark"] as const) {
        await using browser = await startBrowser({
          width,
          colorScheme,
          reducedMotion: "reduce",
        });
        const page = await openOperations(browser, tracker.url);
        await page.getByText("How to put one back").click();
        for (const dialog of [null, "Import…", "Crawl the catalogue…", "New token"]) {
          if (dialog !== null) await page.getByRole("button", { name: dialog }).click();
          await page.evaluate(AXE);
          const { violations } = await page.evaluate<{ violations: { id: string }[] }>("axe.run()");
          const over = await page.evaluate<number>(
            "document.documentElement.scrollWidth - innerWidth",
          );
          const at = `${width} ${colorScheme} ${dialog ?? "page"}`;
          found.push(...violations.map(({ id }) => `${at}: ${id}`));
          if (over > 0) found.push(`${at}: ${over} px too wide`);
          await page.keyboard.press("Escape");
        }
        found.push(...browser.complaints);
      }
    }

    expect(found).toEqual([]);
  },
  180_000,
);
