import { expect, test } from "bun:test";
import { daily } from "./history-series.ts";

const NOON = Date.parse("2026-03-02T12:00:00Z");
const DAY_MS = 86_400_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

test("what one crawl finds within moments is one point, the last; another day is another", () => {
  const [first, second] = [
    { at: NOON, value: 5 },
    { at: NOON + 1, value: 50_000 },
  ];
  const later = { at: NOON + DAY_MS, value: 60_000 };

  expect(daily([first, second], dayOf)).toEqual([second]);
  expect(daily([later, first, second], dayOf)).toEqual([second, later]);
  expect(daily([], dayOf)).toEqual([]);
});
