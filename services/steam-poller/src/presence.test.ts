import { expect, test } from "bun:test";
import { createLog, VirtualClock } from "@tracker/service";
import { type PlayerSummary, SteamFailure } from "@tracker/steam";
import { observePresence, type PresenceFact } from "./presence-look.ts";
import { PresenceWatch } from "./presence-watch.ts";

const STEAM_ID = "76561190000000001";
const START = "2026-11-20T20:00:00.000Z";
const MINUTE_MS = 60_000;

type Shown = PlayerSummary["inGame"] | "nobody" | "hidden" | "down" | "slow";
const PORTAL: Shown = { appId: 620, name: "Tunnel Two" };
const OTHER: Shown = { appId: 630, name: "Other Game" };
const SHORTCUT: Shown = { appId: null, name: "A Shortcut" };

/** A watch over a player who shows what `shown` says, on a clock that stands. */
function startWatch({ run = true } = {}) {
  const clock = new VirtualClock(Date.parse(START));
  const stop = new AbortController();
  const state = { shown: null as Shown, asked: 0, ended: 0, facts: [] as PresenceFact[] };
  const playerSummaries = async (): Promise<PlayerSummary[]> => {
    state.asked += 1;
    const { shown } = state;
    if (shown === "slow") await clock.wait(3_000, stop.signal);
    if (shown === "down")
      throw new SteamFailure("unreachable", {
        endpoint: "GetPlayerSummaries",
        message: "It is down.",
      });
    if (shown === "nobody") return [];
    const inGame = typeof shown === "string" ? null : shown;
    const visibility = shown === "hidden" ? "private" : "public";
    return [{ steamId: STEAM_ID, personaName: "Somebody", visibility, inGame }];
  };
  const eyes = {
    steam: { playerSummaries },
    steamId: () => Promise.resolve(STEAM_ID),
    now: () => clock.now(),
    log: createLog("test", "error", () => {}),
  };
  const watch = new PresenceWatch({
    clock,
    intervalMs: MINUTE_MS,
    look: (previous, signal) => observePresence(eyes, previous, signal),
    publish: (fact) => void state.facts.push(fact),
    onEnded: () => (state.ended += 1),
    reachable: () => true,
    signal: stop.signal,
  });
  const running = run ? watch.run() : Promise.resolve();
  return {
    clock,
    watch,
    state,
    /** Shows that for so many looks. */
    async show(shown: Shown, looks: number) {
      state.shown = shown;
      await clock.advance(looks * MINUTE_MS);
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

test("presence is told at the first look, at each change, and in game at every look, each with the look before it", async () => {
  await using player = startWatch();

  await player.show(null, 3);
  await player.show(PORTAL, 3);
  await player.show(null, 3);

  const told = player.state.facts.map((fact) => [
    fact.observed_at.slice(11, 19),
    fact.previous_observed_at?.slice(11, 19) ?? null,
    fact.game_name,
  ]);
  expect(told).toEqual([
    ["20:00:00", null, null],
    ["20:04:00", "20:03:00", "Tunnel Two"],
    ["20:05:00", "20:04:00", "Tunnel Two"],
    ["20:06:00", "20:05:00", "Tunnel Two"],
    ["20:07:00", "20:06:00", null],
  ]);
  expect(player.state.ended).toBe(1);
  expect(player.state.asked).toBe(10);
});

test("a game that began while the clock was ahead is not played since a time that is yet to come", async () => {
  await using player = startWatch();
  await player.show(null, 1);
  player.clock.jump(60 * MINUTE_MS);
  await player.show(PORTAL, 2);

  player.clock.jump(-60 * MINUTE_MS);
  await player.show(PORTAL, 2);

  const answer = await player.watch.answer();
  expect(answer?.since).toBe("2026-11-20T20:04:00.000Z");
});

test("a change of game ends the one before, also where a shortcut is told by its name only", async () => {
  await using player = startWatch();

  await player.show(PORTAL, 1);
  await player.show(OTHER, 1);
  await player.show(SHORTCUT, 1);

  expect(player.state.ended).toBe(2);
  expect(player.state.facts.at(-1)).toMatchObject({
    in_game: true,
    app_id: null,
    game_name: "A Shortcut",
  });
});

// Otherwise an outage of Steam would end a session that goes on.
test.each([
  ["down", { outcome: "unreachable", reason: "It is down." }],
  ["nobody", { outcome: "bad_steam_id", reason: expect.stringContaining("STEAM_ID") }],
  ["hidden", { outcome: "private", reason: expect.stringContaining("privacy settings") }],
] as const)("a look that fails (%s) changes nothing but what status says", async (shown, state) => {
  await using player = startWatch();
  await player.show(PORTAL, 2);
  const told = player.state.facts.length;

  await player.show(shown, 1);
  const during = player.watch.state;
  const answer = await player.watch.answer();
  await player.show(PORTAL, 1);

  expect(during).toEqual({ ...state, observedAt: "2026-11-20T20:02:00.000Z" });
  expect(answer).toMatchObject({ in_game: true, since: START });
  expect(player.state.facts).toHaveLength(told + 1);
  expect(player.state.facts.at(-1)).toMatchObject({
    observed_at: "2026-11-20T20:04:00.000Z",
    previous_observed_at: "2026-11-20T20:02:00.000Z",
  });
  expect(player.state.ended).toBe(0);
  expect(player.watch.state.outcome).toBe("ok");
});

test("a question is answered from what is known and asks Steam only when that is too old, once for all who ask", async () => {
  await using player = startWatch({ run: false });
  player.state.shown = PORTAL;

  const first = await Promise.all([player.watch.answer(), player.watch.answer()]);
  const second = await player.watch.answer();
  await player.clock.advance(89_000);
  const third = await player.watch.answer();
  const before = player.state.asked;
  await player.clock.advance(2_000);
  await player.watch.answer();

  expect(first[0]).toMatchObject({ app_id: 620, since: START, observed_at: START });
  expect([first[1], second, third]).toEqual([first[0], first[0], first[0]]);
  expect(before).toBe(1);
  expect(player.state.asked).toBe(2);
});

test("a question is answered within its time when Steam is slow, and does not ask again and again while Steam is down", async () => {
  await using player = startWatch({ run: false });

  player.state.shown = "slow";
  const slow = player.watch.answer();
  await player.clock.advance(1_600);
  const slowAnswer = await slow;
  await player.clock.advance(5 * MINUTE_MS);
  player.state.shown = "down";
  const answers = [await player.watch.answer(), await player.watch.answer()];

  expect(slowAnswer).toBeNull();
  expect(answers).toEqual([null, null]);
  expect(player.state.asked).toBe(2);
});
