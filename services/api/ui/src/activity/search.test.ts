import { expect, test } from "bun:test";
import { readActivitySearch } from "./search.ts";

test("an address keeps what it says, and what nobody can mean is left out", () => {
  const meant = {
    view: "month",
    month: "2026-11",
    day: "2024-02-29",
    game: 12,
    tag: "co-op",
    from: "2026-01-01",
    precision: "poll",
    corrected: false,
  };

  expect(readActivitySearch(meant)).toEqual(meant as never);
  expect(
    readActivitySearch({
      view: "week",
      year: 1_999,
      month: "2026-13",
      day: "2026-02-29",
      game: -1,
      tag: 5,
      to: "yesterday",
      precision: "exact",
      corrected: "yes",
    }),
  ).toEqual({});
});
