import { expect, test } from "bun:test";
import { call } from "./call.ts";
import { getSchemaForGame } from "./game-schema.ts";
import { type Permits, unlimitedPermits } from "./permits.ts";
import {
  answer,
  client,
  failureOf,
  NO_GAMES,
  notedPermits,
  serveScript,
  silence,
  STEAM_ID,
} from "./scripted-steam-fixture.ts";

const WEB_API = "steam-web-api";

// Quota is spent by requests, not by calls: a retry without a permit overshoots it.
test("every attempt takes a permit of its own, and the last one tells that Steam answers again", async () => {
  const permits = notedPermits();
  await using steam = serveScript(answer(500, ""), answer(200, "null"), NO_GAMES);

  await client(steam.url, { permits }).ownedGames(STEAM_ID);

  const { notes } = permits;
  expect(notes).toEqual([...Array<string>(3).fill(`acquire ${WEB_API}`), `succeeded ${WEB_API}`]);
  expect(steam.asked).toHaveLength(3);
});

// A permit that was taken first would grow old while the second is waited for, and then be used outside its window.
test("a request that counts for two APIs asks for both permits at once", async () => {
  const permits = notedPermits();
  await using steam = serveScript(answer(200, '{"game":{}}'));
  const caller = {
    baseUrl: steam.url,
    permits,
    retry: { attempts: 1, random: Math.random },
    timeoutMs: 5_000,
    sleep: () => Promise.resolve(),
    now: Date.now,
  };

  const failure = await failureOf(call(caller, getSchemaForGame, {}));

  expect(failure.kind).toBe("no_stats");
  expect(permits.notes).toEqual([
    "acquire steam-achievements,steam-web-api",
    "succeeded steam-achievements",
    "succeeded steam-web-api",
  ]);
});

// Bun repeats a request by itself on a connection that it keeps: that would be a request without a permit.
test("a connection that is closed without an answer costs one request per permit", async () => {
  const permits = notedPermits();
  let closing = false;
  await using steam = serveScript((request) =>
    closing
      ? new Response(new ReadableStream({ start: (controller) => controller.error() }))
      : NO_GAMES(request),
  );
  const steamClient = client(steam.url, { permits });
  await steamClient.ownedGames(STEAM_ID);
  closing = true;

  const failure = await failureOf(steamClient.ownedGames(STEAM_ID));

  expect(failure.kind).toBe("unreachable");
  expect(failure.message).toContain("the connection was closed");
  const permitted = permits.notes.filter((note) => note.startsWith("acquire"));
  expect(steam.asked).toHaveLength(permitted.length);
});

test.each([
  ["an error of the server", answer(502, "<html>Bad Gateway</html>")],
  ["a page in place of data", answer(200, "<html>Maintenance</html>")],
  ["data without an end", answer(200, '{"response":{"game_cou')],
  ["null", answer(200, "null")],
  ["nothing", answer(200, "")],
  ["too many requests", answer(429, "<html>429</html>")],
])("%s is asked for three times at most", async (_name, script) => {
  await using steam = serveScript(script);

  await failureOf(client(steam.url).ownedGames(STEAM_ID));

  expect(steam.asked).toHaveLength(3);
});

test.each([
  ["a key that is refused", answer(401, "<html>key=</html>"), "bad_key"],
  ["an unknown account", answer(400, "<html>Bad Request</html>"), "bad_steam_id"],
  ["a method that is gone", answer(404, "<html>Not Found</html>"), "malformed"],
  ["a page with 403", answer(403, "<html>Access Denied</html>"), "limited"],
  ["private games", answer(200, '{"response":{}}'), "private"],
] as const)("%s is not asked for again", async (_name, script, kind) => {
  await using steam = serveScript(script);

  const failure = await failureOf(client(steam.url).ownedGames(STEAM_ID));

  expect(failure.kind).toBe(kind);
  expect(steam.asked).toHaveLength(1);
});

// An API that asks one caller to stop has to be left alone by all of them.
test.each([
  ["429 with Retry-After", answer(429, "<html>", { "retry-after": "7" }), "7000"],
  ["429 without Retry-After", answer(429, "<html>"), "null"],
  ["503 with Retry-After", answer(503, "<html>", { "retry-after": "9" }), "9000"],
  ["503 without Retry-After", answer(503, "<html>"), "null"],
])("%s pauses the API for everybody", async (_name, script, told) => {
  const permits = notedPermits();
  await using steam = serveScript(script, NO_GAMES);

  await client(steam.url, { permits }).ownedGames(STEAM_ID);

  const pauses = permits.notes.filter((note) => note.startsWith("pause"));
  expect(pauses).toEqual([`pause ${WEB_API} ${told}`]);
});

