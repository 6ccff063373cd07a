import { expect } from "bun:test";
import { signIn, startBrowser } from "./browser.ts";
import { browserTest } from "./browser-test.ts";
import { startTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";

const TEST_MS = 90_000;
const WITHIN_MS = 30_000;

// Nobody but its sessions measures such a game: 0 h in the library and 2 h in Activity is a tracker that one cannot believe.
browserTest(
  "a hand-kept game has the hours that its sessions have, everywhere, without a word of Steam; a split is where one says",
  async () => {
    await using tracker = await startTracker({ env: { TIME_ZONE: "UTC" } });
    await using browser = await startBrowser();
    const { page } = browser;
    await signIn(page, tracker.url);

    await page.goto(`${tracker.url}/library`);
    await page.getByRole("button", { name: "Add a game" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Title").fill("Chess");
    await dialog.getByLabel("Platform").fill("Board");
    await dialog.getByRole("button", { name: /^Add/ }).click();
    await page.getByRole("heading", { level: 1, name: "Chess" }).waitFor();
    await page.getByRole("button", { name: "Add a session" }).click();
    await page.getByLabel("From").fill("2026-01-10T20:00");
    await page.getByLabel("Until").fill("2026-01-10T22:00");
    await page.getByRole("button", { name: "Save" }).click();

    const books = page.getByText("Adds up to what was entered and played: 2 h");
    await books.waitFor();
    const panel = page.getByRole("region", { name: "When it was played" });
    const overview = page.getByRole("region", { name: "Overview" });
    expect([await panel.innerText(), await overview.innerText()].join(" ")).not.toContain("Steam");
    expect(await overview.innerText()).toMatch(/Played\s+2 h/);

    await page.getByRole("button", { name: "Split the session of Chess" }).click();
    const at = page.getByLabel("The second begins (UTC)");
    expect(await at.inputValue()).toBe("2026-01-10T21:00");
    await at.fill("2026-01-10T23:00");
    await page.getByRole("button", { name: "Split", exact: true }).click();
    await page.getByText(/^Expected a time between Jan 10, 2026, 8:00 PM/).waitFor();
    await at.fill("2026-01-10T20:30");
    await page.getByRole("button", { name: "Split", exact: true }).click();
    const told = page.getByText("A session was split. (Jan 10, 2026, 8:30 PM)");
    await told.waitFor();
    const { items } = await tracker.get<{ items: { minutes: number }[] }>(
      "/api/sessions?game_id=1",
    );

    await page.goto(`${tracker.url}/library?view=table`);
    await page.getByRole("row", { name: /Chess/ }).getByText("2 h").waitFor();

    expect(items.map(({ minutes }) => minutes)).toEqual([90, 30]);
    // The browser's own line about the time that was refused.
    expect(browser.complaints).toEqual([expect.stringMatching(/422 .*sessions\/\d+\/split\)$/)]);
  },
  TEST_MS,
);

browserTest(
  "an address that somebody mistyped shows its page as if it had not been said, or that there is nothing there",
  async () => {
    await using tracker = await startTracker({ env: { TIME_ZONE: "UTC" } });
    await using browser = await startBrowser();
    const { page } = browser;
    await signIn(page, tracker.url);
    const shown = async (path: string): Promise<string> => {
      await page.goto(`${tracker.url}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await until("the page to be whole", WITHIN_MS, async () => {
        return (await page.getByLabel("Loading").count()) === 0;
      });
      expect(await page.getByRole("alert").count()).toBe(0);
      return page.getByRole("heading", { level: 1 }).innerText();
    };

    for (const search of ["from=garbage&to=1", "from=2026-02-30&to=2026-99-99", "range=x"]) {
      expect(await shown(`/statistics?${search}`)).toBe("Statistics");
      expect(await page.getByText("Nothing was played in this range").count()).toBe(1);
    }
    expect(await shown("/activity?from=2026-11-02&to=2026-11-01&day=never")).toBe("Activity");
    expect(await shown("/library?sort=colour&status=Lost")).toBe("Library");
    for (const path of ["/games/abc", "/games/1.5", "/catalogue/abc"]) {
      expect(await shown(path)).toBe("Not found");
    }

    // The other end goes along.
    await shown("/statistics?from=2026-02-01&to=2026-02-28");
    await page.getByLabel("From").fill("2026-03-05");
    await page.getByText("Thursday, March 5, 2026 to Thursday, March 5, 2026").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(browser.complaints).toEqual([]);
  },
  TEST_MS,
);
