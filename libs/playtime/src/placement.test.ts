import { describe, expect, test } from "bun:test";
import { placeSessions } from "./placement.ts";
import type { PlacedSession, PlayRow, PresenceInterval } from "./evidence.ts";

const calendar = { zone: "UTC", dayStartHour: 0 };
const MINUTE_MS = 60_000;

/** An instant of 4 May 2026, UTC; hours past 24 lie on the days after. */
function at(clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  return Date.UTC(2026, 4, 4, hours, minutes, seconds);
}

function row(
  previous: string,
  observed: string,
  minutes: number,
  more: Partial<PlayRow> = {},
): PlayRow {
  const window = { previousObservedAt: at(previous), observedAt: at(observed) };
  return { ...window, minutes, offlineMinutes: 0, lastPlayedAt: null, ...more };
}

/** Presence seen from one instant to another by looks a minute apart. */
function seen(from: string, to: string, more: Partial<PresenceInterval> = {}): PresenceInterval {
  const [startedAt, lastSeenAt] = [at(from), at(to)];
  const looks = { notBefore: startedAt - MINUTE_MS, notAfter: lastSeenAt + MINUTE_MS };
  return { startedAt, lastSeenAt, ...looks, ...more };
}

function place(rows: PlayRow[], presence: PresenceInterval[] = []): PlacedSession[] {
  return placeSessions(rows, presence, { calendar });
}

/** A session as "from to minutes precision", from the clock of its first day. */
function brief(sessions: readonly PlacedSession[]): string[] {
  const clock = (instant: number | null): string =>
    instant === null ? "…" : new Date(instant).toISOString().slice(11, 19).replace(/:00$/, "");
  return sessions.map(
    ({ startedAt, endedAt, minutes, precision }) =>
      `${clock(startedAt)}–${clock(endedAt)} ${minutes} ${precision}`,
  );
}

