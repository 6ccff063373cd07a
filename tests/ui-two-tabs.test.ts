import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { signIn, startBrowser } from "./browser.ts";
import { browserTest } from "./browser-test.ts";
import { WITHIN_MS } from "./owner.ts";
import { PASSWORD, startTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";

const TEST_MS = 90_000;

/** A hand-kept game, with its page open in a browser of somebody who is signed in. */
async function startWriter() {
  await using started = new AsyncDisposableStack();
  const tracker = started.use(await startTracker({ env: { TIME_ZONE: "UTC" } }));
  const browser = started.use(await startBrowser());
  const { page } = browser;
  await signIn(page, tracker.url);
  await page.evaluate(() =>
    fetch("/api/games", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ title: "Chess", platform: "Board" }),
    }),
  );
  const open = async (tab: Page) => {
    await tab.goto(`${tracker.url}/games/1`);
    await noteOf(tab).waitFor();
    return noteOf(tab);
  };
  const held = async () => (await tracker.get<{ notes: string | null }>("/api/games/1")).notes;
  const parts = started.move();
  return {
    page,
    open,
    anotherTab: () => page.context().newPage(),
    holds: (text: string) =>
      until(`the note "${text}"`, WITHIN_MS, async () => (await held()) === text),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** Keeps what this tab asks of the game from the tracker until told. */
async function hold(tab: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await tab.route("**/api/games/1", async (route) => {
    await promise;
    await route.fallback();
  });
  return resolve;
}

function noteOf(tab: Page) {
  return tab.getByRole("textbox", { name: "Notes" });
}

browserTest(
  "a note follows what another tab writes; what is typed meanwhile is neither saved over it nor lost, and one chooses",
  async () => {
    await using writer = await startWriter();
    const mine = await writer.open(writer.page);
    const theirs = await writer.open(await writer.anotherTab());

    await theirs.fill("from there");
    await writer.holds("from there");
    const shown = () => mine.inputValue();
    await until("the other's note", WITHIN_MS, async () => (await shown()) === "from there");

    const release = await hold(writer.page);
    await mine.fill("typed here");
    await theirs.fill("from there again");
    await writer.holds("from there again");
    release();
    await writer.page.getByText("This note was changed elsewhere meanwhile.").waitFor();
    expect(await shown()).toBe("typed here");
    await mine.blur();
    await writer.holds("from there again");
    await writer.page.getByRole("button", { name: "Keep what I typed" }).click();
    await writer.holds("typed here");
    await until(
      "it there too",
      WITHIN_MS,
      async () => (await theirs.inputValue()) === "typed here",
    );
  },
  TEST_MS,
);

browserTest(
  "what was just typed is kept where the page is left at once, and where somebody was signed out in another tab",
  async () => {
    await using writer = await startWriter();
    const { page } = writer;
    await (await writer.open(page)).fill("and closed");
    await page.reload();
    await writer.holds("and closed");

    const note = await writer.open(page);
    const other = await writer.anotherTab();
    await writer.open(other);
    const release = await hold(page);
    await note.fill("typed signed out");
    await other.getByRole("button", { name: "Sign out" }).first().click();
    await other.getByLabel("Password").waitFor();
    release();
    await page.getByText("You were signed out.").waitFor();
    expect(await page.locator("body").innerText()).not.toContain("expected a session");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await noteOf(page).waitFor();
    expect(await noteOf(page).inputValue()).toBe("typed signed out");
    await writer.holds("typed signed out");
  },
  TEST_MS,
);
