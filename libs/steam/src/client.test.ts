import { expect, test } from "bun:test";
import {
  answer,
  client,
  NO_GAMES,
  serveScript,
  STEAM_ID,
  TEST_KEY,
} from "./scripted-steam-fixture.ts";

// A flag left out hides free games, unvetted games or all names without any error.
test("GetOwnedGames asks for everything that Steam is willing to list", async () => {
  await using steam = serveScript(NO_GAMES);

  await client(steam.url).ownedGames(STEAM_ID);

  const [url] = steam.asked;
  expect(url?.pathname).toBe("/IPlayerService/GetOwnedGames/v1/");
  expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
    key: TEST_KEY,
    steamid: STEAM_ID,
    include_appinfo: "1",
    include_extended_appinfo: "1",
    include_played_free_games: "1",
    include_free_sub: "1",
    skip_unvetted_apps: "0",
  });
});

test("GetRecentlyPlayedGames asks for all games, not for the first few", async () => {
  await using steam = serveScript(answer(200, '{"response":{"total_count":0}}'));

  const recent = await client(steam.url).recentlyPlayed(STEAM_ID);

  expect(recent).toEqual({ games: [] });
  expect(steam.asked[0]?.pathname).toBe("/IPlayerService/GetRecentlyPlayedGames/v1/");
  expect(steam.asked[0]?.searchParams.get("count")).toBe("0");
});

test("more than a hundred profiles are asked for in several requests", async () => {
  await using steam = serveScript(answer(200, '{"response":{"players":[]}}'));
  const ids = Array.from({ length: 201 }, (_, index) => String(76561190000000000n + BigInt(index)));

  await client(steam.url).playerSummaries(ids);

  const asked = steam.asked.map((url) => url.searchParams.get("steamids")?.split(",").length);
  expect(asked).toEqual([100, 100, 1]);
});

test("a vanity name is sent as it was written, whatever is in it", async () => {
  const name = "näme & key=1";
  await using steam = serveScript(
    answer(200, `{"response":{"steamid":"${STEAM_ID}","success":1}}`),
  );

  const steamId = await client(steam.url).resolveVanityUrl(name);

  expect(steamId).toBe(STEAM_ID);
  expect(steam.asked[0]?.searchParams.get("vanityurl")).toBe(name);
});
