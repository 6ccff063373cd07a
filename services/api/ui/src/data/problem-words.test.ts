import { expect, test } from "bun:test";
import { inWords, withLocalTimes } from "./problem-words.ts";

test("a refusal names its field as the form does, not as the request does", () => {
  const told = [
    '/name: expected a text of 1 to 100 characters, got ""',
    "/patch/completion_date: expected a day that exists, got 2026-02-30",
    "from: expected a day not after 2026-11-21, got 2026-11-22",
    "/ended_at: expected an instant after 2026-11-20T20:00:00.000Z, got nothing",
    "/ended_at: expected at most seven days after started_at, 2026-11-20T20:00:00.000Z, got it",
    "it would overlap session 1 of the same game, which began at 2026-11-20T20:00:00.000Z",
  ].map(inWords);

  expect(told).toEqual([
    "Name: expected some text, got none",
    "Completion date: expected a day that exists, got 2026-02-30",
    "From: expected a day not after 2026-11-21, got 2026-11-22",
    "Until: expected a time after 2026-11-20T20:00:00.000Z, got nothing",
    "Until: expected at most seven days after the start, 2026-11-20T20:00:00.000Z, got it",
    "it would overlap another session of the same game, which began at 2026-11-20T20:00:00.000Z",
  ]);
});

test("what speaks of no field stays as it is", () => {
  const messages = ["there is no game 7", "Steam: it does not answer", "/x is not there"];

  expect(messages.map(inWords)).toEqual(messages);
});

test("a refusal tells its times by the tracker's clock, as the form does", () => {
  const told = withLocalTimes(
    "Until: expected an instant after 2026-11-10T09:00:00.000Z, got 2026-11-10T08:00:00.000Z",
    "Europe/Berlin",
  );

  expect(told).toBe(
    "Until: expected an instant after Nov 10, 2026, 10:00 AM, got Nov 10, 2026, 9:00 AM",
  );
});
