import { expect, test } from "bun:test";
import { ServiceError } from "@tracker/contracts";
import { instantOf } from "./instant.ts";
import * as edit from "./session-edit.ts";
import { on, span, Watched } from "./session-edit-fixture.ts";

const LATER = on("20", "10:00");

function refused(work: () => unknown): string {
  try {
    work();
    return "not refused";
  } catch (error) {
    return error instanceof ServiceError ? `${error.code} ${error.field}: ${error.message}` : "";
  }
}

/** Six minutes before midnight and nine after it, with an outage between: one session. */
function overMidnight(): Watched {
  const store = new Watched();
  store.sample(on("02", "22:30"), 100);
  store.notSeen(on("02", "22:59"));
  store.seen(on("02", "23:00"), on("02", "23:05"));
  store.seen(on("03", "00:00"), on("03", "00:10"));
  store.notSeen(on("03", "00:10"));
  store.sample(on("02", "23:30"), 105);
  store.sample(on("03", "00:00"), 105);
  store.sample(on("03", "00:11"), 115);
  return store;
}

function days(store: Watched): [number, number] {
  return [store.minutesOn("02", LATER), store.minutesOn("03", LATER)];
}

test("merged sessions keep each minute on the day on which it was played", () => {
  using store = new Watched();
  store.sample(on("02", "09:30"), 100);
  store.played(on("02", "23:00"), on("02", "23:10"));
  store.sample(on("02", "23:11"), 110);
  store.played(on("03", "02:00"), on("03", "04:00"));
  store.sample(on("03", "01:59"), 110);
  store.sample(on("03", "04:01"), 230);
  expect(days(store)).toEqual([10, 120]);

  const ids = store.sessions().map(({ id }) => id);
  edit.mergeSessions(store.database, { ids }, store.reading(LATER));

  expect(store.sessions()).toMatchObject([{ minutes: 130, precision: "manual" }]);
  expect(days(store)).toEqual([10, 120]);
});

test("an idle minute is taken off where minutes were played, and a split at midnight parts the days", () => {
  using store = overMidnight();
  const reading = store.reading(LATER);
  const [session] = store.sessions();
  const id = session?.id ?? 0;
  expect([store.sessions().length, ...days(store)]).toEqual([1, 6, 9]);

  edit.moveSession(store.database, { id, idle_minutes: 1 }, reading);
  expect(days(store)).toEqual([6, 8]);
  edit.undoEdit(store.database, { id: 1 }, reading);
  edit.splitSession(store.database, { id, at: instantOf(on("03", "00:00")) }, reading);

  expect(store.sessions().map(({ minutes }) => minutes)).toEqual([6, 9]);
  expect(days(store)).toEqual([6, 9]);
});

test("a split that would leave no minute on one side is refused, and nothing changes", () => {
  using store = new Watched();
  store.sample(on("02", "09:30"), 100);
  store.played(on("02", "10:00"), on("02", "11:00"));
  store.sample(on("02", "11:01"), 110);
  const before = store.sessions();
  const id = store.idOf("presence", 10);
  expect(store.told()).toEqual(["09:59–10:59 10 presence"]);

  const at = instantOf(on("02", "10:50"));
  expect(refused(() => edit.splitSession(store.database, { id, at }, store.reading(LATER)))).toBe(
    "CONFLICT /at: no minute of it was played on one side of that instant",
  );
  expect(store.sessions()).toEqual(before);
});

// Twelve minutes on each of nine days that nobody played, and a streak of eleven days.
test("a merge over more than a week, or over another session of the game, is refused", () => {
  using store = new Watched();
  store.sample(on("02", "09:30"), 100);
  for (const [index, day] of ["02", "04", "12"].entries()) {
    store.sample(on(day, "10:00"), 100 + 60 * index);
    store.played(on(day, "10:00"), on(day, "11:00"));
    store.sample(on(day, "11:01"), 160 + 60 * index);
  }
  const before = store.sessions();
  const [first, second, third] = before.map(({ id }) => id);
  const merge = (...ids: (number | undefined)[]) =>
    refused(() =>
      edit.mergeSessions(
        store.database,
        { ids: ids.flatMap((id) => id ?? []) },
        store.reading(LATER),
      ),
    );

  expect(merge(first, third)).toBe("CONFLICT /ids: together they would be longer than seven days");
  edit.addSession(
    store.database,
    { game_id: 1, ...span(on("03", "10:00"), on("03", "10:30")) },
    store.reading(LATER),
  );
  expect(merge(first, second)).toMatch(/^CONFLICT .*it would overlap session/);
  expect(store.sessions().filter(({ precision }) => precision !== "manual")).toEqual(before);
});
