import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { dayEnd } from "./civil-day.ts";
import { evidence } from "./random-evidence-fixture.ts";
import { placeSessions } from "./placement.ts";
import { slotStart } from "./slot.ts";
import { snapshotRows, totalOn } from "./snapshot-fixture.ts";

const calendar = { zone: "UTC", dayStartHour: 0 };
const at = (text: string): number => Date.parse(text);

test("rule 6: a snapshot holds the baseline and the play placed on its day or before", () => {
  const rows = snapshotRows(
    [{ observedAt: at("2026-05-01T10:00Z"), minutes: 600 }],
    [
      {
        minutes: 50,
        notAfter: at("2026-05-04T00:30Z"),
        days: [
          { day: "2026-05-03", minutes: 30 },
          { day: "2026-05-04", minutes: 20 },
        ],
      },
    ],
    calendar,
  );

  expect(rows).toEqual([
    { day: "2026-05-01", minutes: 600 },
    { day: "2026-05-03", minutes: 630 },
    { day: "2026-05-04", minutes: 650 },
  ]);
  expect(totalOn(rows, "2026-04-30")).toBeNull();
  expect(totalOn(rows, "2026-05-02")).toBe(600);
  expect(totalOn(rows, "2027-01-01")).toBe(650);
});

test("rule 6: minutes without a day count once their whole window is over", () => {
  const gap = { minutes: 90, days: [], notAfter: at("2026-05-05T00:00Z") };
  const later = { ...gap, notAfter: at("2026-05-05T00:00:01Z") };

  expect(snapshotRows([], [gap], calendar)).toEqual([{ day: "2026-05-04", minutes: 90 }]);
  expect(snapshotRows([], [later], calendar)).toEqual([{ day: "2026-05-05", minutes: 90 }]);
});

test("rule 6: the snapshot of a day is the baseline and all play placed before its midnight", () => {
  fc.assert(
    fc.property(evidence, fc.nat(5000), ({ rows, presence, calendar }, baseline) => {
      const sessions = placeSessions(rows, presence, { calendar });
      const observedAt = slotStart(0);
      const snapshots = snapshotRows([{ observedAt, minutes: baseline }], sessions, calendar);

      for (const { day } of snapshots) {
        const midnight = dayEnd(day, calendar);
        const placed = sessions
          .flatMap((session) => session.days)
          .filter((part) => part.day <= day);
        const gaps = sessions.filter(
          ({ precision, notAfter }) => precision === "gap" && (notAfter ?? Infinity) <= midnight,
        );
        const play = [...placed, ...gaps].reduce((sum, { minutes }) => sum + minutes, 0);
        expect(totalOn(snapshots, day)).toBe(baseline + play);
      }
      const play = rows.reduce((sum, row) => sum + row.minutes, 0);
      expect(snapshots.at(-1)?.minutes ?? 0).toBe(baseline + play);
    }),
    { numRuns: 1000 },
  );
});
