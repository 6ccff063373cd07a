import { expect, test } from "bun:test";
import { getGameHistory } from "./game-history.ts";
import { instantOf } from "./instant.ts";
import { recutDays } from "./rebuild.ts";
import { yearAnswer } from "./review-fixture.ts";
import * as edit from "./session-edit.ts";
import { Watched } from "./session-edit-fixture.ts";
import { getYearReview } from "./statistics-year.ts";
import { recordYear } from "./year-in-review.ts";

const UTC = { zone: "UTC", dayStartHour: 0 };
const at = (text: string) => Date.parse(`2025-${text}:00.000Z`);

/** Tracked from 10 November on: Steam says that 500 minutes were played in the month, and 300 of them were watched. */
function reviewed(): Watched {
  const store = new Watched();
  store.sample(at("11-10T09:30"), 1000);
  store.sample(at("11-12T10:00"), 1000);
  store.played(at("11-12T10:00"), at("11-12T15:00"));
  store.sample(at("11-12T15:01"), 1300);
  recordYear(
    store.database,
    yearAnswer(2025, { 10: { "10": 800, "11": 500 } }, { asked_at: instantOf(at("12-20T10:00")) }),
  );
  return store;
}

// Steam's month holds the minutes that it counted: what a person says of them since must not count them once more.
test("a correction changes nothing of what Steam's months tell from before tracking", () => {
  const now = at("12-21T10:00");
  const reading = { now, calendar: UTC, pollIntervalMs: 1_800_000 };
  const corrections: Record<string, (store: Watched, id: number) => void> = {
    none: () => undefined,
    move: ({ database }, id) =>
      edit.moveSession(
        database,
        {
          id,
          started_at: instantOf(at("11-12T09:55")),
          ended_at: instantOf(at("11-12T14:56")),
          minutes: 300,
        },
        reading,
      ),
    remove: ({ database }, id) => edit.removeSession(database, { id }, reading),
    idle: ({ database }, id) => edit.moveSession(database, { id, idle_minutes: 250 }, reading),
    split: ({ database }, id) =>
      edit.splitSession(database, { id, at: instantOf(at("11-12T12:00")) }, reading),
    add: ({ database }) =>
      edit.addSession(
        database,
        {
          game_id: 1,
          started_at: instantOf(at("11-15T10:00")),
          ended_at: instantOf(at("11-15T11:00")),
        },
        reading,
      ),
  };
  const left: Record<string, number> = {
    none: 300,
    move: 300,
    remove: 0,
    idle: 50,
    split: 300,
    add: 360,
  };

  for (const [kind, correct] of Object.entries(corrections)) {
    using store = reviewed();
    recutDays(store.database, UTC, now);
    correct(store, store.sessions()[0]?.id ?? 0);

    const history = getGameHistory(store.database, { id: 1 }, UTC);
    const year = getYearReview(store.database, { year: 2025 }, reading);

    expect([kind, history.before.months]).toEqual([
      kind,
      [
        { month: "2025-10", minutes: 800 },
        { month: "2025-11", minutes: 200 },
      ],
    ]);
    expect(history.reconciles).toBe(true);
    expect([kind, year.by_month[10]]).toEqual([
      kind,
      { month: "2025-11", minutes: left[kind] ?? 0, before_minutes: 200 },
    ]);
  }
});
