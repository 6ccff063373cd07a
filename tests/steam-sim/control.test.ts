import { expect, test } from "bun:test";
import { createSteamClient, unlimitedPermits } from "@tracker/steam";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID, startSteamSim } from "./sim.ts";
import { type Truth, truthGame } from "./truth.ts";

const MINUTE = 60_000;
const NOON = Date.parse("2026-03-02T12:00:00Z");
const TRUTH: Truth = {
  ...EMPTY_TRUTH,
  games: [truthGame(10, { minutesBefore: 90 }), truthGame(20)],
};

function client(apiUrl: string, key = SIM_KEY) {
  return createSteamClient({ apiUrl, key, permits: unlimitedPermits, retryAttempts: 1 });
}

test("a game is started and ended by hand, and the clock is moved by hand", async () => {
  await using sim = await startSteamSim({ truth: TRUTH, now: NOON });
  const { control } = sim;
  const steam = client(sim.url);
  const seen = async () => {
    const [{ inGame } = {}] = await steam.playerSummaries([SIM_STEAM_ID]);
    const { games } = await steam.ownedGames(SIM_STEAM_ID);
    return [inGame?.appId ?? null, ...games.map(({ minutes }) => minutes)];
  };

  await control.play(20);
  expect(await seen()).toEqual([20, 90, 0]);
  await control.advanceClock(31 * MINUTE);
  expect(await seen()).toEqual([20, 90, 30]);
  await control.play(10, "invisible");
  expect(await seen()).toEqual([null, 90, 31]);
  await control.setClock(NOON + 41 * MINUTE);
  await control.stopPlaying();
  expect(await seen()).toEqual([null, 100, 31]);
  await control.play(20, "offline");
  await control.advanceClock(9 * MINUTE);
  await control.stopPlaying();
  expect(await seen()).toEqual([null, 100, 31]);
  await control.reconnect();
  expect(await seen()).toEqual([null, 100, 40]);
  expect((await control.truth()).sittings).toHaveLength(3);
});

test("the clock stands, runs on from an instant, or follows the real time", async () => {
  await using sim = await startSteamSim({ now: NOON });
  const { control } = sim;

  expect(await control.now()).toBe(NOON);
  await control.setClock(NOON + MINUTE, { running: true });
  expect(await control.now()).toBeWithin(NOON + MINUTE, NOON + 2 * MINUTE);
  await control.advanceClock(60 * MINUTE);
  expect(await control.now()).toBeWithin(NOON + 61 * MINUTE, NOON + 62 * MINUTE);
  const before = Date.now();
  await control.realClock();
  expect(await control.now()).toBeWithin(before, before + MINUTE);
});

test("another truth takes the place of the first, and one that cannot be true is refused", async () => {
  await using sim = await startSteamSim();
  const { control } = sim;

  await control.setTruth(TRUTH);
  const { games } = await client(sim.url).ownedGames(SIM_STEAM_ID);
  expect(games.map(({ minutes }) => minutes)).toEqual([90, 0]);

  const sittings = [{ appId: 99, startedAt: 0, endedAt: 1, mode: "online" as const }];
  const refusal: unknown = await control
    .setTruth({ ...TRUTH, sittings })
    .catch((error: unknown) => error);
  expect(String(refusal)).toContain("expected a known game, got app 99");
  expect((await control.truth()).games).toHaveLength(2);
});

test("every request is logged with its time, method, key and outcome", async () => {
  await using sim = await startSteamSim();
  const steam = client(sim.url);
  const began = Date.now();

  await steam.ownedGames(SIM_STEAM_ID);
  await Promise.allSettled([steam.resolveVanityUrl("nobody")]);
  await Promise.allSettled([client(sim.url, "stranger").playerSummaries([SIM_STEAM_ID])]);
  await fetch(`${sim.url}/ISteamApps/GetAppList/v2/`);

  const requests = sim.requests();
  expect(requests.map(({ endpoint, outcome }) => [endpoint, outcome])).toEqual([
    ["GetOwnedGames", "ok"],
    ["ResolveVanityURL", "no_match"],
    ["GetPlayerSummaries", "bad_key"],
    ["/ISteamApps/GetAppList/v2/", "unknown_method"],
  ]);
  expect(new Set(requests.map(({ keyHash }) => keyHash)).size).toBe(3);
  for (const { at } of requests) expect(Date.parse(at)).toBeWithin(began, began + MINUTE);
  const steady = requests.map(({ atMs }) => atMs);
  expect(steady.toSorted((one, other) => one - other)).toEqual(steady);
  expect(await sim.control.requests()).toEqual(requests);
  expect(await sim.control.requests("GetOwnedGames")).toHaveLength(1);
});

test("the largest window is told of one method and of all, until the log is cleared", async () => {
  await using sim = await startSteamSim();
  const steam = client(sim.url);
  for (let count = 0; count < 3; count += 1) await steam.ownedGames(SIM_STEAM_ID);
  await steam.recentlyPlayed(SIM_STEAM_ID);

  expect(sim.largestWindow("GetOwnedGames", MINUTE)).toBe(3);
  expect(await sim.control.largestWindow(null, MINUTE)).toBe(4);
  await sim.control.clearRequests();
  expect(await sim.control.largestWindow(null, MINUTE)).toBe(0);
});

test("the control API names what is wrong with a request", async () => {
  await using sim = await startSteamSim();
  const tell = async (method: string, path: string, body: string) => {
    const response = await fetch(`${sim.url}/_control${path}`, { method, body });
    return [response.status, await response.json()];
  };

  expect(await tell("POST", "/faults", '{"kind":"sulking"}')).toEqual([
    400,
    { error: expect.stringContaining("/kind") },
  ]);
  expect(await tell("PUT", "/clock", "noon")).toEqual([400, { error: expect.any(String) }]);
  expect(await tell("POST", "/nothing", "")).toEqual([404, { error: "no POST /nothing" }]);
});
