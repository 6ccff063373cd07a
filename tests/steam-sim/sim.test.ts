import { expect, test } from "bun:test";
import { createSteamClient, type SteamClientOptions, unlimitedPermits } from "@tracker/steam";
import { sharedData } from "../shared-data.ts";
import { createPlayer } from "./player.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID, SIM_VANITY_NAME, startSteamSim } from "./sim.ts";
import { type Truth, truthGame } from "./truth.ts";
import { yearOfPlay } from "./year-of-play.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = Date.parse("2026-03-02T12:00:00Z");
const TRUTH: Truth = {
  ...EMPTY_TRUTH,
  games: [truthGame(10, { name: "Ten", hasStats: true }), truthGame(20)],
  sittings: [{ appId: 10, startedAt: NOON - 2 * HOUR, endedAt: NOON - HOUR, mode: "online" }],
};

function client(apiUrl: string, options: Partial<SteamClientOptions> = {}) {
  return createSteamClient({ apiUrl, key: SIM_KEY, permits: unlimitedPermits, ...options });
}

/** The answer as it comes: status, content type and text. */
async function ask(url: string, path: string, query: Record<string, string> = {}) {
  const parameters = new URLSearchParams({ key: SIM_KEY, steamid: SIM_STEAM_ID, ...query });
  const response = await fetch(`${url}/${path}?${parameters.toString()}`);
  const type = response.headers.get("content-type") ?? "";
  return { status: response.status, type, text: await response.text() };
}

const OWNED = "IPlayerService/GetOwnedGames/v1/";
const RECENT = "IPlayerService/GetRecentlyPlayedGames/v1/";
const SUMMARIES = "ISteamUser/GetPlayerSummaries/v2/";
const VANITY = "ISteamUser/ResolveVanityURL/v1/";

// The benchmark uses the player without HTTP; what it measures has to be what the product would have read.
test.each([true, false])(
  "over HTTP the product reads what the player's model says, own key %p",
  async (ownKey) => {
    const endsAt = NOON;
    const truth = yearOfPlay({ seed: 5, endsAt });
    const player = createPlayer(truth, { ownKey });
    await using sim = await startSteamSim({ truth, ownKey, now: endsAt - 365 * DAY });
    const steam = client(sim.url);

    for (let at = endsAt - 365 * DAY; at <= endsAt; at += 73 * HOUR + 17 * 60_000) {
      await sim.control.setClock(at);
      const library = await steam.ownedGames(SIM_STEAM_ID);
      const recent = await steam.recentlyPlayed(SIM_STEAM_ID);
      const [profile] = await steam.playerSummaries([SIM_STEAM_ID]);
      expect(library.games).toEqual([...player.ownedGamesAt(at)]);
      expect(recent.games).toEqual([...player.recentlyPlayedAt(at)]);
      expect(profile?.inGame ?? null).toEqual(player.presenceAt(at));
    }
  },
);

test("fields appear as Steam sends them: some only with appinfo, some only with one's own key", async () => {
  await using sim = await startSteamSim({ truth: TRUTH, now: NOON });
  const rowOf = async (query: Record<string, string>) => {
    const { text } = await ask(sim.url, OWNED, query);
    return (JSON.parse(text) as { response: { games: object[] } }).response.games[0];
  };

  expect(await rowOf({ include_appinfo: "1" })).toEqual({
    appid: 10,
    name: "Ten",
    playtime_2weeks: 60,
    playtime_forever: 60,
    img_icon_url: "",
    has_community_visible_stats: true,
    playtime_windows_forever: 60,
    playtime_mac_forever: 0,
    playtime_linux_forever: 0,
    playtime_deck_forever: 0,
    rtime_last_played: (NOON - HOUR) / 1_000,
    playtime_disconnected: 0,
  });
  await sim.control.setOwnKey(false);
  expect(await rowOf({})).toEqual({ appid: 10, playtime_2weeks: 60, playtime_forever: 60 });
});

