import { expect, test } from "bun:test";
import { answer, type Bus, serve, type Work } from "@tracker/bus";
import { startTestServer } from "@tracker/bus/test-server";
import {
  type Input,
  type JobProgress,
  listReviewedYears,
  recordHistory,
  type ReviewedYear,
} from "@tracker/contracts";
import { type Clock, createLog } from "@tracker/service";
import { type FailureKind, SteamFailure, type YearInReview } from "@tracker/steam";
import { type HistoryContext, importHistory } from "./history.ts";
import { yearsToAsk } from "./history-year.ts";

const STEAM_ID = "76561190000000001";
const NOW = Date.parse("2026-11-20T22:30:00Z");
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const JOB_ID = 7;

type YearAnswer = Input<typeof recordHistory>;

/** A store that keeps years in memory, behind the real conversations. */
async function storeIn(bus: Bus) {
  const recorded: YearAnswer[] = [];
  const asReviewed = ({ year, asked_at, outcome, reason, job_id, games }: YearAnswer) => {
    const answered_at = outcome === "ok" ? asked_at : null;
    const months = games.reduce((sum, game) => sum + game.months.length, 0);
    return { year, asked_at, outcome, reason, answered_at, job_id, months, games: games.length };
  };
  const service = await serve(bus, "test", [
    answer(listReviewedYears, () => ({ items: recorded.map(asReviewed) })),
    answer(recordHistory, (input) => {
      recorded.push(input);
      return { games: input.games.length, months: 0, changed: 0 };
    }),
  ]);
  return Object.assign(service, { recorded });
}

function failure(kind: FailureKind, message: string, status: number | null = null): SteamFailure {
  return new SteamFailure(kind, { endpoint: "GetUserYearInReview", message, status });
}

/** One game that was played in May of each year, in seconds that are no whole minutes. */
function played(year: number): YearInReview {
  const months = [{ month: `${year}-05`, playedMs: 90_000, sessions: 2 }];
  const rest = { playedMs: null, sessions: null, firstPlayedAt: null, firstPlayedEverAt: null };
  return {
    year,
    games: [
      { appId: 10, months, ...rest },
      { appId: 20, months: [], ...rest },
    ],
  };
}

/** Time that passes only while somebody waits. */
function patientClock(): Clock & { readonly waitedMs: number } {
  let waitedMs = 0;
  return {
    now: () => NOW + waitedMs,
    monotonic: () => waitedMs,
    wait: (ms) => {
      waitedMs += ms;
      return Promise.resolve();
    },
    get waitedMs() {
      return waitedMs;
    },
  };
}

type AskYear = (year: number, clock: Clock) => YearInReview;

/** Runs one job from a fake Steam into a store on a real bus. */
async function run(
  askYear: AskYear,
  options: { readonly account?: string | null; readonly halt?: AbortController } = {},
) {
  const { account = STEAM_ID, halt = new AbortController() } = options;
  await using server = await startTestServer();
  await using storeBus = await server.connect("store");
  await using bus = await server.connect("importer");
  await using store = await storeIn(storeBus);
  const clock = patientClock();
  const asked: number[] = [];
  const progress: Partial<JobProgress>[] = [];
  const steam: HistoryContext["steam"] = {
    resolveVanityUrl: () => Promise.resolve(STEAM_ID),
    yearInReview: async (_steamId, year) => {
      asked.push(year);
      return await Promise.resolve(askYear(year, clock));
    },
  };
  const log = createLog("test", "error");
  const work: Work = {
    job: { id: JOB_ID } as Work["job"],
    signal: halt.signal,
    tell: (change) => {
      progress.push(change);
      return Promise.resolve();
    },
  };
  const context = { bus, steam, account, clock, log };
  const end = await importHistory(work, context).catch((error: unknown) => error);
  const { recorded } = store;
  return { end, asked, recorded, progress, waitedMs: clock.waitedMs };
}

const YEARS = [2022, 2023, 2024, 2025, 2026];

test("each year until now is asked for once and recorded by itself, in Steam's seconds", async () => {
  const { end, asked, recorded, progress } = await run(played);

  expect(asked).toEqual(YEARS);
  expect(recorded.map(({ year }) => year)).toEqual(YEARS);
  expect(recorded[0]).toEqual({
    steam_id: STEAM_ID,
    year: 2022,
    job_id: JOB_ID,
    outcome: "ok",
    reason: null,
    asked_at: "2026-11-20T22:30:00.000Z",
    games: [{ app_id: 10, months: [{ month: "2022-05", seconds: 90, sessions: 2 }] }],
  });
  expect(end).toMatchObject({ years: YEARS.map((year) => ({ year, outcome: "ok", months: 1 })) });
  expect(progress.at(-1)).toEqual({
    done: 5,
    total: 5,
    message: "5 months of play in 5 years",
  });
});

test("a vanity name is looked up first", async () => {
  const { recorded } = await run(played, { account: "simulated-player" });
  expect(new Set(recorded.map((year) => year.steam_id))).toEqual(new Set([STEAM_ID]));
});

