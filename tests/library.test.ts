import { Database } from "bun:sqlite";
import { expect } from "bun:test";
import { join } from "node:path";
import type { Game, Job, StartedJob } from "@tracker/contracts";
import { type RunningTracker, startTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";
import { recordedTest } from "./recorded-test.ts";
import { SIM_KEY, SIM_STEAM_ID, startSteamSim } from "./steam-sim/sim.ts";

const WITHIN_MS = 20_000;
/** The record of the look itself: the run, the job that asked for it, its events on their way, and when the account was last seen. */
const RECORDS = new Set(["sync_runs", "jobs", "outbox", "ui_sessions", "sqlite_sequence"]);
const RECORD_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  accounts: ["last_sample_at", "last_presence_at"],
};

recordedTest(
  "owned-games/kevov_129_extended.json",
  "a recorded library of 129 games is there after one poll with exactly its minutes, and a second poll changes no row",
  async (libraryFile) => {
    await using sim = await startSteamSim({ libraryFile });
    await using tracker = await startTracker({
      env: {
        STEAM_API_KEY: SIM_KEY,
        STEAM_ID: SIM_STEAM_ID,
        STEAM_API_URL: sim.url,
        POLL_STARTUP_DELAY_SECONDS: "3600",
        PRESENCE_INTERVAL_SECONDS: "3600",
      },
    });

    await poll(tracker);
    const games = await allGames(tracker);
    const first = dump(tracker.dataDir);
    await poll(tracker);
    const second = dump(tracker.dataDir);

    const recorded: { response: { games: { appid: number; playtime_forever: number }[] } } =
      await Bun.file(libraryFile).json();
    const expected = recorded.response.games.map((game) => [game.appid, game.playtime_forever]);
    expect(expected).toHaveLength(129);
    expect(games).toHaveLength(129);
    expect(new Map(games.map((game) => [game.steam_app_id, game.playtime_minutes]))).toEqual(
      new Map(expected as [number, number][]),
    );
    expect(second).toEqual(first);
    expect(Object.keys(first)).toContain("playtime_changes");
  },
);

/** Asks for a sample and waits until it is in the database. */
async function poll(tracker: RunningTracker): Promise<void> {
  const { id } = await tracker.send<StartedJob>("POST", "/api/jobs", { kind: "poll" });
  let job: Job | undefined;
  await until("the poll to end", WITHIN_MS, async () => {
    job = await tracker.get<Job>(`/api/jobs/${id}`);
    return job.finished_at !== null;
  });
  expect(job).toMatchObject({ state: "done", result: { outcome: "ok", games_seen: 129 } });
  const run = String(job?.result?.["run_id"]);
  await until("its sample to be applied", WITHIN_MS, async () => {
    const { items } = await tracker.get<{ items: { id: string }[] }>("/api/runs");
    return items.some((item) => item.id === run);
  });
}

/** Every page, in a size that the library does not divide by. */
async function allGames(tracker: RunningTracker): Promise<Game[]> {
  const games: Game[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const after: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Game[]; next_cursor: string | null } = await tracker.get(
      `/api/games?limit=20${after}`,
    );
    games.push(...page.items);
    cursor = page.next_cursor;
  }
  return games;
}

/** Every row of every table, but for the look's own record, and for how a search index lies in its pieces, which it tidies in its own time. */
function dump(dataDir: string): Record<string, unknown[]> {
  using database = new Database(join(dataDir, "tracker.db"), { readonly: true });
  const tables = database
    .query<{ name: string }, []>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') ORDER BY name",
    )
    .all()
    .map(({ name }) => name)
    .filter((name) => !RECORDS.has(name));
  return Object.fromEntries(
    tables.map((table) => {
      const rows = database.query<Record<string, unknown>, []>(`SELECT * FROM ${table}`).all();
      for (const row of rows) for (const column of RECORD_COLUMNS[table] ?? []) delete row[column];
      return [table, rows];
    }),
  );
}