// A client that forgets a flag must be found out here, for Steam says nothing.
test("free and unvetted games are listed only when they are asked for", async () => {
  const games = [
    truthGame(10),
    truthGame(20, { kind: "free", minutesBefore: 5 }),
    truthGame(30, { unvetted: true }),
  ];
  await using sim = await startSteamSim({ truth: { ...EMPTY_TRUTH, games } });
  const listed = async (query: Record<string, string>) =>
    [...(await ask(sim.url, OWNED, query)).text.matchAll(/"appid":(\d+)/g)].map(([, id]) => id);

  expect(await listed({})).toEqual(["10"]);
  expect(await listed({ include_played_free_games: "1" })).toEqual(["10", "20"]);
  expect(await listed({ skip_unvetted_apps: "0" })).toEqual(["10", "30"]);
  const all = await client(sim.url).ownedGames(SIM_STEAM_ID);
  expect(all.games.map(({ appId }) => appId)).toEqual([10, 20, 30]);
});

test("an empty library has a count of 0, and recent games that are none have no list", async () => {
  await using sim = await startSteamSim();

  expect((await ask(sim.url, OWNED)).text).toBe('{"response":{"game_count":0}}');
  expect((await ask(sim.url, RECENT)).text).toBe('{"response":{"total_count":0}}');
});

test("as many recent games are listed as were asked for, and 0 asks for all", async () => {
  const sittings = [10, 20].map((appId, index) => ({
    appId,
    startedAt: NOON - (3 - index) * HOUR,
    endedAt: NOON - (2 - index) * HOUR,
    mode: "online" as const,
  }));
  await using sim = await startSteamSim({ truth: { ...TRUTH, sittings }, now: NOON });
  const listed = async (count: string) =>
    (await ask(sim.url, RECENT, { count })).text.match(/"appid"/g)?.length;

  expect(await listed("1")).toBe(1);
  expect(await listed("0")).toBe(2);
});

test("wrong requests are answered as Steam answers them", async () => {
  await using sim = await startSteamSim();
  const html = "text/html; charset=UTF-8";

  expect(await ask(sim.url, OWNED, { key: "wrong" })).toMatchObject({ status: 401, type: html });
  expect(await ask(sim.url, SUMMARIES, { key: "wrong" })).toMatchObject({
    status: 403,
    type: html,
  });
  expect(await ask(sim.url, OWNED, { steamid: "76561190000000999" })).toMatchObject({
    status: 400,
  });
  expect(await ask(sim.url, "ISteamApps/GetAppList/v2/")).toMatchObject({
    status: 404,
    type: html,
  });
  const noKey = await fetch(`${sim.url}/${OWNED}?steamid=${SIM_STEAM_ID}`);
  expect([noKey.status, await noKey.text()]).toEqual([
    400,
    expect.stringContaining("Required parameter 'key' is missing"),
  ]);
  const stranger = await ask(sim.url, SUMMARIES, { steamids: "76561190000000999" });
  expect(stranger.text).toBe('{"response":{"players":[]}}');
  const nobody = await ask(sim.url, VANITY, { vanityurl: "nobody" });
  expect([nobody.status, nobody.text]).toEqual([
    200,
    '{"response":{"success":42,"message":"No match"}}',
  ]);
  expect(await client(sim.url).resolveVanityUrl(SIM_VANITY_NAME)).toBe(SIM_STEAM_ID);
});

const libraryFile = sharedData("owned-games/kevov_129_extended.json");

test.skipIf(libraryFile === null)("a recorded library is served byte for byte", async () => {
  await using sim = await startSteamSim({ libraryFile: libraryFile ?? "" });

  const { text } = await ask(sim.url, OWNED);
  const recent = await client(sim.url).recentlyPlayed(SIM_STEAM_ID);

  expect(text).toBe(await Bun.file(libraryFile ?? "").text());
  expect(recent.games).toHaveLength(2);
  await sim.control.fail({ kind: "all_zero" });
  const { games } = await client(sim.url).ownedGames(SIM_STEAM_ID);
  expect(games).toHaveLength(129);
  expect(games.every(({ minutes }) => minutes === 0)).toBeTrue();
});
