import { expect, test } from "bun:test";
import { listAchievements, listGames } from "@tracker/contracts";
import { request } from "@tracker/bus";
import { importTracker } from "./importing-tracker.ts";
import { recorded } from "./recorded-answer.ts";
import { sharedData } from "./shared-data.ts";
import { EMPTY_TRUTH } from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";

const errors = sharedData("errors");
const fixtures = sharedData("fixtures");
const real = `${fixtures}/adam-dickinson`;

/** A method's recorded answer for one app; `*` is for every app. */
type Recordings = Readonly<Record<string, readonly [folder: string | null, name: string]>>;

/** Stands in front of the simulated Steam and answers with recordings where there are some. */
function playBack(recordings: Recordings) {
  let simUrl = "";
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(incoming) {
      const url = new URL(incoming.url);
      const method = url.pathname.split("/")[2] ?? "";
      const app = url.searchParams.get("appid") ?? url.searchParams.get("gameid") ?? "";
      const found = recordings[`${method} ${app}`];
      if (found === undefined) return fetch(`${simUrl}${url.pathname}${url.search}`);
      const { body, headers, status } = await recorded(found[0] ?? "", found[1]);
      return new Response(body, { status, headers });
    },
  });
  return {
    steamUrl: (url: string) => {
      simUrl = url;
      return server.url.origin;
    },
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

const PLAYER = "GetPlayerAchievements";
const SCHEMA = "GetSchemaForGame";
const PERCENT = "GetGlobalAchievementPercentagesForApp";
const game = (appId: number) =>
  truthGame(appId, { hasStats: true, achievementCount: 3, minutesBefore: 60 });

test.skipIf(fixtures === null)(
  "recorded achievements are stored as they say: names, instants to the second, what is hidden, how rare",
  async () => {
    await using steam = playBack({
      [`${PLAYER} 883710`]: [real, "player-achievements-883710.json"],
      [`${SCHEMA} 883710`]: [real, "schema-883710.json"],
      [`${PERCENT} 883710`]: [real, "global-pct-883710.json"],
    });
    const truth = { ...EMPTY_TRUTH, games: [game(883_710)] };
    await using tracker = await importTracker(truth, {}, steam);

    const job = await tracker.import();
    const { items } = await request(tracker.api, listGames, {});
    const list = await request(tracker.api, listAchievements, { game_id: items[0]?.id ?? 0 });

    expect(job).toMatchObject({ state: "done", result: { outcomes: { ok: 1 } } });
    const unlocked = list.items.filter((item) => item.unlocked);
    expect(unlocked.map((item) => [item.api_name, item.unlocked_at])).toEqual([
      ["NEW_ACHIEVEMENT_1_7", "2026-03-09T17:23:58.000Z"],
      ["NEW_ACHIEVEMENT_1_1", "2026-02-25T19:51:04.000Z"],
    ]);
    expect(list).toMatchObject({ unlocked: 2, total: 4, completion_percentage: 50 });
    const first = list.items.find((item) => item.api_name === "NEW_ACHIEVEMENT_1_1");
    expect(first).toMatchObject({ title: "Welcome to the City of the Dead", hidden: true });
    expect(list.items.every((item) => item.icon_url?.startsWith("https://"))).toBe(true);
    expect(list.items.every((item) => item.global_percent !== null)).toBe(true);
  },
);

test.skipIf(errors === null)(
  "every recorded refusal is kept for its app, and none ends the import",
  async () => {
    await using steam = playBack({
      [`${PLAYER} 10`]: [errors, "GetPlayerAchievements.400.no-stats.json"],
      [`${PLAYER} 20`]: [errors, "GetPlayerAchievements.403.not-public.json"],
      [`${PLAYER} 30`]: [errors, "GetPlayerAchievements.200.no-achievements-key.json"],
      [`${SCHEMA} 30`]: [errors, "GetSchemaForGame.200.no-stats.json"],
      // Here the game's own list says that it has some.
      [`${PLAYER} 40`]: [errors, "GetPlayerAchievements.200.no-achievements-key.json"],
      [`${SCHEMA} 50`]: [errors, "GetSchemaForGame.200.no-stats.json"],
      [`${PERCENT} 50`]: [errors, "GetGlobalAchievementPercentages.403.unknown-app.json"],
    });
    const truth = { ...EMPTY_TRUTH, games: [10, 20, 30, 40, 50].map(game) };
    await using tracker = await importTracker(truth, {}, steam);

    const job = await tracker.import();

    expect(job.state).toBe("done");
    const kept =
      "SELECT steam_app_id, outcome, achievements_imported FROM steam_import_status ORDER BY 1";
    expect(tracker.query(kept)).toEqual([
      { steam_app_id: 10, outcome: "no_stats", achievements_imported: 1 },
      { steam_app_id: 20, outcome: "not_visible", achievements_imported: 0 },
      { steam_app_id: 30, outcome: "none", achievements_imported: 1 },
      { steam_app_id: 40, outcome: "empty", achievements_imported: 0 },
      { steam_app_id: 50, outcome: "ok", achievements_imported: 1 },
    ]);
    expect(tracker.query("SELECT DISTINCT global_percent FROM achievements")).toEqual([
      { global_percent: null },
    ]);
  },
);

test.skipIf(errors === null)(
  "the recorded page for a wrong key ends the import and says what to do",
  async () => {
    await using steam = playBack({ [`${PLAYER} 10`]: [errors, "any.403.bad-key.html"] });
    const truth = { ...EMPTY_TRUTH, games: [game(10)] };
    await using tracker = await importTracker(truth, {}, steam);

    const job = await tracker.import();

    expect(job.state).toBe("failed");
    expect(job.error).toContain("STEAM_API_KEY");
  },
);
