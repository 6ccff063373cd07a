import { expect, test } from "bun:test";
import { answer } from "@tracker/bus";
import {
  type findPlaying,
  type Game,
  getPresence,
  type Input,
  type Presence,
} from "@tracker/contracts";
import { PlayingNow, type PlayingSources } from "./playing-now.ts";
import { testGame } from "./test-data.ts";
import { startSystem } from "./test-system.ts";

const NOW = Date.parse("2026-11-20T22:30:00.000Z");
const SEEN_AT = "2026-11-20T22:29:30.000Z";
const SINCE = "2026-11-20T21:00:00.000Z";

function presenceOf(appId: number | null, name = "A game"): Presence {
  return { in_game: true, app_id: appId, game_name: name, since: SINCE, observed_at: SEEN_AT };
}
const IDLE: Presence = {
  in_game: false,
  app_id: null,
  game_name: null,
  since: null,
  observed_at: SEEN_AT,
};

class Scene implements PlayingSources {
  time = NOW;
  seen: { presence: Presence | null; recent: number[] | null; configured?: boolean } | undefined = {
    presence: IDLE,
    recent: [],
  };
  games: Game[] | undefined = [];
  /** What the store knows of the sitting. */
  playingSince: string | null = null;
  asked = 0;

  presence() {
    this.asked++;
    if (this.seen === undefined) return Promise.reject(new Error("nobody there"));
    return Promise.resolve({ ...this.seen, recent_observed_at: SEEN_AT });
  }

  find({ app_id: appId, game_name: name, among }: Input<typeof findPlaying>) {
    if (this.games === undefined) return Promise.reject(new Error("nobody there"));
    const fits = this.games.find(({ steam_app_id: id }) => {
      if (appId !== undefined || name !== undefined) return id === appId;
      return among === undefined || among.includes(id ?? 0);
    });
    return Promise.resolve({ game: fits ?? null, playing_since: this.playingSince });
  }

  now() {
    return this.time;
  }
}

test("a library kept by hand has its last played game, and nothing that is stale", async () => {
  const scene = new Scene();
  scene.seen = { presence: null, recent: null, configured: false };
  scene.games = [testGame({ id: 1, steam_app_id: null, title: "By hand" })];

  const answer = await new PlayingNow(scene).get();

  expect(answer).toMatchObject({
    playing: false,
    tier: 3,
    game: { title: "By hand" },
    stale: false,
  });
});

test("tier 1: presence says what is played, also when it is not in the library or not Steam's", async () => {
  const scene = new Scene();
  scene.games = [testGame({ id: 1 })];
  scene.seen = { presence: presenceOf(1_001), recent: [] };
  const known = await new PlayingNow(scene).get();
  scene.seen = { presence: presenceOf(5, "New"), recent: [] };
  const unknown = await new PlayingNow(scene).get();
  scene.seen = { presence: presenceOf(null, "Tetris"), recent: [] };
  const foreign = await new PlayingNow(scene).get();

  const tier = { playing: true, tier: 1, since: SINCE, as_of: SEEN_AT, stale: false };
  expect(known).toMatchObject({ ...tier, game: { id: 1, title: "Game 1", hours_played: 1.5 } });
  expect(unknown).toMatchObject({ ...tier, game: { id: null, title: "New", steam_app_id: 5 } });
  expect(foreign).toMatchObject({
    ...tier,
    game: { id: null, title: "Tetris", steam_app_id: null },
  });
});

// The poller that was started in the middle of an evening has seen only the rest of it.
test("a sitting began when the store or the poller first knew of it, whichever is earlier", async () => {
  const answers: (string | null)[] = [];
  for (const playingSince of [null, "2026-11-20T19:00:00.000Z", "2026-11-20T22:00:00.000Z"]) {
    const scene = new Scene();
    scene.seen = { presence: presenceOf(5), recent: [] };
    scene.playingSince = playingSince;
    answers.push((await new PlayingNow(scene).get()).since);
  }

  expect(answers).toEqual([SINCE, "2026-11-20T19:00:00.000Z", SINCE]);
});

