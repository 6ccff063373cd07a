import { expect, test } from "bun:test";
import { type Bus, request, subscribeEvents } from "@tracker/bus";
import {
  cancelJob,
  getGame,
  listAchievements,
  listGames,
  pauseJob,
  resumeJob,
  startJob,
} from "@tracker/contracts";
import {
  dumpImport,
  type ImportingTracker,
  importTracker,
  playedLibrary,
} from "./importing-tracker.ts";
import { until } from "./service-process.ts";
import { ACHIEVEMENT_ENDPOINTS } from "./steam-sim/fault.ts";
import { EMPTY_TRUTH, SIM_KEY } from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";

const WITHIN_MS = 20_000;
const timesAsked = (tracker: ImportingTracker, appId: number) =>
  tracker.sim.requests("GetPlayerAchievements").filter((each) => each.appId === appId).length;
const asked = (tracker: ImportingTracker) => tracker.sim.requests("GetPlayerAchievements").length;

/** The events from the beginning of the stream on. */
function collectEvents(bus: Bus): Disposable & { readonly subjects: string[] } {
  const stop = new AbortController();
  const subjects: string[] = [];
  const note = ({ subject }: { subject: string }) => void subjects.push(subject);
  void subscribeEvents(bus, { after: 0 }, note, stop.signal);
  return { subjects, [Symbol.dispose]: () => stop.abort() };
}

test("a library comes in whole: every game asked for once, complete in the status, with its counts in every list", async () => {
  await using tracker = await importTracker(playedLibrary(30));

  const job = await tracker.import();

  expect(job).toMatchObject({ state: "done", progress: { done: 30, total: 30, eta_seconds: 0 } });
  expect(job.result).toMatchObject({ games: 30, library: null });
  expect(asked(tracker)).toBe(30);
  const order = tracker.sim.requests("GetPlayerAchievements").map(({ appId }) => appId ?? 0);
  expect(order).toEqual(order.toSorted((a, b) => a - b)); // The first has been played most.
  expect(tracker.sim.largestWindow(ACHIEVEMENT_ENDPOINTS, 1_000)).toBeLessThanOrEqual(50);
  const open =
    "SELECT * FROM steam_import_status WHERE NOT (game_imported AND achievements_imported)";
  expect(tracker.query(open)).toEqual([]);
  const { items } = await request(tracker.api, listGames, { sort: "hours_played" });
  const first = items[0];
  const list = await request(tracker.api, listAchievements, { game_id: first?.id ?? 0 });
  expect(list.total).toBeGreaterThan(0);
  expect(first).toMatchObject({
    total_achievements: list.total,
    unlocked_achievements: list.unlocked,
  });
  expect(list.items.every((item) => item.unlocked === (item.unlocked_at !== null))).toBe(true);
  expect(items.every((game) => /header|capsule/.test(game.cover_url ?? "header"))).toBe(true);
  expect(tracker.lines.join("")).not.toContain(SIM_KEY);
});

test("the next import asks for nothing; a full refresh for everything, and what a person set stays", async () => {
  await using tracker = await importTracker(playedLibrary(5));
  await tracker.import();
  const before = dumpImport(tracker.databasePath);
  const first = asked(tracker);

  const second = await tracker.import();
  expect(second).toMatchObject({ state: "done", result: { games: 0 } });
  expect(asked(tracker)).toBe(first);

  const third = await tracker.import({ full_refresh: true });
  expect(third).toMatchObject({ state: "done", result: { games: 5 } });
  expect(asked(tracker)).toBe(first + 5);
  expect(dumpImport(tracker.databasePath)).toEqual(before);
});

test("only the named games are imported; unknown ones are refused by name and nothing is queued", async () => {
  await using tracker = await importTracker(playedLibrary(5));

  const refusal = await request(tracker.api, startJob("import"), { app_ids: [1_000, 77] }).catch(
    (error: unknown) => error,
  );
  const job = await tracker.import({ app_ids: [1_010, 1_030] });

  expect(refusal).toMatchObject({ code: "INVALID", field: "/app_ids" });
  expect(String(refusal)).toContain("got 77");
  expect(job).toMatchObject({ id: 1, state: "done", result: { games: 2 } });
  expect(tracker.sim.requests("GetPlayerAchievements").map(({ appId }) => appId)).toEqual([
    1_010, 1_030,
  ]);
});