test("an answer that is a definite no ends a pause as data does", async () => {
  const permits = notedPermits();
  await using steam = serveScript(answer(200, '{"response":{}}'));

  await failureOf(client(steam.url, { permits }).ownedGames(STEAM_ID));

  expect(permits.notes).toEqual([`acquire ${WEB_API}`, `succeeded ${WEB_API}`]);
});

test("the wait before a retry is the one that Steam asked for, or a random part of a growing one", async () => {
  const waits: number[] = [];
  const options = { sleep: async (ms: number) => void waits.push(ms), random: () => 0.5 };
  await using steam = serveScript(
    answer(429, "<html>", { "retry-after": "7" }),
    answer(500, ""),
    NO_GAMES,
  );

  await client(steam.url, options).ownedGames(STEAM_ID);

  expect(waits).toEqual([7_000, 500]);
});

test("a wait of more than a minute is left to the caller", async () => {
  await using steam = serveScript(answer(429, "<html>", { "retry-after": "61" }));

  const failure = await failureOf(client(steam.url).ownedGames(STEAM_ID));

  expect(failure.kind).toBe("limited");
  expect(failure.retryAfterMs).toBe(61_000);
  expect(steam.asked).toHaveLength(1);
});

test("a server that never answers is unreachable after the timeout, and is asked again", async () => {
  await using steam = serveScript(silence, NO_GAMES);

  const library = await client(steam.url, { timeoutMs: 50 }).ownedGames(STEAM_ID);

  expect(library).toEqual({ games: [] });
  expect(steam.asked).toHaveLength(2);
});

test("a timeout says how long was waited", async () => {
  await using steam = serveScript(silence);
  const steamClient = client(steam.url, { timeoutMs: 50, retryAttempts: 1 });

  const failure = await failureOf(steamClient.ownedGames(STEAM_ID));

  expect(failure.kind).toBe("unreachable");
  expect(failure.status).toBeNull();
  expect(failure.message).toContain("no answer within 0.05 s");
});

test("a server that is not there is unreachable", async () => {
  const steam = serveScript();
  await steam[Symbol.asyncDispose]();

  const failure = await failureOf(client(steam.url).ownedGames(STEAM_ID));

  expect(failure.kind).toBe("unreachable");
  expect(failure.message).toContain("the connection was refused");
});

// A redirect that is followed would carry the key to whoever it points to.
test("a redirect is not followed", async () => {
  await using elsewhere = serveScript(NO_GAMES);
  await using steam = serveScript(answer(302, "", { location: elsewhere.url }));

  const failure = await failureOf(client(steam.url).ownedGames(STEAM_ID));

  expect(failure.kind).toBe("unreachable");
  expect(elsewhere.asked).toHaveLength(0);
});

test("a cancelled call ends with the caller's own reason, whatever it is doing", async () => {
  await using steam = serveScript(silence);
  const controller = new AbortController();
  const reason = new Error("stopping");
  const promise = client(steam.url).ownedGames(STEAM_ID, { signal: controller.signal });

  controller.abort(reason);

  expect(await promise.catch((error: unknown) => error)).toBe(reason);
});

test("a deadline that passes while Steam is silent is unreachable", async () => {
  await using steam = serveScript(silence);
  const signal = AbortSignal.timeout(50);

  const failure = await failureOf(client(steam.url).ownedGames(STEAM_ID, { signal }));

  expect(failure.kind).toBe("unreachable");
});

test("a deadline that passes while waiting for leave is limited, and nothing was asked", async () => {
  await using steam = serveScript(NO_GAMES);
  const signal = AbortSignal.timeout(50);
  const waitsForEver: Permits["acquire"] = (_api, signal) => untilAborted(signal);
  const permits = { ...unlimitedPermits, acquire: waitsForEver };

  const failure = await failureOf(client(steam.url, { permits }).ownedGames(STEAM_ID, { signal }));

  expect(failure.kind).toBe("limited");
  expect(steam.asked).toHaveLength(0);
});

test("a deadline that passes before a retry is the failure of the attempt before it", async () => {
  await using steam = serveScript(answer(503, "<html>"));
  const signal = AbortSignal.timeout(50);
  const sleep = (_ms: number, signal?: AbortSignal) => untilAborted(signal);

  const failure = await failureOf(client(steam.url, { sleep }).ownedGames(STEAM_ID, { signal }));

  expect(failure.status).toBe(503);
});

function untilAborted(signal?: AbortSignal): Promise<void> {
  const { promise, reject } = Promise.withResolvers<void>();
  signal?.addEventListener("abort", () => reject(signal.reason));
  return promise;
}
