import { expect } from "bun:test";
import { browserTest } from "./browser-test.ts";
import { startOwner, WITHIN_MS } from "./owner.ts";
import { PASSWORD, startTracker } from "./running-tracker.ts";
import { signIn, startBrowser } from "./browser.ts";
import { until } from "./service-process.ts";

const TEST_MS = 90_000;

browserTest(
  "what was typed into a dialog is asked about before it is discarded, and is there again after one had to sign in",
  async () => {
    await using owner = await startOwner({ env: { TIME_ZONE: "UTC" } });
    const { tracker, browser } = owner;
    const { page } = browser;
    const dialog = page.locator("dialog");
    const from = page.getByLabel("From");
    const question = page.getByRole("alertdialog", { name: "Discard what was typed?" });

    await page.goto(`${tracker.url}/games/1`);
    await page.getByRole("button", { name: "Add a session" }).click();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    await page.getByRole("button", { name: "Add a session" }).click();
    await from.fill("2026-01-10T20:00");
    for (const leave of [
      () => page.keyboard.press("Escape"),
      () => page.mouse.click(5, 5),
      () => page.getByRole("button", { name: "Close", exact: true }).click(),
    ]) {
      await leave();
      await question.waitFor();
      await page.keyboard.press("Escape");
      await question.waitFor({ state: "detached" });
      expect(await from.inputValue()).toBe("2026-01-10T20:00");
    }
    await page.keyboard.press("Escape");
    await question.getByRole("button", { name: "Discard" }).click();
    await dialog.waitFor({ state: "detached" });

    await page.getByRole("button", { name: "Add a session" }).click();
    await from.fill("2026-01-10T20:00");
    await page.getByLabel("Until").fill("2026-01-10T22:00");
    await page.context().clearCookies();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByLabel("Password").fill(PASSWORD);
    const away = await page.locator("body").innerText();
    expect(await page.title()).toBe("Sign in · Game Tracker");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Save" }).waitFor();
    expect(await dialog.getByRole("alert").count()).toBe(0);
    expect(await from.inputValue()).toBe("2026-01-10T20:00");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("A session of 2 h was added.").waitFor();
    expect(away).not.toContain("Overview");
    expect(await page.title()).toBe("Game 620 · Game Tracker");

    // Whoever signs out leaves nothing behind.
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await page.getByLabel("Password").waitFor();
    expect(await page.locator("#main").count()).toBe(0);
  },
  TEST_MS,
);

browserTest(
  "a note that is too long is kept as it was typed and says by how much, instead of being cut",
  async () => {
    await using owner = await startOwner();
    const { tracker, browser } = owner;
    const { page } = browser;
    const note = page.getByRole("textbox", { name: "Notes" });
    const held = async () => (await tracker.get<{ notes: string | null }>("/api/games/1")).notes;

    await page.goto(`${tracker.url}/games/1`);
    await note.fill("a".repeat(30_000));
    await page.getByText("Shorten it by 10,000.").waitFor();
    await note.blur();
    expect(await note.inputValue()).toHaveLength(30_000);
    expect(await held()).toBeNull();
    await note.fill("a".repeat(20_000));
    await page.getByText("20,000 of 20,000 characters").waitFor();
    await until("the note", WITHIN_MS, async () => (await held())?.length === 20_000);
    expect(browser.complaints).toEqual([]);
  },
  TEST_MS,
);

browserTest(
  "what cannot be done is not offered: a merge across games, a look at Steam without an account; what is chosen is a step back",
  async () => {
    await using tracker = await startTracker({ env: { TIME_ZONE: "UTC" } });
    await using browser = await startBrowser();
    const { page } = browser;
    for (const title of ["Chess", "Go"]) {
      const { id } = await tracker.send<{ id: number }>("POST", "/api/games", { title });
      for (const [from, to] of [
        ["10:00", "11:00"],
        ["12:00", "13:00"],
      ])
        await tracker.send("POST", "/api/sessions", {
          game_id: id,
          started_at: `2026-01-10T${from}:00.000Z`,
          ended_at: `2026-01-10T${to}:00.000Z`,
        });
    }
    await signIn(page, tracker.url);

    await page.goto(`${tracker.url}/activity`);
    const choose = (title: string) => page.getByLabel(`Choose the session of ${title}`);
    const merge = page.getByRole("button", { name: /^Merge/ });
    await choose("Chess").first().check();
    await choose("Go").first().check();
    await page.getByText("Only sessions of one game can be merged").waitFor();
    expect(await merge.isDisabled()).toBe(true);
    await choose("Go").first().uncheck();
    await choose("Chess").nth(1).check();
    expect(await merge.isEnabled()).toBe(true);

    await page.getByRole("link", { name: "Operations", exact: true }).first().click();
    await page.getByText("are of a Steam account, and none is followed").waitFor();
    for (const name of ["Look at Steam", "Years in review", "Import…"]) {
      expect(await page.getByRole("button", { name, exact: true }).isDisabled()).toBe(true);
    }
    expect(await page.getByRole("button", { name: "Back up", exact: true }).isEnabled()).toBe(true);

    await page.getByRole("link", { name: "Library", exact: true }).first().click();
    await page.getByLabel("Status", { exact: true }).selectOption("Backlog");
    await page.waitForURL(/status=Backlog/);
    await page.getByLabel("Title").fill("chess");
    await page.waitForURL(/q=chess/);
    await page.goBack();
    await page.waitForURL(/\/library$/);
    expect(await page.getByLabel("Status", { exact: true }).inputValue()).toBe("");
    expect(browser.complaints).toEqual([]);
  },
  TEST_MS,
);