test.each([
  ["achievements", "yes"],
  ["app_ids", []],
  ["app_ids", [0]],
  ["app_ids", [1, 1]],
  ["full", true],
])("a wrong body (%s: %j) is refused with the field that is wrong", async (field, value) => {
  await using tracker = await importTracker(playedLibrary(1));

  const wrong = { [field]: value };
  const refusal = await request(tracker.api, startJob("import"), wrong).catch((e: unknown) => e);

  expect(refusal).toMatchObject({ code: "INVALID", field: expect.stringContaining(`/${field}`) });
  expect(tracker.query("SELECT * FROM jobs")).toEqual([]);
});

test("an account without games fails with what is wrong, and nothing is changed", async () => {
  await using tracker = await importTracker(EMPTY_TRUTH);

  const job = await tracker.import();

  expect(job.state).toBe("failed");
  expect(job.error).toContain("no games");
});

test("pause and cancel take effect within one request, a second start answers the running job, and a resume goes on", async () => {
  const env = { STEAM_ACHIEVEMENTS_LIMIT: "5/second" };
  await using tracker = await importTracker(playedLibrary(12), env);
  const id = await tracker.start();
  await tracker.job(id, ({ progress }) => progress.done >= 2);

  const again = await request(tracker.api, startJob("import"), {});
  await request(tracker.api, pauseJob, { id });
  const paused = tracker.sim.requests(ACHIEVEMENT_ENDPOINTS).length;
  // Two slots of the quota later the next requests would have come.
  const shown = performance.now() + 2_500;
  await until("time to pass", WITHIN_MS, () => performance.now() > shown);
  const later = tracker.sim.requests(ACHIEVEMENT_ENDPOINTS).length;
  await request(tracker.api, resumeJob, { id });
  await tracker.job(id, ({ progress }) => progress.done >= 6);
  await request(tracker.api, cancelJob, { id });
  const cancelled = tracker.sim.requests(ACHIEVEMENT_ENDPOINTS).length;
  const job = await tracker.import();

  expect(again).toMatchObject({ id, already_active: true });
  expect(later - paused).toBeLessThanOrEqual(1);
  expect(job.id).toBe(id + 1);
  expect(job.state).toBe("done");
  const total = new Set(tracker.sim.requests("GetPlayerAchievements").map((each) => each.appId));
  expect(total.size).toBe(12);
  expect(asked(tracker)).toBeLessThanOrEqual(12 + 2);
  expect(cancelled).toBeGreaterThan(later);
});

test("throttling and an outage are waited out, and their reason is kept meanwhile", async () => {
  await using tracker = await importTracker(playedLibrary(6));
  const endpoint = "GetPlayerAchievements";
  await tracker.sim.control.fail({ kind: "limited", endpoint, times: 2, retryAfter: "1" });
  await tracker.sim.control.fail({ kind: "unavailable", endpoint, times: 2, retryAfter: "1" });
  await tracker.sim.control.fail({ kind: "reset", endpoint, times: 1 });

  const id = await tracker.start();
  await until("the reason", WITHIN_MS, () =>
    tracker
      .query<{ outcome: string }>("SELECT outcome FROM steam_import_status")
      .some(({ outcome }) => outcome === "limited"),
  );
  const job = await tracker.job(id);

  expect(job).toMatchObject({ state: "done", result: { games: 6 } });
  expect(
    tracker.query("SELECT * FROM steam_import_status WHERE error_message IS NOT NULL"),
  ).toEqual([]);
});

test("a game that Steam answers nonsense about is left for the next import, and holds up no other", async () => {
  await using tracker = await importTracker(playedLibrary(6));
  const fault = { endpoint: "GetPlayerAchievements" } as const;
  await tracker.sim.control.fail({ kind: "truncated", ...fault, appId: 1_000 });
  await tracker.sim.control.fail({ kind: "html", ...fault, appId: 1_010, times: 1 });
  await tracker.sim.control.fail({ kind: "server_error", ...fault, appId: 1_020, times: 2 });

  const first = await tracker.import();
  const failed = tracker.query(
    "SELECT steam_app_id, outcome, achievements_imported FROM steam_import_status WHERE NOT achievements_imported",
  );
  await tracker.sim.control.clearFaults();
  const second = await tracker.import();

  expect(first).toMatchObject({ state: "done", result: { games: 6, outcomes: { malformed: 1 } } });
  expect(failed).toEqual([{ steam_app_id: 1_000, outcome: "malformed", achievements_imported: 0 }]);
  expect(timesAsked(tracker, 1_000)).toBe(4);
  expect(second.result).toMatchObject({ games: 1 });
});

