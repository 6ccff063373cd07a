import { expect, test } from "bun:test";
import { request } from "@tracker/bus";
import { getPollerStatus, getPresence } from "@tracker/contracts";
import { followPlayer, type FollowedPlayer } from "./followed-player.ts";
import { until } from "./service-process.ts";
import { recordedTest } from "./recorded-test.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID, SIM_VANITY_NAME } from "./steam-sim/sim.ts";
import { type Truth, truthGame } from "./steam-sim/truth.ts";

const WITHIN_MS = 10_000;

const HOUR_MS = 3_600_000;
/** Borrowed games are seen for two weeks after they were played. */
const LAST_NIGHT = Date.now() - 12 * HOUR_MS;

const TRUTH: Truth = {
  ...EMPTY_TRUTH,
  games: [
    truthGame(620, { minutesBefore: 600 }),
    truthGame(630),
    truthGame(700, { kind: "borrowed", minutesBefore: 30 }),
  ],
  sittings: [{ appId: 700, startedAt: LAST_NIGHT, endedAt: LAST_NIGHT + HOUR_MS, mode: "online" }],
};

/** Nothing that the poller writes or tells may hold the key. */
function expectNoSecret({ host, samples, presences, ends }: FollowedPlayer): void {
  const told = [...host.lines, JSON.stringify([samples, presences, ends])].join("\n");
  expect(told.length).toBeGreaterThan(100);
  expect(told).not.toContain(SIM_KEY);
}

test("the library and the presence of a player reach the bus as facts, and questions are answered from them", async () => {
  await using player = await followPlayer({ truth: TRUTH });
  await until("a first sample", WITHIN_MS, () => player.samples.length > 0);

  await player.sim.control.play(620);
  await until("a look in game", WITHIN_MS, () => player.presences.some((fact) => fact.in_game));
  const answered = await request(player.api, getPresence, {});
  const status = await request(player.api, getPollerStatus, {});

  expect(player.samples[0]).toMatchObject({
    steam_id: SIM_STEAM_ID,
    trigger: "startup",
    outcome: "ok",
    reason: null,
  });
  const figures = player.samples[0]?.games.map(({ app_id, minutes, source }) => [
    app_id,
    minutes,
    source,
  ]);
  expect(figures?.sort()).toEqual([
    [620, 600, "owned"],
    [630, 0, "owned"],
    [700, 90, "recent"],
  ]);
  expect(answered.presence).toMatchObject({ in_game: true, app_id: 620, game_name: "Game 620" });
  expect(answered.recent).toEqual([700]);
  expect(status).toMatchObject({
    configured: true,
    steam_id: SIM_STEAM_ID,
    presence: { outcome: "ok", reason: null },
    quotas: [{ api: "steam-web-api", paused_until: null, windows: [{ limit: 100_000 }] }],
  });
  expect(status.quotas[0]?.windows[0]?.used).toBeGreaterThan(2);
  expect(player.host.health.report().services["steam-poller"]).toEqual({ ready: true });
  expectNoSecret(player);
});

recordedTest(
  "owned-games/kevov_129_extended.json",
  "a recorded library of 129 games arrives with exactly its minutes",
  async (libraryFile) => {
    await using player = await followPlayer({ libraryFile });

    await until("a sample", WITHIN_MS, () => player.samples.length > 0);

    const recorded: { response: { games: { appid: number; playtime_forever: number }[] } } =
      await Bun.file(libraryFile).json();
    const expected = recorded.response.games.map((each) => [each.appid, each.playtime_forever]);
    const sampled = player.samples[0]?.games.map((each) => [each.app_id, each.minutes]);
    expect(expected).toHaveLength(129);
    expect(new Map(sampled as [number, number][])).toEqual(new Map(expected as [number, number][]));
  },
);

// A person has to read on the status page what is wrong and what to do, whatever it is.
test.each([
  ["private", "private", /Game details/],
  ["bad_key", "bad_key", /STEAM_API_KEY/],
  ["bad_steam_id", "bad_steam_id", /STEAM_ID/],
  ["limited", "limited", /asked again later/],
  ["unavailable", "unreachable", /status 503/],
  ["server_error", "unreachable", /status 500/],
  ["reset", "unreachable", /closed/],
  ["truncated", "malformed", /not data/],
  ["html", "malformed", /web page/],
  ["json_null", "malformed", /unexpected|not data/],
] as const)(
  "a failure of Steam (%s) is told with its outcome and reason",
  async (kind, outcome, reason) => {
    await using player = await followPlayer({ truth: TRUTH });
    await until("a first sample", WITHIN_MS, () => player.samples.length === 1);

    await player.sim.control.fail({ kind, endpoint: "GetOwnedGames" });
    await player.startJob(7, "poll");
    await until("the job to end", WITHIN_MS, () => player.ends.length === 1);

    expect(player.samples[1]).toMatchObject({ trigger: "job", job_id: 7, outcome, games: [] });
    expect(player.samples[1]?.reason).toMatch(reason);
    expect(player.ends[0]).toMatchObject({ id: 7, state: "failed" });
    expect(player.ends[0]?.error).toBe(player.samples[1]?.reason ?? "");
    expectNoSecret(player);
  },
);

