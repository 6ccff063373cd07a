import { expect, test } from "bun:test";
import { createSteamClient, SteamFailure, unlimitedPermits } from "@tracker/steam";
import { FAULT_KINDS, TROUBLES } from "./fault.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID, SIM_VANITY_NAME, startSteamSim } from "./sim.ts";
import { type Truth, truthGame } from "./truth.ts";

const TRUTH: Truth = {
  ...EMPTY_TRUTH,
  games: [truthGame(10, { minutesBefore: 90 }), truthGame(20)],
};

function client(apiUrl: string, timeoutMs = 5_000) {
  const options = { apiUrl, key: SIM_KEY, permits: unlimitedPermits, timeoutMs };
  return createSteamClient({ ...options, retryAttempts: 1 });
}

async function outcome(promise: Promise<unknown>): Promise<unknown> {
  try {
    return (await promise) === undefined ? "nothing" : "ok";
  } catch (error) {
    return error instanceof SteamFailure ? error.kind : error;
  }
}

/** What each failure means to somebody who asks for a library. */
const MEANINGS = [
  ["overloaded", "malformed"],
  ["rate_limit_result", "limited"],
  ["limited", "limited"],
  ["unavailable", "unreachable"],
  ["server_error", "unreachable"],
  ["private", "private"],
  ["all_zero", "ok"],
  ["bad_key", "bad_key"],
  ["bad_steam_id", "bad_steam_id"],
  ["no_match", "private"],
  ["hang", "unreachable"],
  ["slow", "unreachable"],
  ["truncated", "malformed"],
  ["cut", "unreachable"],
  ["reset", "unreachable"],
  ["html", "malformed"],
  ["json_null", "malformed"],
  ["silent_empty", "private"],
] as const;

test("every failure on demand is a case here, or is about the catalogue alone", () => {
  const kinds = [...MEANINGS.map(([kind]) => kind), ...TROUBLES];

  expect(kinds.toSorted()).toEqual([...FAULT_KINDS].toSorted());
});

test.each(MEANINGS)("the failure %s is %s to the product, and ends", async (kind, meaning) => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await sim.control.fail({ kind, times: 1, delayMs: 60_000 });

  // Short for an answer that never comes, long for one that a busy machine delays.
  const timeoutMs = kind === "hang" || kind === "slow" ? 80 : 10_000;
  const first = await outcome(client(sim.url, timeoutMs).ownedGames(SIM_STEAM_ID));
  const second = await outcome(client(sim.url).ownedGames(SIM_STEAM_ID));

  expect(first).toBe(meaning);
  expect(second).toBe("ok");
  expect(sim.requests().map((request) => request.outcome)).toEqual([kind, "ok"]);
});

test("a slow answer is the right one, late", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await sim.control.fail({ kind: "slow", delayMs: 60 });
  const began = performance.now();

  const { games } = await client(sim.url).ownedGames(SIM_STEAM_ID);

  expect(games).toHaveLength(2);
  expect(performance.now() - began).toBeGreaterThan(55);
});

test("with the playtime private the games stay and every total is 0", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await sim.control.fail({ kind: "all_zero" });

  const { games } = await client(sim.url).ownedGames(SIM_STEAM_ID);

  expect(games.map(({ appId, minutes }) => [appId, minutes])).toEqual([
    [10, 0],
    [20, 0],
  ]);
});

test("with the games private the profile stays public and shows no game", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await sim.control.play(10);
  await sim.control.fail({ kind: "private" });

  const steam = client(sim.url);

  expect(await outcome(steam.recentlyPlayed(SIM_STEAM_ID))).toBe("private");
  expect(await steam.playerSummaries([SIM_STEAM_ID])).toMatchObject([
    { visibility: "public", inGame: null },
  ]);
  expect(await steam.resolveVanityUrl(SIM_VANITY_NAME)).toBe(SIM_STEAM_ID);
});

test("Retry-After is sent as it was asked for", async () => {
  await using sim = await startSteamSim();
  await sim.control.fail({ kind: "unavailable", retryAfter: "17" });

  const failure: unknown = await client(sim.url)
    .ownedGames(SIM_STEAM_ID)
    .catch((error: unknown) => error);

  expect(failure).toMatchObject({ status: 503, retryAfterMs: 17_000 });
});

test("a failure is of one method or of all, for so many requests or until it is cleared", async () => {
  await using sim = await startSteamSim();
  const { control } = sim;
  await control.fail({ kind: "html", endpoint: "GetOwnedGames", times: 2 });
  await control.fail({ kind: "limited", endpoint: "GetRecentlyPlayedGames" });
  const steam = client(sim.url);
  const owned = () => outcome(steam.ownedGames(SIM_STEAM_ID));
  const recent = () => outcome(steam.recentlyPlayed(SIM_STEAM_ID));

  expect([await owned(), await recent(), await owned(), await recent(), await owned()]).toEqual([
    "malformed",
    "limited",
    "malformed",
    "limited",
    "ok",
  ]);
  await control.clearFaults("GetRecentlyPlayedGames");
  expect(await recent()).toBe("ok");
  await control.fail({ kind: "limited" });
  expect(await owned()).toBe("limited");
  await control.clearFaults();
  expect(await owned()).toBe("ok");
});

test("a failure of each third request leaves the others as they are, and ends after so many", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await sim.control.fail({ kind: "html", every: 3, times: 2 });
  const steam = client(sim.url);

  const outcomes: unknown[] = [];
  for (let index = 0; index < 9; index += 1) {
    outcomes.push(await outcome(steam.ownedGames(SIM_STEAM_ID)));
  }

  const third = ["ok", "ok", "malformed"];
  expect(outcomes).toEqual([...third, ...third, "ok", "ok", "ok"]);
});
