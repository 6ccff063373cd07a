import { expect, test } from "bun:test";
import { instantOf } from "./instant.ts";
import { rebuildSessions } from "./rebuild.ts";
import * as edit from "./session-edit.ts";
import { listSessionEdits } from "./session-edit-list.ts";
import { on, span, Watched } from "./session-edit-fixture.ts";

// Whoever takes out what they had added themselves must not lose what Steam saw, or the day loses the wrong hour.
for (const [from, until] of [
  ["14:10", "14:40"],
  ["14:00", "15:00"],
  ["14:00", "14:59"],
] as const) {
  test(`a session of ${from} to ${until} added by hand is taken out, and not Steam's which lies over it`, () => {
    using store = new Watched();
    store.sample(on("01", "08:00"), 1000);
    store.sample(on("01", "13:00"), 1000);
    const added = span(on("01", from), on("01", until));
    const reading = store.reading(on("01", "18:00"));
    edit.addSession(store.database, { game_id: 1, ...added }, store.reading(on("01", "15:00")));
    store.sample(on("01", "15:00"), 1060);

    edit.removeSession(store.database, { id: store.idOf("manual") }, reading);

    expect(store.told()).toEqual(["14:00–15:00 60 poll"]);
    // Undoing the addition leaves nothing to take out: Steam's session was never meant.
    edit.undoEdit(store.database, { id: 1 }, reading);
    expect(store.told()).toEqual(["14:00–15:00 60 poll"]);
    expect(
      listSessionEdits(store.database, {}).items.map(({ kind, applied }) => [kind, applied]),
    ).toEqual([
      ["remove", false],
      ["add", false],
    ]);
  });

  test(`what Steam saw is taken out, and not the session of ${from} to ${until} that was added by hand under it`, () => {
    using store = new Watched();
    store.sample(on("01", "08:00"), 1000);
    store.sample(on("01", "13:00"), 1000);
    edit.addSession(
      store.database,
      { game_id: 1, ...span(on("01", from), on("01", until)) },
      store.reading(on("01", "15:00")),
    );
    store.sample(on("01", "15:00"), 1060);

    edit.removeSession(
      store.database,
      { id: store.idOf("poll") },
      store.reading(on("01", "18:00")),
    );

    expect(store.sessions().map(({ precision }) => precision)).toEqual(["manual"]);
  });
}

test("of two lots of minutes without a place, the one that was chosen is taken out", () => {
  using store = new Watched();
  const offline = (minutes: number) => ({ offlineMinutes: minutes });
  store.sample(on("01", "08:00"), 1000, offline(0));
  store.sample(on("01", "19:30"), 1005, offline(0));
  store.sample(on("01", "23:30"), 1005, offline(0));
  store.sample(on("02", "00:00"), 1205, offline(90));

  edit.removeSession(
    store.database,
    { id: store.idOf("gap", 48) },
    store.reading(on("02", "10:00")),
  );

  expect(store.told().filter((told) => told.endsWith("gap"))).toEqual(["07:30–00:00 90 gap"]);
});