test("a poll job takes a sample and says what it saw; without the recent list the sample is partial", async () => {
  await using player = await followPlayer({ truth: TRUTH });
  await until("a first sample", WITHIN_MS, () => player.samples.length === 1);

  await player.startJob(7, "poll");
  await until("the job to end", WITHIN_MS, () => player.ends.length === 1);
  await player.sim.control.fail({ kind: "server_error", endpoint: "GetRecentlyPlayedGames" });
  await player.startJob(8, "poll");
  await until("the job to end", WITHIN_MS, () => player.ends.length === 2);

  expect(player.ends[0]).toMatchObject({
    id: 7,
    state: "done",
    result: { run_id: player.samples[1]?.id, outcome: "ok", games_seen: 3, games_borrowed: 1 },
  });
  expect(player.ends[1]).toMatchObject({
    id: 8,
    state: "done",
    result: { outcome: "partial", games_seen: 2, reason: expect.stringContaining("status 500") },
  });
});

test("a vanity name is resolved once; one that nobody has is told", async () => {
  await using player = await followPlayer({ truth: TRUTH }, { STEAM_ID: SIM_VANITY_NAME });
  await using nobody = await followPlayer({ truth: TRUTH }, { STEAM_ID: "nobody-has-this" });

  await until("a sample", WITHIN_MS, () => player.samples.length > 0 && nobody.samples.length > 0);
  await until("looks", WITHIN_MS, () => player.sim.requests("GetPlayerSummaries").length > 3);

  expect(player.samples[0]).toMatchObject({ steam_id: SIM_STEAM_ID, outcome: "ok" });
  expect(player.sim.requests("ResolveVanityURL")).toHaveLength(1);
  expect(nobody.samples[0]).toMatchObject({
    steam_id: null,
    outcome: "bad_steam_id",
    reason: expect.stringContaining("STEAM_ID"),
  });
  expect(nobody.host.health.report().services["steam-poller"]?.detail).toContain("STEAM_ID");
});

// In game every look is told with the look before it, so a fact that is lost or out of order breaks the chain.
test("while NATS is killed again and again no fact is lost, and their order is kept", async () => {
  await using player = await followPlayer({ truth: TRUTH });
  await player.sim.control.play(620);

  for (let kills = 1; kills <= 3; kills++) {
    const seen = player.presences.length;
    await until("looks in game", WITHIN_MS, () => player.presences.length >= seen + 10);
    player.server.kill();
  }
  const seen = player.presences.length;
  await until("looks after the last kill", WITHIN_MS, () => player.presences.length >= seen + 10);

  const chain = distinct(player.presences.filter((fact) => fact.in_game));
  for (const [index, fact] of chain.slice(1).entries())
    expect(fact.previous_observed_at).toBe(chain[index]?.observed_at ?? null);
  expect(chain.length).toBeGreaterThanOrEqual(30);
});

/** A message whose acknowledgement was lost in a kill may come again; its id tells. */
function distinct<T extends { id: string }>(facts: readonly T[]): T[] {
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()];
}

test("without a key or an id the poller runs, says so, and its jobs fail with the reason", async () => {
  await using player = await followPlayer({}, { STEAM_API_KEY: "", STEAM_ID: "" });
  const reason =
    "no Steam account is set up: do it in the browser, or set STEAM_API_KEY and STEAM_ID; until then the library is kept by hand";

  const status = await request(player.api, getPollerStatus, {}, { attempts: 10 });
  const presence = await request(player.api, getPresence, {});
  await player.startJob(7, "poll");
  await until("the job to end", WITHIN_MS, () => player.ends.length === 1);

  expect(status).toMatchObject({ configured: false, steam_id: null, presence: { reason } });
  expect(presence).toEqual({
    presence: null,
    recent: null,
    recent_observed_at: null,
    configured: false,
  });
  const messages = player.host.lines.map(
    (line) => (JSON.parse(line) as { message: string }).message,
  );
  expect(messages.filter((message) => message === reason)).toHaveLength(1);
  expect(player.host.health.report().services["steam-poller"]).toEqual({
    ready: true,
    detail: reason,
  });
  expect(player.ends[0]).toMatchObject({ state: "failed", error: reason });
  expect(player.sim.requests()).toEqual([]);
});

test("at a stop the poller ends within seconds, also while Steam does not answer", async () => {
  await using player = await followPlayer({ truth: TRUTH });
  await until("a first sample", WITHIN_MS, () => player.samples.length === 1);
  await player.sim.control.fail({ kind: "hang" });
  const asked = player.sim.requests().length;
  await until("a request that hangs", WITHIN_MS, () => player.sim.requests().length > asked);

  const started = performance.now();
  await player.stop();

  expect(performance.now() - started).toBeLessThan(4_000);
});
