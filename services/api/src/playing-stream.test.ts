import { expect, test } from "bun:test";
import type { NowPlaying } from "@tracker/contracts";
import { PlayingStream } from "./playing-stream.ts";
import { startSystem } from "./test-system.ts";

const STAY = () => Promise.resolve(true);
const IDLE: NowPlaying = {
  playing: false,
  tier: 3,
  game: null,
  since: null,
  as_of: "2026-11-20T22:30:00.000Z",
  stale: false,
};

function readerOf(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  let text = "";
  return {
    async until(word: string): Promise<string> {
      while (!text.includes(word)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`ended before ${word}: ${text}`);
        text += new TextDecoder().decode(value);
      }
      return text;
    },
    answers: () => text.match(/^data: .*$/gm) ?? [],
    cancel: () => reader.cancel(),
  };
}

test("a reader gets the present answer at once, the next when it says something else, and heartbeats between", async () => {
  let answer = IDLE;
  await using stream = new PlayingStream(() => Promise.resolve(answer), {
    lookMs: 5,
    heartbeatMs: 20,
  });

  const reader = readerOf(await stream.open(STAY));
  await reader.until('"playing":false');
  answer = { ...IDLE, as_of: "2026-11-20T22:31:00.000Z" };
  await reader.until(": heartbeat\n\n: heartbeat");
  const before = reader.answers();
  answer = { ...answer, playing: true, tier: 1 };
  await reader.until('"playing":true');
  const game = { ...GAME, last_played_at: "2026-11-20T22:32:00.000Z" };
  answer = { ...answer, game: GAME };
  await reader.until('"title":"Game"');
  answer = { ...answer, game };
  await reader.until(": heartbeat\n\n: heartbeat\n\n".repeat(2));
  const second = readerOf(await stream.open(STAY));
  const late = await second.until("data: ");

  expect(before).toEqual([`data: ${JSON.stringify(IDLE)}`]);
  expect(reader.answers()).toHaveLength(3);
  expect(late).toContain(`data: ${JSON.stringify(answer)}`);
});

test("no more readers than may be, none kept that went away, and one that never reads holds up nobody", async () => {
  let answer = IDLE;
  await using stream = new PlayingStream(() => Promise.resolve(answer), {
    lookMs: 1,
    heartbeatMs: 60_000,
    readersMax: 2,
  });
  await stream.open(STAY);
  const reader = readerOf(await stream.open(STAY));

  const refused = await stream.open(STAY).catch((error: unknown) => error);
  for (let change = 0; stream.readers === 2; change++) {
    const game = { ...GAME, title: `${change} ${"x".repeat(20_000)}` };
    answer = { ...IDLE, game };
    await reader.until(`"${change} x`);
  }
  await reader.cancel();

  expect(refused).toMatchObject({ code: "UNAVAILABLE" });
  expect(stream.readers).toBe(0);
});

const GAME: NonNullable<NowPlaying["game"]> = {
  id: 1,
  title: "Game",
  steam_app_id: null,
  cover_url: null,
  hours_played: null,
  unlocked_achievements: null,
  total_achievements: null,
  completion_percentage: null,
  last_played_at: null,
};

test("over HTTP anybody from anywhere may read it, and it says what GET /api/now-playing does", async () => {
  await using system = await startSystem();

  const response = await system.fetch("/api/now-playing/events");
  const body = response.body;
  if (body === null) throw new Error("expected a stream");
  const reader = readerOf(body);
  await reader.until("data: ");
  const once = await (await system.fetch("/api/now-playing")).json();
  await reader.cancel();

  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(JSON.parse(reader.answers()[0]?.slice(6) ?? "")).toEqual(once);
});
