import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { browserTest } from "./browser-test.ts";
import { type Owner, startOwner } from "./owner.ts";

interface Items<T> {
  readonly items: readonly T[];
}

/** How often the tracker was told something at that address. */
function countWrites(page: Page, path: RegExp): () => number {
  let told = 0;
  page.on("request", (request) => {
    if (request.method() !== "GET" && path.test(new URL(request.url()).pathname)) told++;
  });
  return () => told;
}

async function gameOf({ tracker, browser: { page } }: Owner, title: string): Promise<number> {
  const { id } = await tracker.send<{ id: number }>("POST", "/api/games", { title });
  await page.goto(`${tracker.url}/games/${id}`);
  return id;
}

browserTest(
  "whatever is pressed twice is told once: a game, a session, its split, a webhook",
  async () => {
    await using owner = await startOwner({ env: { TIME_ZONE: "UTC" } });
    const { tracker, browser } = owner;
    const { page } = browser;
    const games = countWrites(page, /^\/api\/games$/);
    const sessions = countWrites(page, /^\/api\/sessions$/);
    const splits = countWrites(page, /\/split$/);
    const webhooks = countWrites(page, /^\/api\/webhooks$/);

    await page.goto(`${tracker.url}/library`);
    await page.getByRole("button", { name: "Add a game" }).first().click();
    await page.getByRole("dialog").getByLabel("Title").fill("Twice");
    await page.getByRole("button", { name: "Add", exact: true }).dblclick();
    await page.getByRole("heading", { level: 1, name: "Twice" }).waitFor();
    await page.getByRole("button", { name: "Add a session" }).click();
    await page.getByLabel("From").fill("2026-01-10T20:00");
    await page.getByLabel("Until").fill("2026-01-10T22:00");
    await page.getByRole("button", { name: "Save" }).dblclick();
    await page.getByText("A session of").first().waitFor();
    await page.getByRole("button", { name: "Split the session" }).click();
    await page.getByRole("button", { name: "Split", exact: true }).dblclick();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.goto(`${tracker.url}/operations`);
    await page.getByRole("button", { name: "New webhook" }).click();
    await page.getByLabel("Name").fill("home");
    await page.getByLabel("Address").fill("https://hooks.example.org/a");
    await page.getByRole("button", { name: "Create" }).dblclick();
    await page.getByLabel("Secret", { exact: true }).waitFor();

    expect([games(), sessions(), splits(), webhooks()]).toEqual([1, 1, 1, 1]);
    const kept = await tracker.get<Items<{ title: string }>>("/api/games?q=Twice");
    expect(kept.items).toHaveLength(1);
  },
  90_000,
);

browserTest(
  "what is refused stays as it was typed, with the reason at its field and its times by the tracker's clock",
  async () => {
    await using owner = await startOwner({ env: { TIME_ZONE: "Europe/Berlin" } });
    const { page } = owner.browser;
    const id = await gameOf(owner, "By hand");
    const dialog = page.getByRole("dialog");

    await page.getByRole("button", { name: "Add a session" }).click();
    await page.getByLabel("From").fill("2026-01-10T10:00");
    await page.getByLabel("Until").fill("2026-01-10T09:00");
    await page.getByRole("button", { name: "Save" }).click();
    const backwards = await dialog.getByRole("alert").innerText();
    await page.getByLabel("From").fill("2026-03-29T02:15");
    await page.getByLabel("Until").fill("2026-03-29T03:30");
    await page.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("There is no 02:15 on 2026-03-29").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Discard", exact: true }).click();
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.getByLabel("Title").fill("Another name");
    await page.getByLabel("Completed on").fill("2099-01-01");
    await page.getByRole("button", { name: "Save" }).click();
    await dialog.getByRole("alert").waitFor();

    expect(backwards).toContain("10:00 AM");
    expect(await page.getByLabel("Title").inputValue()).toBe("Another name");
    const kept = await owner.tracker.get<{ title: string }>(`/api/games/${id}`);
    expect(kept.title).toBe("By hand");
  },
  90_000,
);

browserTest(
  "a correction in which nothing was changed says nothing, and one that says two things is refused",
  async () => {
    await using owner = await startOwner({ env: { TIME_ZONE: "UTC" } });
    const { page } = owner.browser;
    const id = await gameOf(owner, "By hand");
    const span = { started_at: "2026-01-10T10:00:07.000Z", ended_at: "2026-01-10T11:00:07.000Z" };
    await owner.tracker.send("POST", "/api/sessions", { game_id: id, ...span });
    const dialog = page.getByRole("dialog");

    await page.getByRole("button", { name: "Correct the session" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Correct the session" }).click();
    await page.getByLabel("Minutes played").fill("30");
    await page.getByLabel("Or: minutes that it ran idle").fill("10");
    await page.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("one at a time").waitFor();
    await page.getByLabel("Or: minutes that it ran idle").fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });

    const edits = await owner.tracker.get<Items<{ kind: string }>>("/api/sessions/edits");
    expect(edits.items).toHaveLength(2);
    const sessions = await owner.tracker.get<Items<object>>(`/api/games/${id}/sessions`);
    expect(sessions.items).toMatchObject([{ ...span, minutes: 30 }]);
  },
  90_000,
);