test("a year that Steam does not show is told with its reason, and the others are recorded", async () => {
  const { end, recorded, progress } = await run((year) => {
    if (year === 2023) throw failure("not_visible", "Steam shows nothing.");
    return played(year);
  });

  expect(recorded[1]).toMatchObject({ year: 2023, outcome: "private", games: [] });
  expect(end).toMatchObject({
    years: { 1: { outcome: "private", reason: "Steam shows nothing." } },
  });
  expect(progress.at(-1)?.message).toBe("4 months of play in 4 years; 2023: Steam shows nothing.");
});

test("where not one year is shown the job fails with Steam's reason", async () => {
  const { end, recorded } = await run(() => {
    throw failure("not_visible", "Steam shows nothing.");
  });

  expect(String(end)).toBe("Error: Steam shows nothing.");
  expect(recorded).toHaveLength(YEARS.length);
});

test("a key that is not accepted is not tried on the other years", async () => {
  const { end, asked, recorded } = await run(() => {
    throw failure("bad_key", "Set STEAM_API_KEY.");
  });

  expect(String(end)).toBe("Error: Set STEAM_API_KEY.");
  expect(asked).toEqual([2022]);
  expect(recorded).toMatchObject([{ outcome: "bad_key", reason: "Set STEAM_API_KEY." }]);
});

test("somebody else's year is nobody's: it is told as what it is, and nothing of it is kept", async () => {
  const { end, recorded } = await run((year) => {
    if (year === 2022) throw failure("malformed", "something unexpected at account_id");
    return played(year);
  });

  expect(recorded[0]).toMatchObject({ outcome: "malformed", games: [] });
  expect(end).toMatchObject({ years: { length: YEARS.length } });
});

test.each([
  ["ten minutes of 429", "limited", 429, 10 * MINUTE_MS],
  ["an hour of 503", "unreachable", 503, HOUR_MS],
] as const)("%s end in every year without a person", async (_what, kind, status, lastsMs) => {
  const { recorded, waitedMs, asked, progress } = await run((year, clock) => {
    if (clock.monotonic() < lastsMs) throw failure(kind, "Steam is away.", status);
    return played(year);
  });

  expect(recorded.map(({ outcome }) => outcome)).toEqual(YEARS.map(() => "ok"));
  expect(waitedMs).toBeLessThan(lastsMs + 2 * MINUTE_MS);
  // Growing pauses: an API that is away is not asked every second.
  expect(asked.length).toBeLessThan(YEARS.length + 130);
  expect(progress).toContainEqual({ message: "Steam is away." });
});

test("a year on which Steam breaks does not hold the others, and is not done", async () => {
  const { end, recorded } = await run((year) => {
    if (year === 2024) throw failure("unreachable", "Steam broke.", 500);
    return played(year);
  });

  expect(recorded[2]).toMatchObject({ year: 2024, outcome: "unreachable" });
  expect(end).toMatchObject({ years: { 2: { reason: "Steam broke." }, 3: { outcome: "ok" } } });
});

test("a Steam that stays away for a day ends the job with the reason; what was told until then is kept", async () => {
  const { end, recorded } = await run((year) => {
    if (year === 2024) throw failure("unreachable", "Steam is away.", 503);
    return played(year);
  });

  expect(String(end)).toContain("Steam is away.");
  expect(recorded.map(({ year }) => year)).toEqual([2022, 2023]);
});

test("a job that is halted asks for no further year and records nothing more", async () => {
  const halt = new AbortController();
  const { asked, recorded } = await run(
    (year) => {
      if (year === 2023) halt.abort();
      return played(year);
    },
    { halt },
  );

  expect(asked).toEqual([2022, 2023]);
  expect(recorded.length).toBeLessThanOrEqual(2);
});

test("without an account the job fails with what is missing", async () => {
  const { end, asked } = await run(played, { account: null });

  expect(String(end)).toContain("no Steam account is set up");
  expect(asked).toEqual([]);
});

test("a job passes over the years that it has recorded itself, whatever came of them; others' count for nothing", () => {
  const told = { asked_at: "2026-11-20T22:30:00.000Z", answered_at: null, months: 1, games: 1 };
  const reviewed = (year: number, jobId: number, outcome: ReviewedYear["outcome"] = "ok") => {
    return { year, outcome, reason: null, job_id: jobId, ...told };
  };
  const known = [reviewed(2022, JOB_ID), reviewed(2023, JOB_ID, "private"), reviewed(2024, 3)];

  expect(yearsToAsk(known, { now: NOW, jobId: JOB_ID })).toEqual([2024, 2025, 2026]);
  expect(yearsToAsk([], { now: NOW, jobId: JOB_ID })).toEqual(YEARS);
  expect(yearsToAsk([], { now: Date.UTC(2021, 5), jobId: JOB_ID })).toEqual([]);
});
