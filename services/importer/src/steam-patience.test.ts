import { expect, test } from "bun:test";
import { createLog, VirtualClock } from "@tracker/service";
import { type FailureKind, SteamFailure } from "@tracker/steam";
import { SteamPatience } from "./steam-patience.ts";

const MINUTE_MS = 60_000;
const silent = createLog("test", "error", () => {});

function failure(kind: FailureKind, status: number | null = null): SteamFailure {
  return new SteamFailure(kind, { endpoint: "Test", message: `Steam is ${kind}.`, status });
}

/** Steam that is away until an instant of the clock, and what a patient caller does meanwhile. */
function awayUntil(ms: number, error: SteamFailure) {
  const clock = new VirtualClock(0);
  const stop = new AbortController();
  const told: string[] = [];
  const seen = { calls: 0, looks: 0 };
  const patience = new SteamPatience({
    clock,
    log: silent,
    signal: stop.signal,
    beforeRequest: () => {
      seen.looks += 1;
      return Promise.resolve();
    },
    onAway: ({ message }) => {
      told.push(message);
      return Promise.resolve();
    },
  });
  const asked = patience.ask(() => {
    seen.calls += 1;
    return clock.monotonic() >= ms ? Promise.resolve("here") : Promise.reject(error);
  });
  const ended = asked.then(
    (answer) => answer,
    (thrown: unknown) => thrown,
  );
  return { clock, stop, told, seen, ended };
}

async function liveThrough(clock: VirtualClock, ended: Promise<unknown>): Promise<unknown> {
  const over = ended.then(() => true);
  while (!(await Promise.race([over, clock.advance(MINUTE_MS / 2).then(() => false)]))) {
    // Time goes on until there is an end.
  }
  return ended;
}

test.each([
  ["a storm of 429 of ten minutes", 10, failure("limited", 429), 22],
  ["an hour of 503", 60, failure("unreachable", 503), 130],
  ["a network that is gone for a night", 600, failure("unreachable"), 1_300],
])("%s is waited out, with few requests, and told once", async (_what, minutes, error, most) => {
  const away = awayUntil(minutes * MINUTE_MS, error);

  expect(await liveThrough(away.clock, away.ended)).toBe("here");
  expect(away.clock.monotonic()).toBeGreaterThanOrEqual(minutes * MINUTE_MS);
  expect(away.clock.monotonic()).toBeLessThan((minutes + 2) * MINUTE_MS);
  expect(away.seen.calls).toBeLessThan(most);
  // Whoever waits has to hear when nobody wants it any more.
  expect(away.seen.looks).toBe(away.seen.calls);
  expect(away.told).toEqual([error.message]);
});

test("a Steam that is away for more than a day ends the import with the reason", async () => {
  const away = awayUntil(Infinity, failure("limited", 429));

  expect(String(await liveThrough(away.clock, away.ended))).toContain("Steam is limited.");
  expect(away.clock.monotonic()).toBeLessThan(25 * 60 * MINUTE_MS);
});

test("a job that is stopped while it waits stops at once", async () => {
  const away = awayUntil(Infinity, failure("limited", 429));
  await away.clock.advance(5 * MINUTE_MS);
  const { calls } = away.seen;

  away.stop.abort(new Error("no longer wanted"));

  expect(String(await away.ended)).toContain("no longer wanted");
  expect(away.seen.calls).toBe(calls);
});

test.each(["no_stats", "not_visible", "malformed", "bad_key"] as const)(
  "%s says something about what was asked for, and is the caller's at once",
  async (kind) => {
    const away = awayUntil(Infinity, failure(kind, 400));

    expect(await away.ended).toMatchObject({ kind });
    expect(away.seen.calls).toBe(1);
  },
);
