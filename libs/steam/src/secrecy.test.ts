import { expect, test } from "bun:test";
import {
  client,
  failureOf,
  serveScript,
  silence,
  STEAM_ID,
  TEST_KEY,
} from "./scripted-steam-fixture.ts";

// The key opens the account's data to whoever reads a log that was pasted into a public issue.
test("neither a failure nor the client ever shows the key or a URL", async () => {
  const echo = (status: number) => (request: Request) =>
    new Response(`<html>${request.url}</html>`, { status });
  const scripts = [echo(200), echo(400), echo(401), echo(403), echo(404), echo(429), echo(500)];
  const shown: string[] = [];
  for (const script of [...scripts, silence, echoingJson]) {
    await using steam = serveScript(script);
    const steamClient = client(steam.url, { timeoutMs: 50, retryAttempts: 1 });
    const failure = await failureOf(steamClient.ownedGames(STEAM_ID));
    shown.push(...faces(failure), ...faces(steamClient));
  }
  const gone = serveScript();
  await gone[Symbol.asyncDispose]();
  shown.push(...faces(await failureOf(client(gone.url).ownedGames(STEAM_ID))));

  for (const text of shown) {
    expect(text).not.toContain(TEST_KEY);
    expect(text).not.toMatch(/https?:\/\/(?!127\.0\.0\.1:\d+$)/);
    expect(text).not.toContain("steamid");
  }
});

function echoingJson(request: Request): Response {
  return Response.json({ response: { game_count: request.url } });
}

function faces(value: object): string[] {
  const errorFaces =
    value instanceof Error ? [value.message, String(value.stack), String(value)] : [];
  return [Bun.inspect(value, { depth: 9 }), JSON.stringify(value), ...errorFaces];
}