test("tiers 2 and 3: the last played of what Steam lists, else of the library, never as playing", async () => {
  const scene = new Scene();
  scene.games = [testGame({ id: 1 }), testGame({ id: 2 })];
  scene.seen = { presence: IDLE, recent: [1_002] };
  const second = await new PlayingNow(scene).get();
  scene.seen = { presence: IDLE, recent: [9] };
  const third = await new PlayingNow(scene).get();
  scene.games = [];
  const nothing = await new PlayingNow(scene).get();

  expect(second).toMatchObject({
    playing: false,
    tier: 2,
    game: { id: 2 },
    since: null,
    stale: false,
  });
  expect(third).toMatchObject({ playing: false, tier: 3, game: { id: 1 }, stale: false });
  expect(nothing).toMatchObject({ playing: false, tier: 3, game: null, stale: false });
});

test("what is hidden is never shown, and a game that shows its totals does not tell when it is played", async () => {
  const scene = new Scene();
  scene.seen = { presence: presenceOf(1_001), recent: [1_001] };
  const answers: unknown[] = [];
  for (const visibility of ["hidden", "totals"] as const) {
    scene.games = [testGame({ id: 1, visibility })];
    answers.push(await new PlayingNow(scene).get());
  }

  expect(answers[0]).toMatchObject({ playing: false, tier: 3, game: null, since: null });
  expect(answers[1]).toMatchObject({
    playing: false,
    since: null,
    game: { id: 1, hours_played: 1.5, last_played_at: null },
  });
});

test("Steam's silence falls through and is told; the store's repeats the last answer, playing for ten minutes at most", async () => {
  const scene = new Scene();
  const playing = new PlayingNow(scene);
  scene.games = [testGame({ id: 1 })];
  scene.seen = { presence: presenceOf(1_001), recent: [] };
  await playing.get();

  scene.games = undefined;
  scene.time += 16_000;
  const repeated = await playing.get();
  scene.time += 11 * 60_000;
  const old = await playing.get();
  const unheard = new PlayingNow(scene);
  const never = await unheard.get();
  scene.games = [testGame({ id: 1 })];
  scene.seen = undefined;
  scene.time += 16_000;
  const steamAway = await playing.get();

  expect(repeated).toMatchObject({ playing: true, game: { id: 1 }, stale: true, as_of: SEEN_AT });
  expect(old).toMatchObject({ playing: false, tier: 3, game: { id: 1 }, stale: true });
  expect(never).toMatchObject({ playing: false, tier: 3, game: null, stale: true });
  expect(steamAway).toMatchObject({ playing: false, tier: 3, game: { id: 1 }, stale: true });
});

// A busy portfolio page must not spend Steam's quota.
test("300 callers at once, for a minute, put four questions", async () => {
  const scene = new Scene();
  const playing = new PlayingNow(scene);

  for (let second = 0; second < 60; second++) {
    await Promise.all(Array.from({ length: 300 }, () => playing.get()));
    scene.time += 1_000;
  }

  expect(scene.asked).toBe(4);
});

test("over HTTP: 300 callers share one question to the poller, and its absence is told as stale", async () => {
  await using system = await startSystem();
  const without = await (await system.fetch("/api/now-playing")).json();
  let asked = 0;
  await using fresh = await startSystem();
  fresh.store.playing = ({ app_id: appId }) => (appId === 1_001 ? testGame({ id: 1 }) : null);
  const seen = { presence: presenceOf(1_001), recent: [], recent_observed_at: null };
  await using _poller = await fresh.answerAs("steam-poller", [
    answer(getPresence, () => {
      asked++;
      return seen;
    }),
  ]);

  const responses = await Promise.all(
    Array.from({ length: 300 }, () => fresh.fetch("/api/now-playing")),
  );
  const bodies = await Promise.all(responses.map((response) => response.json()));

  expect(without).toMatchObject({ tier: 3, stale: true });
  expect(asked).toBe(1);
  expect(bodies.every((body) => Bun.deepEquals(body, bodies[0]))).toBe(true);
  expect(bodies[0]).toMatchObject({ playing: true, tier: 1, game: { title: "Game 1" } });
  expect(responses[0]?.headers.get("cache-control")).toBe("public, max-age=15");
  expect(responses[0]?.headers.get("access-control-allow-origin")).toBe("*");
});