describe("rule 4, where minutes are placed", () => {
  test("an increase was played in (previous sample − 30 min, this sample], which is kept as its window", () => {
    const [session] = place([row("20:00", "20:30", 12)]);

    expect(session).toMatchObject({ notBefore: at("19:30"), notAfter: at("20:30") });
  });

  test("along the presence of that game in the window, earliest first, for totals lag and presence does not", () => {
    const sessions = place([row("20:10", "20:40", 30)], [seen("20:00:20", "20:39:20")]);

    expect(brief(sessions)).toEqual(["19:59:50–20:39:50 30 presence"]);
    expect(sessions[0]).toMatchObject({ notBefore: at("19:59:20"), notAfter: at("20:40:20") });
  });

  // The poller was down when the game was closed: neither the minutes nor the session may reach beyond what Steam dates.
  test("an open end of a presence interval does not win over a date that lies after the last time the game was seen", () => {
    const rows = [row("20:20", "20:32:35", 11, { lastPlayedAt: at("20:30:45") })];
    const presence = (from: string) => [seen(from, "20:29:55", { notAfter: at("20:32:36") })];

    expect(brief(place(rows, presence("20:29:55")))).toEqual(["20:19–20:30:45 11 last_played"]);
    expect(brief(place(rows, presence("20:10:55")))).toEqual(["20:10:25–20:30:45 11 presence"]);
  });

  // A look a minute finds a game half a minute late: counted from there, a midnight would be two minutes off now and then.
  test("from half a look before it was first seen, where nothing dates its minutes", () => {
    const rows = [row("23:45", "24:00", 30), row("24:00", "24:31", 33)];

    const [session] = place(rows, [seen("23:14:40", "24:17:40")]);

    expect(session?.days[0]?.minutes).toBe(46);
  });

  test("also along presence seen before its minutes arrived", () => {
    const sessions = place([row("20:30", "21:00", 20)], [seen("20:05:20", "20:25:20")]);

    expect(brief(sessions)).toEqual(["20:04:50–20:25:50 20 presence"]);
  });

  test("else ending at Steam's last played where that lies in the window", () => {
    const sessions = place([row("20:00", "20:30", 12, { lastPlayedAt: at("20:19:40") })]);

    expect(brief(sessions)).toEqual(["20:07–20:19 12 last_played"]);
  });

  test("else ending at the sample", () => {
    expect(brief(place([row("20:00", "20:30", 12)]))).toEqual(["20:18–20:30 12 poll"]);
  });

  // Placed at its sample, the rest of a sitting would look like another one, an hour after the game was left.
  test("the rest of a sitting follows the half hours that were counted of it while it ran", () => {
    const rows = [row("20:00", "20:30", 30), row("20:30", "21:00", 30), row("21:00", "21:30", 8)];

    expect(brief(place(rows))).toEqual(["20:00–21:08 68 poll"]);
    expect(brief(place([row("20:00", "20:30", 12), row("20:30", "21:00", 8)]))).toEqual([
      "20:18–20:30 12 poll",
      "20:52–21:00 8 poll",
    ]);
  });

  // Slots that rounding leaves free in a presence are no place for the minutes of the invisible sitting after it.
  test("play that Steam dates after a presence which was counted already is no part of it", () => {
    const rows = [
      row("20:00", "20:30", 28, { lastPlayedAt: at("20:28:40") }),
      row("20:30", "21:00", 17, { lastPlayedAt: at("20:58:10") }),
    ];

    expect(brief(place(rows, [seen("20:00:10", "20:28:10")]))).toEqual([
      "19:59:40–20:28:40 28 presence",
      "20:41–20:58 17 last_played",
    ]);
  });

  test("minutes on a presence that Steam dates after it may be from after it: their window says so", () => {
    const rows = [row("20:00", "20:40", 30, { lastPlayedAt: at("20:32") })];

    const [session] = place(rows, [seen("20:00:10", "20:28:10")]);

    expect(session).toMatchObject({ notBefore: at("19:30"), notAfter: at("20:40") });
  });

  test("minutes beyond those that presence saw end at Steam's last played, too", () => {
    const rows = [row("20:00", "20:45", 20, { lastPlayedAt: at("20:40") })];

    const sessions = place(rows, [seen("20:05", "20:09")]);

    expect(brief(sessions)).toEqual(["20:04–20:09:30 5 presence", "20:25–20:40 15 last_played"]);
  });

  test("the windows of one sitting are placed as a whole: earlier minutes move earlier to make room", () => {
    const rows = [row("20:00", "20:30", 30), row("20:30", "21:00", 45), row("21:00", "21:30", 35)];

    // Row by row, the first would have taken 20:00–20:30 and left 15 minutes of the second without a place.
    expect(brief(place(rows.slice(0, 1)))).toEqual(["20:00–20:30 30 poll"]);
    expect(brief(place(rows))).toEqual(["19:40–21:30 110 poll"]);
  });

  test("minutes of consecutive windows never become a gap while their windows have room", () => {
    const sessions = place([
      row("20:00", "20:30", 30),
      row("20:30", "21:00", 45),
      row("21:00", "21:30", 15),
    ]);

    expect(brief(sessions)).toEqual(["19:45–21:00 75 poll", "21:15–21:30 15 poll"]);
  });

  test("sittings more than 10 minutes apart are two sessions, nearer ones are one", () => {
    const first = row("20:00", "20:30", 10, { lastPlayedAt: at("20:20") });
    const apart = row("20:30", "21:00", 10, { lastPlayedAt: at("20:41") });
    const near = row("20:30", "21:00", 10, { lastPlayedAt: at("20:40") });

    expect(place([first, apart])).toHaveLength(2);
    expect(brief(place([first, near]))).toEqual(["20:10–20:40 20 last_played"]);
  });

  test("an outage inside a sitting does not break it", () => {
    const before = seen("20:00", "20:20", { notAfter: at("20:50") });
    const after = seen("20:50", "21:20", { notBefore: at("20:20") });

    const sessions = place([row("20:15", "20:51", 30), row("20:51", "21:22", 51)], [before, after]);

    expect(brief(sessions)).toEqual(["19:59–21:21 81 presence"]);
  });

  test("minutes that do not fit their window are kept as a gap", () => {
    const sessions = place([row("20:00", "20:30", 200)]);

    expect(sessions.map((session) => session.precision)).toEqual(["poll", "gap"]);
    expect(sessions.reduce((sum, session) => sum + session.minutes, 0)).toBe(200);
    expect(sessions[1]).toMatchObject({ startedAt: at("19:30"), endedAt: at("20:30"), days: [] });
  });

  test("offline play, which Steam counts on reconnecting, is a gap since the play before", () => {
    const rows = [
      row("10:00", "10:30", 5, { lastPlayedAt: at("10:28") }),
      row("20:00", "20:30", 100, { offlineMinutes: 90 }),
    ];

    const sessions = place(rows);

    expect(brief(sessions)).toEqual([
      "10:23–10:28 5 last_played",
      "10:28–20:30 90 gap",
      "20:20–20:30 10 poll",
    ]);
  });

  test("offline play before a game's first row can be as old as tracking", () => {
    const rows = [row("20:00", "20:30", 90, { offlineMinutes: 90, lastPlayedAt: at("20:10") })];

    const sessions = placeSessions(rows, [], { calendar, trackedSince: at("08:00") });

    expect(brief(sessions)).toEqual(["08:00–20:30 90 gap"]);
  });

  test("play that Steam dates before its window is a gap since then", () => {
    const first = row("10:00", "10:30", 5, { lastPlayedAt: at("10:20") });
    const late = row("20:00", "20:30", 100, { lastPlayedAt: at("14:00") });

    const sessions = place([first, late]);

    expect(brief(sessions)).toEqual(["10:15–10:20 5 last_played", "10:20–20:30 100 gap"]);
  });

  // Nothing says that Steam moves its date with every total: a date that stands still must not turn play into a gap.
  test("a date that stands still while the total rises says nothing", () => {
    const lastPlayedAt = at("10:20");

    const sessions = place([
      row("10:00", "10:30", 5, { lastPlayedAt }),
      row("20:00", "20:30", 20, { lastPlayedAt }),
    ]);

    expect(brief(sessions)).toEqual(["10:15–10:20 5 last_played", "20:10–20:30 20 poll"]);
  });
});

