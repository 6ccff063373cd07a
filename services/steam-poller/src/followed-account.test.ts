import { expect, test } from "bun:test";
import { createLog, VirtualClock } from "@tracker/service";
import { unlimitedPermits } from "@tracker/steam";
import { readConfig } from "./config.ts";
import { FactQueue, type OutgoingFact } from "./fact-queue.ts";
import { FollowedAccount } from "./followed-account.ts";

const KEY = "0123456789ABCDEF0123456789ABCDEF";
const STEAM_ID = "76561190000000001";
const MINUTE_MS = 60_000;

/** A Steam that shows one game, played while `playing` is true. */
function startSteam() {
  const state = { playing: false };
  const game = { appid: 620, name: "Tunnel Two", playtime_forever: 100 };
  const player = {
    steamid: STEAM_ID,
    communityvisibilitystate: 3,
    profilestate: 1,
    personaname: "Somebody",
    personastate: 1,
  };
  const answers: Record<string, () => unknown> = {
    GetOwnedGames: () => ({ game_count: 1, games: [game] }),
    GetRecentlyPlayedGames: () => ({ total_count: 1, games: [{ ...game, playtime_2weeks: 10 }] }),
    GetPlayerSummaries: () => ({
      players: [state.playing ? { ...player, gameid: "620" } : player],
    }),
  };
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request) =>
      Response.json({ response: answers[new URL(request.url).pathname.split("/")[2] ?? ""]?.() }),
  });
  return Object.assign(state, {
    url: server.url.origin,
    [Symbol.asyncDispose]: () => server.stop(true),
  });
}

/** Follows that player on a clock that stands; `told` are the facts in the order in which they were published. */
function follow(apiUrl: string, startsAt: string) {
  const clock = new VirtualClock(Date.parse(startsAt));
  const stop = new AbortController();
  const told: OutgoingFact[] = [];
  const log = createLog("test", "error");
  const publish = async (fact: OutgoingFact) => {
    await Promise.resolve();
    told.push(fact);
    return true;
  };
  const facts = new FactQueue({ publish, log });
  const config = readConfig({ STEAM_API_KEY: KEY, STEAM_ID, STEAM_API_URL: apiUrl });
  const account = new FollowedAccount(
    { steam_api_key: KEY, steam_id: STEAM_ID },
    {
      known: config.account(),
      config,
      permits: unlimitedPermits,
      quotas: () => Promise.resolve([]),
      reachable: () => true,
      facts,
      clock,
      log,
      signal: stop.signal,
    },
  );
  const running = account.run();
  const settle = async () => {
    do await Bun.sleep(0);
    while (account.library.sampling || account.presences.looking);
  };
  return {
    account,
    told,
    advance: (minutes: number) => clock.advance(minutes * MINUTE_MS, settle),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
      await facts[Symbol.asyncDispose]();
    },
  };
}

test("an evening, look by look: each sample where it belongs, the last one a minute after the game was left", async () => {
  await using steam = startSteam();
  await using evening = follow(steam.url, "2026-11-21T04:00:00.000Z");

  await evening.advance(10.5);
  steam.playing = true;
  await evening.advance(15);
  steam.playing = false;
  await evening.advance(60);

  const samples = evening.told.filter((fact) => fact.noun === "library");
  expect(samples.map(({ data }) => `${data.observed_at.slice(11, 19)} ${data.trigger}`)).toEqual([
    "04:01:00 startup",
    "04:27:00 presence_end",
    "04:31:00 interval",
    "05:00:00 midnight",
    "05:01:00 interval",
  ]);
  const looks = evening.told.filter((fact) => fact.noun === "presence");
  expect(looks.map(({ data }) => `${data.observed_at.slice(11, 16)} ${data.in_game}`)).toEqual([
    "04:00 false",
    ...Array.from({ length: 15 }, (_, index) => `04:${index + 11} true`),
    "04:26 false",
  ]);
  const observed = evening.told.map(({ data }) => data.observed_at);
  expect(observed).toEqual(observed.toSorted());
});

test("status says when the next sample is, and presence what is played since when", async () => {
  await using steam = startSteam();
  await using evening = follow(steam.url, "2026-11-21T01:00:00.000Z");
  await evening.advance(10);
  steam.playing = true;
  await evening.advance(5);

  const status = await evening.account.status();
  const answer = await evening.account.presence();

  expect(status).toMatchObject({
    configured: true,
    steam_id: STEAM_ID,
    presence: { outcome: "ok", observed_at: "2026-11-21T01:15:00.000Z" },
    next_sample_at: "2026-11-21T01:31:00.000Z",
  });
  expect(answer).toMatchObject({
    presence: { in_game: true, app_id: 620, since: "2026-11-21T01:11:00.000Z" },
    recent: [620],
    recent_observed_at: "2026-11-21T01:01:00.000Z",
  });
});
