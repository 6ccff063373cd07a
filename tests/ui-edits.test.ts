import { expect } from "bun:test";
import type { Game, Session } from "@tracker/contracts";
import { browserTest } from "./browser-test.ts";
import { startOwner, WITHIN_MS } from "./owner.ts";
import { until } from "./service-process.ts";

interface Items<T> {
  readonly items: readonly T[];
}

const TEST_MS = 90_000;

browserTest(
  "a bulk change says what it did and takes it back, also where it empties the list or fails half-way; tags stand between commas",
  async () => {
    await using owner = await startOwner();
    const { tracker, browser } = owner;
    const { page } = browser;
    const library = async () => (await tracker.get<Items<Game>>("/api/games")).items;
    const all = async (what: string, is: (game: Game) => boolean) =>
      until(what, WITHIN_MS, async () => (await library()).every(is));
    const bar = page.getByRole("region", { name: "Selected games" });
    const undo = page.getByRole("button", { name: "Undo" });

    await page.goto(`${tracker.url}/library?status=Backlog`);
    await page.getByLabel("Select Game 620").check();
    await bar.getByRole("button", { name: "All", exact: true }).click();
    await bar.getByLabel("Status of the selected games").selectOption("Dropped");
    await page.getByText("Dropped: 3 games.").waitFor();
    await bar.waitFor({ state: "detached" });
    await all("the change", ({ status }) => status === "Dropped");
    await undo.click();
    await all("the undo", ({ status }) => status === "Backlog");

    let asked = 0;
    await page.route("**/api/games/*", (route) =>
      route.request().method() === "PATCH" && ++asked === 3
        ? route.fulfill({ status: 500, body: "" })
        : route.fallback(),
    );
    await page.getByLabel("Select Game 620").check();
    await bar.getByRole("button", { name: "All", exact: true }).click();
    await bar.getByLabel("Visibility of the selected games").selectOption("hidden");
    await page.getByText("2 of 3 games changed. The tracker answered 500.").waitFor();
    const half = (await library()).filter(({ visibility }) => visibility === "hidden");
    await undo.click();
    await all("the undo of that half", ({ visibility }) => visibility === "public");

    await bar.getByLabel("A tag for the selected games").fill("a,b , c");
    await bar.getByRole("button", { name: "Tag", exact: true }).click();
    await page.getByText("Tagged a, b, c: 3 games.").waitFor();
    const tagged = await library();

    expect(half).toHaveLength(2);
    expect(tagged.map(({ tags }) => tags)).toEqual(tagged.map(() => ["a", "b", "c"]));
  },
  TEST_MS,
);

browserTest(
  "a form saves what was changed in it and no more: not what another tab saved meanwhile, nor a number that follows another; it stays open where its session is gone",
  async () => {
    await using owner = await startOwner({ env: { TIME_ZONE: "UTC" } });
    const { tracker, browser } = owner;
    const { page } = browser;
    const span = { started_at: "2026-01-10T20:00:07.000Z", ended_at: "2026-01-10T21:00:07.000Z" };
    await tracker.send("POST", "/api/sessions", { game_id: 1, ...span });
    const told = async () =>
      (await tracker.get<Items<Session>>("/api/games/1/sessions")).items.map(
        ({ minutes }) => minutes,
      );
    const dialog = page.getByRole("dialog");
    const correct = async (fields: Readonly<Record<string, string>>) => {
      await page.getByRole("button", { name: "Correct the session" }).click();
      for (const [name, value] of Object.entries(fields)) await page.getByLabel(name).fill(value);
      const minutes = await page.getByLabel("Minutes played").inputValue();
      await page.getByRole("button", { name: "Save" }).click();
      await dialog.waitFor({ state: "detached" });
      return [minutes, await told()];
    };

    await page.goto(`${tracker.url}/games/1`);
    const longer = await correct({ Until: "2026-01-10T23:00" });
    const shorter = await correct({ Until: "2026-01-10T20:31" });
    const partly = await correct({ Until: "2026-01-10T22:00", "Minutes played": "45" });
    const partlyLonger = await correct({ Until: "2026-01-10T23:00" });

    const [session] = (await tracker.get<Items<Session>>("/api/games/1/sessions")).items;
    await page.getByRole("button", { name: "Correct the session" }).click();
    await page.getByLabel("Until").fill("2026-01-10T22:15");
    await tracker.send("DELETE", `/api/sessions/${session?.id}`);
    await page.getByText("No session yet").waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("It is not there any longer").waitFor();
    const typed = await page.getByLabel("Until").inputValue();
    await page.getByRole("button", { name: "Cancel" }).click();

    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await tracker.send("PATCH", "/api/games/1", { tags: ["kept"], platform: "PC" });
    await page.getByRole("region", { name: "Overview" }).getByText("kept").waitFor();
    await page.getByLabel("Completed on").fill("2026-01-11");
    await page.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    const game = await tracker.get<Game>("/api/games/1");

    expect(longer).toEqual(["179", [179]]);
    expect(shorter).toEqual(["30", [30]]);
    expect(partly).toEqual(["45", [45]]);
    expect(partlyLonger).toEqual(["45", [45]]);
    expect(typed).toBe("2026-01-10T22:15");
    expect(game).toMatchObject({ tags: ["kept"], platform: "PC", completion_date: "2026-01-11" });
    // The browser's own line about the session that is gone.
    expect(browser.complaints).toEqual([expect.stringMatching(/404 .*sessions\/\d+\)$/)]);
  },
  TEST_MS,
);