// Steam sometimes says nothing with a 200: years of achievements must not go with that.
test("a silent empty answer takes nothing away, neither of a game that is known nor of one whose list has some", async () => {
  await using tracker = await importTracker(playedLibrary(3));
  await tracker.import({ app_ids: [1_000] });
  const before = tracker.query("SELECT * FROM achievements");
  await tracker.sim.control.fail({ kind: "silent_empty", endpoint: "GetPlayerAchievements" });

  await tracker.import({ full_refresh: true });
  const outcomes = tracker.query("SELECT DISTINCT outcome FROM steam_import_status");
  const kept = tracker.query("SELECT * FROM achievements");
  await tracker.sim.control.clearFaults();
  const job = await tracker.import();

  expect(outcomes).toEqual([{ outcome: "empty" }]);
  expect(kept).toEqual(before);
  expect(job.result).toMatchObject({ games: 3, outcomes: { ok: 3 } });
});

test("one game that is not shown is its own matter; a profile that shows none ends the import with the reason, said once", async () => {
  await using tracker = await importTracker(playedLibrary(15));
  const fault = { kind: "private", endpoint: "GetPlayerAchievements" } as const;
  await tracker.sim.control.fail({ ...fault, appId: 1_020 });
  const first = await tracker.import();

  await tracker.sim.control.fail(fault);
  await tracker.sim.control.fail({ kind: "private", endpoint: "GetTopAchievementsForGames" });
  const second = await tracker.import({ full_refresh: true });

  expect(first).toMatchObject({ state: "done", result: { outcomes: { not_visible: 1 } } });
  expect(second.state).toBe("failed");
  expect(second.error).toContain("Game details");
  expect(asked(tracker)).toBe(15 + 5);
});

test.each(["on", 401, 404] as const)(
  "an overview that answers with %p changes nothing in what comes in",
  async (topAchievements) => {
    const library = playedLibrary(4);
    await using tracker = await importTracker(library);
    await tracker.sim.control.configure({ topAchievements });

    const job = await tracker.import();

    expect(job).toMatchObject({ state: "done", result: { games: 4 } });
    const overviewed = tracker.query(
      "SELECT * FROM steam_import_status WHERE overview_total IS NOT NULL",
    );
    expect(overviewed).toHaveLength(topAchievements === "on" ? 4 : 0);
  },
);

test("a wrong key ends the import with what to do", async () => {
  await using tracker = await importTracker(playedLibrary(2));
  await tracker.sim.control.fail({ kind: "bad_key", endpoint: "GetPlayerAchievements" });

  const job = await tracker.import();

  expect(job.state).toBe("failed");
  expect(job.error).toContain("STEAM_API_KEY");
});

test("a game whose last achievement is unlocked while it is followed is completed, told, and asked for alone", async () => {
  const game = { hasStats: true, achievementCount: 2, minutesBefore: 4 };
  const truth = { ...EMPTY_TRUTH, games: [truthGame(500, game), truthGame(510, game)] };
  await using tracker = await importTracker(truth);
  await tracker.import();
  const before = asked(tracker);
  const at = Date.now();
  using events = collectEvents(tracker.api);
  const sitting = {
    appId: 500,
    startedAt: at - 90 * 3_600_000,
    endedAt: at - 60_000,
    mode: "online",
  };
  await tracker.sim.control.setTruth({ ...truth, sittings: [{ ...sitting, mode: "online" }] });
  await tracker.import({ app_ids: [500] });

  const { items } = await request(tracker.api, listGames, { q: "500" });
  const completed = await request(tracker.api, getGame, { id: items[0]?.id ?? 0 });

  await until("the news", WITHIN_MS, () => events.subjects.includes("events.game.completed"));
  expect(asked(tracker)).toBe(before + 1);
  // It was unlocked before tracking began: that the game is complete is news, the unlock is not.
  expect(events.subjects).not.toContain("events.achievement.unlocked");
  expect(completed).toMatchObject({ status: "Completed", completion_percentage: 100 });
});