// "That was my brother" is said of an hour that is over: what one plays oneself afterwards must stay.
for (const kind of ["remove", "move", "idle", "split"] as const) {
  test(`play that begins minutes after a session was corrected (${kind}) is none of that correction's`, () => {
    using store = new Watched();
    store.sample(on("02", "09:30"), 100);
    store.played(on("02", "10:00"), on("02", "11:00"));
    store.sample(on("02", "11:01"), 160);
    const [session] = store.sessions();
    const id = session?.id ?? 0;
    const reading = store.reading(on("02", "11:03"));
    const made = {
      remove: () => edit.removeSession(store.database, { id }, reading),
      move: () =>
        edit.moveSession(store.database, { id, started_at: instantOf(on("02", "10:05")) }, reading),
      idle: () => edit.moveSession(store.database, { id, idle_minutes: 25 }, reading),
      split: () =>
        edit.splitSession(store.database, { id, at: instantOf(on("02", "10:30")) }, reading),
    };
    made[kind]();
    const left = store.minutesOn("02", on("02", "11:03"));
    const first = store.told();

    store.notSeen(on("02", "11:05"));
    store.seen(on("02", "11:06"), on("02", "13:06"));
    const meanwhile = store.told();
    store.notSeen(on("02", "13:06"));
    store.sample(on("02", "13:07"), 280);

    expect(meanwhile.slice(0, -1)).toEqual(first);
    expect(meanwhile.at(-1)).toBe("11:05– 0 presence");
    expect(store.told()).toEqual([...first, "11:05–13:05 120 presence"]);
    expect(store.minutesOn("02", on("03", "10:00"))).toBe(left + 120);
    const [kept] = listSessionEdits(store.database, {}).items;
    expect(kept).toMatchObject({ applied: true, minutes: left - 60 });
    const told = store.told();
    rebuildSessions(store.database, reading.calendar, on("03", "10:00"));
    expect(store.told()).toEqual(told);
  });
}

// Steam's totals lag: what it tells late of an hour that was taken out would bring half of it back.
test("minutes of a session that was taken out stay out when Steam reports them late", () => {
  using store = new Watched();
  store.sample(on("02", "09:30"), 100);
  store.played(on("02", "10:00"), on("02", "11:00"));
  store.sample(on("02", "11:01"), 130);
  expect(store.told()).toEqual(["09:59–10:59 30 presence"]);
  const reading = store.reading(on("02", "11:03"));
  edit.removeSession(store.database, { id: store.idOf("presence") }, reading);

  store.sample(on("02", "11:31"), 160);

  expect(store.told()).toEqual([]);
  expect(listSessionEdits(store.database, {}).items).toMatchObject([{ minutes: -60 }]);
});

test("a session that Steam's later minutes lengthen is corrected as long as it was when the correction was made", () => {
  using store = new Watched();
  store.sample(on("02", "10:00"), 100);
  store.sample(on("02", "10:30"), 130);
  expect(store.told()).toEqual(["10:00–10:30 30 poll"]);
  const made = store.reading(on("02", "11:01"));
  edit.removeSession(store.database, { id: store.idOf("poll") }, made);

  // An outage: nobody asked at 11:00. Half of what the next sample tells was played before the correction.
  store.sample(on("02", "11:30"), 190);

  expect(store.told()).toEqual(["11:01–11:30 29 poll"]);
});

test("what was played after a corrected session can be corrected for itself, whatever becomes of the first correction", () => {
  using store = new Watched();
  store.sample(on("02", "09:30"), 100);
  store.played(on("02", "10:00"), on("02", "11:00"));
  store.sample(on("02", "11:01"), 160);
  edit.removeSession(
    store.database,
    { id: store.idOf("presence") },
    store.reading(on("02", "11:03")),
  );
  store.played(on("02", "11:06"), on("02", "13:06"));
  store.sample(on("02", "13:07"), 280);
  const later = store.reading(on("02", "15:00"));

  edit.removeSession(store.database, { id: store.idOf("presence") }, later);
  expect(store.told()).toEqual([]);
  edit.undoEdit(store.database, { id: 1 }, later);

  expect(store.told()).toEqual(["09:59–10:59 60 presence"]);
});

test("a correction from before what was known was kept with it takes what overlaps it longest, as ever", () => {
  using store = new Watched();
  store.sample(on("02", "09:30"), 100);
  store.played(on("02", "10:00"), on("02", "11:00"));
  store.sample(on("02", "11:01"), 160);
  const target = { startedAt: on("02", "10:00"), endedAt: on("02", "10:30"), gap: false };
  store.database
    .prepare(
      "INSERT INTO session_edits (game_id, kind, arguments, created_at) VALUES (1, 'remove', ?, ?)",
    )
    .run(JSON.stringify({ target }), on("02", "11:03"));

  store.played(on("02", "11:06"), on("02", "13:06"));
  store.sample(on("02", "13:07"), 280);

  expect(store.told()).toEqual([]);
});