describe("live sessions", () => {
  test("open presence is a live session, even before its first minute", () => {
    const sessions = place([], [seen("20:00", "20:05", { notAfter: null })]);

    expect(sessions).toMatchObject([
      {
        startedAt: at("19:59:30"),
        endedAt: null,
        notAfter: null,
        minutes: 0,
        precision: "presence",
        days: [],
      },
    ]);
  });

  test("a live session gathers the minutes that Steam has counted so far", () => {
    const open = seen("20:00:20", "21:05:20", { notAfter: null });

    expect(brief(place([row("20:15", "20:45", 30), row("20:45", "21:15", 30)], [open]))).toEqual([
      "19:59:50–… 60 presence",
    ]);
  });

  test("presence that closed without a minute is no session", () => {
    expect(place([], [seen("20:00", "20:01")])).toEqual([]);
  });
});

describe("rules 5 and 9, days", () => {
  test("a session that crosses midnight is split there", () => {
    const rows = [row("23:45", "24:00", 30), row("24:00", "24:31", 33)];

    const [session] = place(rows, [seen("23:15:20", "24:17:40")]);

    expect(session?.days).toEqual([
      { day: "2026-05-04", minutes: 45 },
      { day: "2026-05-05", minutes: 18 },
    ]);
  });

  test("a day may begin at another hour than midnight", () => {
    const owl = { calendar: { zone: "UTC", dayStartHour: 4 } };

    const [session] = placeSessions([row("24:00", "24:30", 30)], [], owl);

    expect(session?.days).toEqual([{ day: "2026-05-04", minutes: 30 }]);
  });

  test("play over a window that holds more than one day, with nothing to place it by, is on none of them", () => {
    const sessions = place([row("22:00", "31:00", 120)]);

    expect(sessions).toMatchObject([
      { precision: "gap", minutes: 120, notBefore: at("21:30"), notAfter: at("31:00"), days: [] },
    ]);
  });

  test("presence or Steam's last played inside such a window place it", () => {
    const dated = place([row("22:00", "31:00", 60, { lastPlayedAt: at("23:30") })]);
    const watched = place([row("22:00", "31:00", 60)], [seen("29:00", "29:59")]);

    expect(brief(dated)).toEqual(["22:30–23:30 60 last_played"]);
    expect(brief(watched)).toEqual(["04:59:30–05:59:30 60 presence".replace("04:59:30", "04:59")]);
  });

  test("what presence inside such a window does not account for stays without a day", () => {
    const sessions = place([row("22:00", "31:00", 100)], [seen("29:00", "29:59")]);

    expect(sessions.map(({ minutes, precision }) => [minutes, precision])).toEqual([
      [39, "gap"],
      [61, "presence"],
    ]);
  });

  // A week away with three hours every evening is not one sitting of 21 hours.
  test("the date of the last play places one sitting and not the play of a week, which has no day", () => {
    const dated = (minutes: number) =>
      row("00:00", "168:00", minutes, { lastPlayedAt: at("160:00") });

    expect(brief(place([dated(720)]))).toEqual(["04:00–16:00 720 last_played"]);
    expect(place([dated(721)])).toMatchObject([{ precision: "gap", minutes: 721, days: [] }]);
    const [gap, watched] = place([dated(1_260)], [seen("154:00", "156:59")]);
    expect(gap).toMatchObject({ precision: "gap", minutes: 1_260 - (watched?.minutes ?? 0) });
    expect(watched).toMatchObject({ precision: "presence", days: [{ day: "2026-05-10" }] });
  });

  test("a long window inside one day is placed there", () => {
    expect(brief(place([row("08:00", "20:00", 90)]))).toEqual(["18:30–20:00 90 poll"]);
  });
});
