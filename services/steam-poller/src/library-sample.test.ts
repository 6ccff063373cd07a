import { expect, test } from "bun:test";
import { decode, encode } from "@tracker/bus";
import { librarySampled } from "@tracker/contracts";
import { createLog } from "@tracker/service";
import {
  coverUrl,
  FAILURE_KINDS,
  type OwnedGame,
  type RecentGame,
  SteamFailure,
  unlimitedPermits,
} from "@tracker/steam";
import { type LibraryEyes, sampleLibrary } from "./library-sample.ts";
import { SendTimes } from "./send-times.ts";

const STEAM_ID = "76561190000000001";
const NOW = Date.parse("2026-11-20T20:00:00.000Z");

function owned(appId: number, minutes: number): OwnedGame {
  return {
    appId,
    name: `Game ${appId}`,
    minutes,
    minutes2Weeks: 0,
    lastPlayedAt: NOW - 1_000,
    offlineMinutes: 3,
    iconHash: null,
    hasStats: true,
  };
}

function recent(appId: number, minutes: number): RecentGame {
  return { appId, name: `Recent ${appId}`, minutes, minutes2Weeks: 5, iconHash: null };
}

function eyesOn(steam: Partial<LibraryEyes["steam"]> = {}, lines: string[] = []): LibraryEyes {
  return {
    steam: {
      ownedGames: () => Promise.resolve({ games: [owned(620, 100), owned(630, 0)] }),
      recentlyPlayed: () => Promise.resolve({ games: [recent(700, 40), recent(620, 99)] }),
      ...steam,
    },
    steamId: () => Promise.resolve(STEAM_ID),
    now: () => NOW,
    log: createLog("test", "error", (line) => void lines.push(line)),
  };
}

function failing(reason: Error): () => Promise<never> {
  const rejected = Promise.reject(reason);
  rejected.catch(() => {}); // Not unhandled, only not asked for yet.
  return () => rejected;
}

const DOWN = new SteamFailure("unreachable", { endpoint: "any", message: "It is down." });

test("a sample holds what both lists show; a borrowed game is told apart, and owned games keep the owned figures", async () => {
  const { fact, recentAppIds } = await sampleLibrary(eyesOn(), { trigger: "interval" });

  expect(fact).toMatchObject({ outcome: "ok", reason: null, steam_id: STEAM_ID, job_id: null });
  expect(new Set(fact.games)).toEqual(
    new Set([
      {
        app_id: 700,
        cover_url: coverUrl(700),
        name: "Recent 700",
        minutes: 40,
        last_played_at: null,
        offline_minutes: null,
        source: "recent",
      },
      {
        app_id: 620,
        cover_url: coverUrl(620),
        name: "Game 620",
        minutes: 100,
        last_played_at: "2026-11-20T19:59:59.000Z",
        offline_minutes: 3,
        source: "owned",
      },
      {
        app_id: 630,
        cover_url: coverUrl(630),
        name: "Game 630",
        minutes: 0,
        last_played_at: "2026-11-20T19:59:59.000Z",
        offline_minutes: 3,
        source: "owned",
      },
    ]),
  );
  expect(recentAppIds).toEqual([700, 620]);
  expect(decode(librarySampled.data, encode(fact))).toEqual(fact);
});

test("without the recent list a sample is partial; without the owned one it is no sample", async () => {
  const partial = await sampleLibrary(eyesOn({ recentlyPlayed: failing(DOWN) }), {
    trigger: "job",
    jobId: 7,
  });
  const none = await sampleLibrary(eyesOn({ ownedGames: failing(DOWN) }), {
    trigger: "job",
    jobId: 7,
  });

  expect(partial.fact).toMatchObject({ outcome: "partial", reason: "It is down.", job_id: 7 });
  expect(partial.fact.games.map((game) => game.app_id)).toEqual([620, 630]);
  expect(partial.recentAppIds).toBeNull();
  expect(none.fact).toMatchObject({ outcome: "unreachable", reason: "It is down.", games: [] });
});

test.each(FAILURE_KINDS.map((kind) => [kind]))(
  "a failure (%s) is told with its reason",
  async (kind) => {
    const failure = new SteamFailure(kind, { endpoint: "GetOwnedGames", message: "Why." });

    const { fact } = await sampleLibrary(eyesOn({ ownedGames: failing(failure) }), {
      trigger: "interval",
    });

    expect(fact.reason).toBe("Why.");
    expect(decode(librarySampled.data, encode(fact))).toEqual(fact);
    const known = fact.outcome === kind;
    expect(known || fact.outcome === "malformed").toBeTrue();
    expect(known).toBe(!["not_found", "no_stats", "not_visible", "empty"].includes(kind));
  },
);

test("trouble of our own is told in brief, and to the log in full", async () => {
  const lines: string[] = [];
  const eyes = eyesOn({ ownedGames: failing(new TypeError("the inside")) }, lines);

  const { fact } = await sampleLibrary(eyes, { trigger: "interval" });

  expect(fact).toMatchObject({
    outcome: "unreachable",
    reason: expect.stringContaining("its log says why"),
  });
  expect(lines.join("")).toContain("the inside");
});

test("an account that is not known yet is a sample of nobody, with the reason", async () => {
  const failure = new SteamFailure("bad_steam_id", {
    endpoint: "ResolveVanityURL",
    message: "No such.",
  });

  const { fact } = await sampleLibrary(
    { ...eyesOn(), steamId: failing(failure) },
    { trigger: "startup" },
  );

  expect(fact).toMatchObject({ steam_id: null, outcome: "bad_steam_id", reason: "No such." });
});

// A paused API keeps a request waiting; its totals are those of the moment at which it was let go.
test("a sample is of the moment at which its request was sent, after the wait for its permit", async () => {
  let now = NOW;
  const slow = {
    ...unlimitedPermits,
    acquire: () => {
      now += 90_000;
      return Promise.resolve();
    },
  };
  const times = new SendTimes(slow, () => now);
  const ownedGames = async () => {
    await times.acquire("steam-web-api");
    now += 2_000;
    return { games: [] };
  };

  const eyes = { ...eyesOn({ ownedGames }), now: () => now, sentAt: () => times.sentAt };
  const { fact } = await sampleLibrary(eyes, { trigger: "interval" });

  expect(fact.started_at).toBe("2026-11-20T20:00:00.000Z");
  expect(fact.observed_at).toBe("2026-11-20T20:01:30.000Z");
});

test("a look that is called off is no sample; one whose time is up is a failed one", async () => {
  const off = AbortSignal.abort();
  const late = AbortSignal.abort(new DOMException("late", "TimeoutError"));
  const aborted = { ownedGames: failing(DOWN) };

  const called = await sampleLibrary(eyesOn(aborted), { trigger: "interval", signal: off }).catch(
    (error: unknown) => error,
  );
  const timed = await sampleLibrary(eyesOn(aborted), { trigger: "interval", signal: late });

  expect(called).toBe(DOWN);
  expect(timed.fact.outcome).toBe("unreachable");
});
