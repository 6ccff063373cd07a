import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { nextPause, type Pause, PAUSE_MS_MAX } from "./pause-length.ts";
import { API_NAMES, type ApiName } from "./quota.ts";

const seed = Date.now() % 2 ** 31;
process.stdout.write(`pause-length.test.ts: seed ${seed}\n`);
fc.configureGlobal({ seed, numRuns: 1_000 });

const NOW = 1_700_000_000_000;

/** Lengths of successive pauses, each after the end of the one before. */
function lengths(api: ApiName, retryAfterMs: number | null, random: number, times: number) {
  let current: Pause | null = null;
  let now = NOW;
  return Array.from({ length: times }, () => {
    const next: Pause | null = nextPause(current, { api, retryAfterMs, now, random });
    const length = (next?.until ?? now) - now;
    now = (next?.until ?? now) + 1;
    current = next;
    return length;
  });
}

test("pauses in a row double up to a bound", () => {
  expect(lengths("steam-store", null, 0, 4)).toEqual([5_000, 10_000, 20_000, 40_000]);
  expect(lengths("steam-store", null, 0, 40).at(-1)).toBe(900_000);
  expect(lengths("steam-store", null, 0.999, 1)[0]).toBeGreaterThan(6_200);
});

test("SteamSpy is left alone for two minutes and growing, whatever shorter time it names", () => {
  expect(lengths("steamspy-details", null, 0, 3)).toEqual([120_000, 240_000, 480_000]);
  expect(lengths("steamspy-all", 1_000, 0, 3)).toEqual([120_000, 240_000, 480_000]);
  expect(lengths("steamspy-all", 600_000, 0, 1)).toEqual([600_000]);
});

test("Steam's own word is followed", () => {
  expect(lengths("steam-web-api", 7_000, 0.5, 3)).toEqual([7_000, 7_000, 7_000]);
});

// Three workers whose requests were refused together report three times: that is one incident, not three.
test("refusals during a pause do not make it longer, but where the API asks for more", () => {
  const current = { until: NOW + 10_000, count: 2 };
  const request = { api: "steam-store", now: NOW, random: 0 } as const;

  expect(nextPause(current, { ...request, retryAfterMs: null })).toBeNull();
  expect(nextPause(current, { ...request, retryAfterMs: 3_000 })).toBeNull();
  expect(nextPause(current, { ...request, retryAfterMs: 30_000 })).toEqual({
    until: NOW + 30_000,
    count: 2,
  });
});

test("a pause never ends before the one that is on, nor later than a day from now", () => {
  const pause = fc.record({
    until: fc.integer({ min: NOW - 1e9, max: NOW + PAUSE_MS_MAX }),
    count: fc.nat(60),
  });
  const retryAfterMs = fc.option(fc.oneof(fc.integer(), fc.double()), { nil: null });
  const random = fc.double({ min: 0, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(
      fc.option(pause, { nil: null }),
      fc.constantFrom(...API_NAMES),
      retryAfterMs,
      random,
      (current, api, asked, jitter) => {
        const next = nextPause(current, { api, retryAfterMs: asked, now: NOW, random: jitter });
        if (next === null) {
          expect(current !== null && current.until > NOW).toBe(true);
          return;
        }
        expect(next.until).toBeGreaterThan(Math.max(NOW, current?.until ?? 0));
        expect(next.until).toBeLessThanOrEqual(NOW + PAUSE_MS_MAX);
      },
    ),
  );
});
