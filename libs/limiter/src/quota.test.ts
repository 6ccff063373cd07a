import { expect, test } from "bun:test";
import * as fc from "fast-check";
import {
  isChained,
  LIMIT_MAX,
  marginMs,
  parseQuota,
  permitAgeMsMax,
  WINDOW_MS_MAX,
} from "./quota.ts";

const UNIT_MS = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const seed = Date.now() % 2 ** 31;
process.stdout.write(`quota.test.ts: seed ${seed}\n`);
fc.configureGlobal({ seed, numRuns: 1_000 });

test("the quotas of the documentation are read as they are meant", () => {
  expect(parseQuota("100000/day")).toEqual({ limit: 100_000, windowMs: 86_400_000 });
  expect(parseQuota("1/second")).toEqual({ limit: 1, windowMs: 1_000 });
  expect(parseQuota("200/5minutes")).toEqual({ limit: 200, windowMs: 300_000 });
  expect(parseQuota("60/minute")).toEqual({ limit: 60, windowMs: 60_000 });
  expect(parseQuota("1/minute")).toEqual({ limit: 1, windowMs: 60_000 });
  expect(parseQuota("3600/hour")).toEqual({ limit: 3_600, windowMs: 3_600_000 });
  expect(parseQuota("200/3seconds")).toEqual({ limit: 200, windowMs: 3_000 });
});

test("every count per any number of units is read, singular or plural", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: LIMIT_MAX }),
      fc.integer({ min: 1, max: 999 }),
      fc.constantFrom<keyof typeof UNIT_MS>("second", "minute", "hour", "day"),
      fc.constantFrom("", "s"),
      (limit, times, unit, plural) => {
        const windowMs = times * UNIT_MS[unit];
        fc.pre(windowMs <= WINDOW_MS_MAX);
        expect(parseQuota(`${limit}/${times}${unit}${plural}`)).toEqual({ limit, windowMs });
        expect(parseQuota(`${limit}/${unit}`)).toEqual({ limit, windowMs: UNIT_MS[unit] });
      },
    ),
  );
});

// A limit of nothing would stop an API for ever, and a typing error must not become some other limit.
test("anything else is refused, saying what was expected and what came", () => {
  const wrong = ["", "0/day", "200", "200/", "/day", "-1/day", "1.5/day", "200/5", "1e3/day"];
  const more = ["200/week", "200 / day", "200/0minutes", "1/32days", "1000001/day", "1/Day"];
  for (const text of [...wrong, ...more]) {
    expect(() => parseQuota(text)).toThrow("expected a quota such as 200/5minutes");
    expect(() => parseQuota(text)).toThrow(`got ${JSON.stringify(text)}`);
  }
});

test("whatever is written, the answer is a usable quota or a refusal", () => {
  const piece = fc.constantFrom("1", "0", "20", "/", "day", "s", "minutes", " ", "-", "999999999");
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 6 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(text, (written) => {
      try {
        const { limit, windowMs } = parseQuota(written);
        expect(limit >= 1 && limit <= LIMIT_MAX && Number.isInteger(limit)).toBe(true);
        expect(windowMs >= 1_000 && windowMs <= WINDOW_MS_MAX).toBe(true);
      } catch (error) {
        expect(String(error)).toContain("expected a quota such as");
      }
    }),
  );
});

test("the margin covers the way of a request, at a cost of at most 4 % of a window (3 % of one of up to a minute, 5 % of a chained one) or 50 ms", () => {
  expect(marginMs({ limit: 100_000, windowMs: 86_400_000 }, 10_000)).toBe(11_000);
  expect(marginMs({ limit: 200, windowMs: 300_000 }, 10_000)).toBe(11_000);
  expect(marginMs({ limit: 60, windowMs: 60_000 }, 10_000)).toBe(1_800);
  expect(marginMs({ limit: 1, windowMs: 1_000 }, 10_000)).toBe(50);
  expect(marginMs({ limit: 200, windowMs: 5_000 }, 10_000)).toBe(150);
  fc.assert(
    fc.property(
      fc.integer({ min: 1_000, max: WINDOW_MS_MAX }),
      fc.integer({ min: 50, max: 60_000 }),
      fc.integer({ min: 1, max: 1_000 }),
      (windowMs, timeoutMs, limit) => {
        const margin = marginMs({ limit, windowMs }, timeoutMs);
        expect(margin).toBeGreaterThanOrEqual(50);
        const share = isChained({ limit, windowMs }) ? 0.05 : windowMs <= 60_000 ? 0.03 : 0.04;
        expect(margin).toBeLessThanOrEqual(Math.max(50, windowMs * share));
        // In a long window the oldest permit and the slowest request still fit together.
        if (windowMs * 0.04 >= timeoutMs + 1_000)
          expect(permitAgeMsMax(margin) + timeoutMs).toBeLessThanOrEqual(margin);
      },
    ),
  );
});
