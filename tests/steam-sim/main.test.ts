import { expect, test } from "bun:test";
import { join } from "node:path";
import { createSteamClient, unlimitedPermits } from "@tracker/steam";
import { createSteamSimControl } from "./control.ts";
import { firstLine } from "./process.ts";
import { SIM_STEAM_ID } from "./sim.ts";

const MAIN = join(import.meta.dir, "./main.ts");

test("as a process it prints its URL as one line of JSON, is controlled, and stops when told", async () => {
  const words = ["--port", "0", "--year", "3", "--key", "of-its-own"];
  await using child = Bun.spawn([process.execPath, MAIN, ...words], {
    stdout: "pipe",
    stderr: "pipe",
  });
  const line = await firstLine(child.stdout);
  const { url } = JSON.parse(line) as { url: string };
  const control = createSteamSimControl(url);
  const steam = createSteamClient({
    apiUrl: url,
    key: "of-its-own",
    permits: unlimitedPermits,
  });

  const { games } = await steam.ownedGames(SIM_STEAM_ID);
  const [profile] = await steam.playerSummaries([SIM_STEAM_ID]);

  expect(games.length).toBeGreaterThan(35);
  expect(profile?.inGame?.name).toBeString();
  expect(await control.requests()).toHaveLength(2);

  child.kill("SIGTERM");
  expect(await child.exited).toBe(0);
  expect(await new Response(child.stderr).text()).toBe("");
});

test.each([
  ["--now", "tomorrow"],
  ["--port", "http"],
  ["--year", "1984.5"],
  ["--games", "many"],
  ["--unknown", "option"],
])("as a process it refuses %s %s in one line", async (option, value) => {
  await using child = Bun.spawn([process.execPath, MAIN, option, value], { stderr: "pipe" });

  expect(await child.exited).toBe(2);
  const lines = (await new Response(child.stderr).text()).trim().split("\n");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(option);
});
