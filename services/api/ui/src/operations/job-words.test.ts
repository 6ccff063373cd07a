import { expect, test } from "bun:test";
import type { Job } from "@tracker/contracts";
import { activeWords, argumentWords, endedWords } from "./job-words.ts";
import { resultWords } from "./result-words.ts";

const JOB: Job = {
  id: 7,
  kind: "crawl",
  arguments: { mode: "detail", batch_size: 20 },
  state: "running",
  progress: {
    done: 1_200,
    total: 9_000,
    rate_per_minute: 59.6,
    eta_seconds: 7_800,
    message: "details",
  },
  result: null,
  error: null,
  requested_by: "api",
  created_at: "2026-11-20T10:00:00.000Z",
  started_at: "2026-11-20T10:00:00.000Z",
  heartbeat_at: null,
  finished_at: null,
};

test("a job that runs tells how far it is, how fast, and how long it takes; a paused one only how far", () => {
  expect(activeWords(JOB)).toBe(
    "1,200 of 9,000 · 60 a minute · 2 h 10 min left · details · asked by api",
  );
  expect(activeWords({ ...JOB, state: "paused" })).toBe(
    "1,200 of 9,000 · goes on when it is resumed · details · asked by api",
  );
  expect(argumentWords(JOB)).toBe("detail · 20 at a time");
  expect(argumentWords({ arguments: { app_ids: [620], full_refresh: true } })).toBe(
    "1 game · anew",
  );
});

test("a job that has ended tells what came of it and how long it took", () => {
  const ended = { ...JOB, state: "cancelled", finished_at: "2026-11-20T10:00:42.000Z" } as const;

  expect(endedWords(ended)).toStartWith("after 1,200 · ");
  expect(endedWords(ended)).toEndWith(" · took 42 s · asked by api");
});

// A result is JSON of whatever version wrote it: words for it must never break the page.
test.each([
  [
    "backup",
    { file: "tracker-20261120T100000Z.db", bytes: 24_000_000, removed: 1 },
    "tracker-20261120T100000Z.db · 24.0 MB · 1 old one removed",
  ],
  ["snapshot", { days: 0 }, "every day had its snapshot already"],
  ["snapshot", { days: 3 }, "3 days written"],
  [
    "import",
    { games: 120, outcomes: { ok: 110, none: 8, unreachable: 2 }, library: null },
    "120 games looked at · 2 could not be read",
  ],
  [
    "history",
    { years: [{ outcome: "ok", months: 11 }, { outcome: "private" }] },
    "11 months of play in 1 year",
  ],
  [
    "nightly",
    { poll: { state: "done", error: null }, import: { state: "failed", error: "bad key" } },
    "poll done · import failed (bad key)",
  ],
  [
    "crawl",
    {
      mode: "full",
      stages: { list: { apps: 285_000 }, detail: {} },
      met: { "detail: timeout": { times: 2 } },
      problems: ["SteamSpy was not reached"],
    },
    "list: 285,000 apps · 2 failures outlived · SteamSpy was not reached",
  ],
  ["crawl", { stages: { list: { pages: 1 } } }, "list: 1 page"],
  ["poll", { outcome: "bad_key" }, "bad key"],
  ["crawl", { stages: 3, met: null, problems: "none" }, ""],
  ["nightly", null, ""],
] as const)("what came of a job of kind %s is told in words: %o", (kind, result, words) => {
  expect(resultWords({ kind, result })).toBe(words);
});
