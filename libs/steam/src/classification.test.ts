import { expect, test } from "bun:test";
import { classify } from "./classification.ts";
import type { Endpoint } from "./endpoint.ts";
import { SteamFailure } from "./failure.ts";
import { getGlobalAchievementPercentages } from "./global-percentages.ts";
import { getOwnedGames } from "./owned-games.ts";
import { getPlayerAchievements } from "./player-achievements.ts";
import { getAppList } from "./app-list.ts";
import { steamSpyAll } from "./steamspy.ts";

const HTML = { "content-type": "text/html" };
const JSON_TYPE = { "content-type": "application/json" };

function outcome(
  endpoint: Endpoint<unknown>,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): unknown {
  try {
    return classify(endpoint, { status, body, headers: new Headers(headers) }, 0);
  } catch (error) {
    return error instanceof SteamFailure ? error.kind : error;
  }
}

test.each([
  ["no key at all", 400, "<html>Required parameter 'key' is missing</html>", "bad_key"],
  ["a 401 without any text", 401, "", "bad_key"],
  ["an account that is unknown", 400, "<html><h1>Bad Request</h1></html>", "bad_steam_id"],
  ["a page of Steam's edge with 403", 403, "<HTML>Access Denied</HTML>", "limited"],
  ["a 403 without a word", 403, "", "limited"],
  ["JSON with 403 that the method does not explain", 403, "{}", "malformed"],
  ["an edge that is overloaded", 503, "<html>503</html>", "unreachable"],
  ["a gateway that fails", 502, "", "unreachable"],
  ["a login page of some network", 302, "<html>Log in</html>", "unreachable"],
  ["a page with 200", 200, "<html>Maintenance</html>", "malformed"],
  ["an answer without an end", 200, '{"response":{"game_count":12,"ga', "malformed"],
  ["nothing with 200", 200, "", "malformed"],
  ["null", 200, "null", "malformed"],
  ["a list in place of an object", 200, "[null]", "malformed"],
  ["another shape", 200, '{"result":{}}', "malformed"],
  ["a count without its games", 200, '{"response":{"game_count":3}}', "malformed"],
  [
    "minutes that are not a number",
    200,
    '{"response":{"games":[{"appid":1,"playtime_forever":"9"}]}}',
    "malformed",
  ],
])("GetOwnedGames: %s", (_situation, status, body, kind) => {
  expect(outcome(getOwnedGames, status, body)).toBe(kind);
});

test("JSON is read whatever its content type says", () => {
  const body = '\uFEFF {"response":{"game_count":0}}';

  expect(outcome(getOwnedGames, 200, body.trim(), HTML)).toEqual({ games: [] });
});

// A 200 that means "try again" must not be taken for a profile that went private.
test.each([
  ["10", "unreachable"],
  ["16", "unreachable"],
  ["20", "unreachable"],
  ["84", "limited"],
  ["1", "private"],
  ["15", "private"],
])("an empty answer with x-eresult %s is %s", (result, kind) => {
  const headers = { ...JSON_TYPE, "x-eresult": result };

  expect(outcome(getOwnedGames, 200, '{"response":{}}', headers)).toBe(kind);
});

test("a failure carries the status, the wait that was asked for and Steam's own result", () => {
  const headers = new Headers({ "retry-after": "12", "x-eresult": "84" });
  try {
    classify(getOwnedGames, { status: 429, body: "<html>", headers }, 0);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({
      kind: "limited",
      endpoint: "GetOwnedGames",
      status: 429,
      retryAfterMs: 12_000,
      eresult: 84,
    });
  }
});

test("a malformed answer names the place, not the value", () => {
  const games = [{ appid: 1, playtime_forever: 1 }, { appid: "secret" }];
  const answer = {
    status: 200,
    body: JSON.stringify({ response: { games } }),
    headers: new Headers(),
  };
  try {
    classify(getOwnedGames, answer, 0);
    expect.unreachable();
  } catch (error) {
    expect(String(error)).toContain("/response/games/1/");
    expect(String(error)).not.toContain("secret");
  }
});

test("the achievements of an account that is unknown are bad_steam_id, of a private game not_visible", () => {
  const page = "<html><h1>Bad Request</h1></html>";
  const hidden = '{"playerstats":{"error":"Profile is not public","success":false}}';

  expect(outcome(getPlayerAchievements, 400, page)).toBe("bad_steam_id");
  expect(outcome(getPlayerAchievements, 403, hidden)).toBe("not_visible");
});

test("a 403 with a page is the edge even where a 403 with JSON has a meaning", () => {
  expect(outcome(getGlobalAchievementPercentages, 403, "<html>Denied</html>")).toBe("limited");
});

test("an empty page of a catalogue is a failure", () => {
  expect(outcome(getAppList, 200, '{"response":{}}')).toBe("empty");
  expect(outcome(steamSpyAll, 200, "{}")).toBe("empty");
});
