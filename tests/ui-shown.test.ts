import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { signIn, startBrowser } from "./browser.ts";
import { browserTest } from "./browser-test.ts";
import { startTracker } from "./running-tracker.ts";

const LONG_TITLE = "A title that never ends ".repeat(12).trim();
/** Three lines of the page's title. */
const TITLE_HEIGHT_MAX = 110;

const heading = async (page: Page, address: string): Promise<string> => {
  await page.goto(address);
  return page.getByRole("heading", { level: 1 }).innerText();
};
const groundColour = (page: Page) =>
  page.evaluate<string>("getComputedStyle(document.body).backgroundColor");

// A hand-kept library has old sessions, games that are done since nobody knows when, and one that was only tried.
browserTest(
  "a library that is kept by hand is shown as it is: what is missing is said and offered, what cannot work is not, and paper is white",
  async () => {
    await using tracker = await startTracker({ env: { TIME_ZONE: "UTC" } });
    await using browser = await startBrowser({ width: 390, height: 844 });
    const { page } = browser;
    await signIn(page, tracker.url);

    // The first game is added from the first page.
    await page.getByText("add a game, and on its page a session").waitFor();
    await page.getByRole("button", { name: "Add a game" }).click();
    await page.getByRole("dialog").getByLabel("Title").fill(LONG_TITLE);
    await page.getByRole("dialog").getByLabel("Status").selectOption("Completed");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: LONG_TITLE }).waitFor();
    const title = await page.getByRole("heading", { level: 1 }).boundingBox();
    const { items } = await tracker.get<{ items: { id: number }[] }>("/api/games");
    const id = items[0]?.id ?? 0;
    const start = "1985-06-01T10:00:00.000Z";
    await tracker.send("POST", "/api/sessions", {
      game_id: id,
      started_at: start,
      ended_at: "1985-06-01T10:01:00.000Z",
    });

    // A year before 2000 is itself; what is no year is nothing.
    expect(await heading(page, `${tracker.url}/years/1985`)).toBe("1985 in review");
    await page.getByRole("img", { name: "1985: 1 min in 1 game on 1 day" }).waitFor();
    await page.getByText("1 completed game has no date").waitFor();
    expect(await heading(page, `${tracker.url}/years/abc`)).toBe("Not found");
    expect(await heading(page, `${tracker.url}/years/1969`)).toBe("Not found");
    await page.goto(`${tracker.url}/statistics?from=1985-01-01&to=1985-12-31`);
    await page.getByText("1 completed game has no date").waitFor();
    await page.getByText("nothing is known of the time before").waitFor();
    expect(await page.getByRole("region", { name: "Month by month" }).count()).toBe(1);

    // The game: its day has its year, its date is offered, its dialog asks for hours and a cover.
    await page.goto(`${tracker.url}/games/${id}`);
    const sessions = page.getByRole("region", { name: "Sessions" });
    await sessions.getByText("Jun 1, 1985", { exact: true }).waitFor();
    await page.getByText("no date set, so no year counts it").waitFor();
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByText("No date is set, so no year counts").waitFor();
    await page.getByRole("button", { name: "Today", exact: true }).click();
    const now = new Date().toISOString().slice(0, 10);
    expect(await page.getByLabel("Completed on").inputValue()).toBe(now);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "It was today" }).click();
    await page.getByText("no date set").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Edit" }).click();
    expect(await page.getByLabel("Hours played in all").inputValue()).toBe("0.02");
    await page.getByLabel("Hours played in all").fill("1.52");
    await page.getByLabel("Cover").fill("https://cdn.akamai.steamstatic.com/a.jpg");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const game = await tracker.get<object>(`/api/games/${id}`);

    // On paper.
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
    const onScreen = await groundColour(page);
    const isNavigationOnScreen = await page.getByRole("navigation").isVisible();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const onPaper = await groundColour(page);
    const isNavigationOnPaper = await page.getByRole("navigation").isVisible();
    await page.emulateMedia({ media: "screen", colorScheme: "light" });

    // What is of Steam waits for an account.
    await page.goto(`${tracker.url}/operations`);
    await page.getByText("and none is followed").waitFor();
    for (const name of ["Look at Steam", "Years in review", "Import…"]) {
      expect(await page.getByRole("button", { name }).isDisabled()).toBe(true);
    }
    expect(await page.getByRole("button", { name: "Back up", exact: true }).isEnabled()).toBe(true);

    // The same title again is said, and may be added.
    await page.goto(`${tracker.url}/library`);
    await page.getByRole("button", { name: "Add a game" }).first().click();
    await page.getByRole("dialog").getByLabel("Title").fill(LONG_TITLE.toUpperCase());
    await page.getByText("There is a game of this title already: on PC").waitFor();
    const isAddable = await page.getByRole("button", { name: "Add", exact: true }).isEnabled();

    expect(title?.height).toBeLessThan(TITLE_HEIGHT_MAX);
    expect(game).toMatchObject({
      completion_date: now,
      playtime_minutes: 91,
      cover_url: "https://cdn.akamai.steamstatic.com/a.jpg",
    });
    expect([onScreen, onPaper]).toEqual(["rgb(13, 15, 18)", "rgb(255, 255, 255)"]);
    expect([isNavigationOnScreen, isNavigationOnPaper]).toEqual([true, false]);
    expect(isAddable).toBe(true);
    expect(browser.complaints).toEqual([]);
  },
  120_000,
);
