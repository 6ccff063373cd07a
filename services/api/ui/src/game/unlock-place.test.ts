import { expect, test } from "bun:test";
import type { Achievement } from "@tracker/contracts";
import { placeUnlocks } from "./unlock-place.ts";

function unlockedAt(id: number, unlocked_at: string | null): Achievement {
  return {
    id,
    api_name: `A${id}`,
    title: `Achievement ${id}`,
    description: null,
    icon_url: null,
    unlocked: true,
    unlocked_at,
    hidden: false,
    global_percent: 5,
  };
}

test("unlocks stand where their dates lie between the first and the last; those without a date stand apart", () => {
  const placed = placeUnlocks([
    unlockedAt(1, "2026-01-11T00:00:00.000Z"),
    unlockedAt(2, null),
    unlockedAt(3, "2026-01-06T00:00:00.000Z"),
    unlockedAt(4, "2026-01-01T00:00:00.000Z"),
  ]);

  expect(placed.dated.map(({ item, x }) => [item.id, x])).toEqual([
    [1, 1],
    [3, 0.5],
    [4, 0],
  ]);
  expect(placed.undated.map(({ item, x }) => [item.id, x])).toEqual([[2, 0.5]]);
  expect([placed.first, placed.last]).toEqual([
    "2026-01-01T00:00:00.000Z",
    "2026-01-11T00:00:00.000Z",
  ]);
});

test("what was unlocked at one instant is in the middle, and nothing has no axis", () => {
  const same = "2026-01-01T00:00:00.000Z";

  expect(placeUnlocks([unlockedAt(1, same)]).dated.map(({ x }) => x)).toEqual([0.5]);
  expect(placeUnlocks([])).toEqual({
    dated: [],
    undated: [],
    first: undefined,
    last: undefined,
  });
});
