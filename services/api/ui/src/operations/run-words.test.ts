import { expect, test } from "bun:test";
import { runName, runWords } from "./run-words.ts";

const RUN = {
  kind: "library",
  review_year: null,
  trigger: "interval",
  started_at: "2026-03-02T17:00:00.000Z",
  observed_at: "2026-03-02T17:00:01.000Z",
  outcome: "ok",
  reason: null,
  games_seen: 0,
  games_added: 0,
  games_changed: 0,
  minutes_added: 0,
} as const;

test("each look says of what it was, so that a year without play does not read as an empty library", () => {
  const kinds = ["library", "import", "year_in_review", "adoption", "one_to_come"];
  const told = kinds.map((kind) => {
    const run = { ...RUN, kind, review_year: kind === "year_in_review" ? 2_024 : null };
    return `${runName(run)}: ${runWords(run)}`;
  });

  expect(new Set(told).size).toBe(kinds.length);
  expect(told[2]).toBe("Year in Review of 2024: 0 games told of");
  expect(told[4]).toBe("one to come: 0 games");
  expect(runWords({ ...RUN, games_seen: 3, games_added: 1, minutes_added: 90 })).toBe(
    "3 games listed · 1 new · 1 h 30 min played",
  );
});
