import { expect, test } from "bun:test";
import { isFiltered, selectionWords } from "./shown-games.ts";

test("a library is filtered by what keeps games away, and not by its order or its looks", () => {
  expect(isFiltered({ sort: "title", order: "asc", view: "table", q: " " })).toBe(false);
  expect(isFiltered({})).toBe(false);
  for (const filter of [{ q: "x" }, { status: "Playing" }, { archived: true }] as const) {
    expect(isFiltered(filter)).toBe(true);
  }
});

test("chosen games that a filter hides are told apart from those that are shown", () => {
  expect(selectionWords(2, 2)).toBe("2 selected");
  expect(selectionWords(1, 0)).toBe("1 selected, not shown");
  expect(selectionWords(3, 1)).toBe("3 selected, 2 of them not shown");
});
