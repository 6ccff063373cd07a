import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { largestWindow, RequestLog } from "./request-log.ts";

test.each([
  [[], 100, 0],
  [[5], 100, 1],
  [[0, 50, 99], 100, 3],
  [[0, 100], 100, 1],
  [[0, 99.9, 100, 150, 500], 100, 3],
])("of %p in windows of %d ms the largest holds %d", (instants, windowMs, largest) => {
  expect(largestWindow(instants, windowMs)).toBe(largest);
});

// The quota tests stand on this figure.
test("the largest window is the one that trying them all finds", () => {
  const arbitraryInstants = fc
    .array(fc.integer({ min: 0, max: 500 }))
    .map((instants) => instants.toSorted((one, other) => one - other));
  fc.assert(
    fc.property(arbitraryInstants, fc.integer({ min: 1, max: 600 }), (instants, windowMs) => {
      const counts = instants.map(
        (from) => instants.filter((at) => at >= from && at < from + windowMs).length,
      );
      expect(largestWindow(instants, windowMs)).toBe(Math.max(0, ...counts));
    }),
    { numRuns: 2_000 },
  );
});

test("a key is told apart from another and cannot be read back", () => {
  const log = new RequestLog();
  for (const key of ["SECRET-ONE", "SECRET-TWO", "SECRET-ONE", null]) log.add("m", key, "ok");

  const hashes = log.list().map((request) => request.keyHash);

  expect(hashes[0]).toMatch(/^[0-9a-f]{12}$/);
  expect(hashes[2]).toBe(hashes[0] ?? "");
  expect(hashes[1]).not.toBe(hashes[0] ?? "");
  expect(hashes[3]).toBeNull();
  expect(JSON.stringify(log.list())).not.toContain("SECRET");
});
