import { expect, test } from "bun:test";
import {
  createSteamClient,
  SteamFailure,
  unlimitedPermits,
  type YearInReview,
} from "@tracker/steam";
import { achievementLibrary } from "./achievement-library.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID, startSteamSim } from "./sim.ts";
import type { SimSettings } from "./settings.ts";
import { type Truth, truthGame } from "./truth.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.parse("2026-11-20T12:00:00Z");
const LIBRARY = achievementLibrary({ seed: 3, endsAt: NOON, games: 60, years: 4 });

function client(apiUrl: string) {
  return createSteamClient({ apiUrl, key: SIM_KEY, permits: unlimitedPermits, retryAttempts: 1 });
}

async function yearOf(url: string, year: number): Promise<YearInReview | string> {
  try {
    return await client(url).yearInReview(SIM_STEAM_ID, year);
  } catch (error) {
    if (error instanceof SteamFailure) return error.kind;
    throw error;
  }
}

const SHAPES = ["months_in_games", "months_beside_games", "months_in_both"] as const;

test("every shape tells the same, and it is what was played month by month", async () => {
  const answers: unknown[] = [];
  for (const yearInReview of SHAPES) {
    await using sim = await startSteamSim({
      truth: LIBRARY,
      now: NOON,
      settings: { yearInReview },
    });
    answers.push(await yearOf(sim.url, 2024));
  }
  const [first, ...others] = answers as YearInReview[];

  for (const other of others) expect(other).toEqual(first as YearInReview);
  const months = (first?.games ?? []).flatMap(({ appId, months }) =>
    months.map(({ month, playedMs }) => [appId, month, playedMs] as const),
  );
  const expected = playPerMonth(LIBRARY, "2024");
  expect(months.length).toBeGreaterThan(50);
  expect(new Map(months.map(([appId, month, ms]) => [`${appId} ${month}`, ms]))).toEqual(expected);
});

/** Counted second by second, away from the simulator's own way: app and month → milliseconds, in whole seconds. */
function playPerMonth({ sittings }: Truth, year: string): Map<string, number> {
  const months = new Map<string, number>();
  for (const { appId, startedAt, endedAt } of sittings) {
    for (let at = startedAt; at < (endedAt ?? NOON);) {
      const next = Math.min(at + 1_000 - (at % 1_000), endedAt ?? NOON);
      const month = new Date(at).toISOString().slice(0, 7);
      const key = `${appId} ${month}`;
      if (month.startsWith(year)) months.set(key, (months.get(key) ?? 0) + next - at);
      at = next;
    }
  }
  return new Map([...months].map(([key, ms]) => [key, ms - (ms % 1_000)]));
}

const played = (at: string, hours = 1) => ({
  appId: 10,
  startedAt: Date.parse(at),
  endedAt: Date.parse(at) + hours * HOUR,
  mode: "online" as const,
});

function truthOf(...sittings: readonly ReturnType<typeof played>[]): Truth {
  return { ...EMPTY_TRUTH, games: [truthGame(10)], sittings: [...sittings] };
}

async function monthsAt(truth: Truth, at: string, year: number, settings?: Partial<SimSettings>) {
  await using sim = await startSteamSim({
    truth,
    now: Date.parse(at),
    ...(settings && { settings }),
  });
  const answer = await yearOf(sim.url, year);
  if (typeof answer === "string") return answer;
  return answer.games.flatMap(({ months }) =>
    months.map(({ month, playedMs, sessions }) => [month, playedMs / HOUR, sessions]),
  );
}

test("play over a month's end is cut there, and its session is the first month's", async () => {
  const truth = truthOf(played("2025-01-31T22:00:00Z", 5));

  expect(await monthsAt(truth, "2026-01-01T00:00:00Z", 2025)).toEqual([
    ["2025-01", 2, 1],
    ["2025-02", 3, 0],
  ]);
});

// A year whose end is missing must not be taken for one in which nothing was played then.
test("the last two weeks of a year are missing until the next Replay", async () => {
  const truth = truthOf(played("2025-12-10T10:00:00Z"), played("2025-12-30T10:00:00Z", 3));

  expect(await monthsAt(truth, "2026-11-20T00:00:00Z", 2025)).toEqual([["2025-12", 1, 1]]);
  expect(await monthsAt(truth, "2026-12-18T00:00:00Z", 2025)).toEqual([["2025-12", 4, 2]]);
});

test("years before 2022, years to come and a year that is switched off are not shown", async () => {
  const truth = truthOf(played("2021-06-01T10:00:00Z"), played("2024-06-01T10:00:00Z"));
  const now = "2026-11-20T00:00:00Z";

  expect(await monthsAt(truth, now, 2021)).toBe("not_visible");
  expect(await monthsAt(truth, now, 2027)).toBe("not_visible");
  expect(await monthsAt(truth, now, 2024, { yearInReview: "off" })).toBe("not_visible");
  expect(await monthsAt(truth, now, 2023)).toEqual([]);
  expect(await monthsAt(truth, now, 2024)).toEqual([["2024-06", 1, 1]]);
});

test("the first play ever is told where nothing was played before", async () => {
  const fresh = truthGame(10);
  const old = truthGame(20, { minutesBefore: 60 });
  const sittings = [played("2023-03-01T10:00:00Z"), played("2024-06-01T10:00:00Z")];
  const truth: Truth = {
    ...EMPTY_TRUTH,
    games: [fresh, old],
    sittings: [...sittings, { ...played("2024-07-01T10:00:00Z"), appId: 20 }],
  };
  await using sim = await startSteamSim({ truth, now: NOON });

  const answer = await yearOf(sim.url, 2024);

  expect(answer).toMatchObject({
    games: [
      {
        appId: 10,
        firstPlayedAt: Date.parse("2024-06-01T10:00:00Z"),
        firstPlayedEverAt: Date.parse("2023-03-01T10:00:00Z"),
      },
      { appId: 20, firstPlayedEverAt: null },
    ],
  });
});

test("play offline is in the year once Steam knows of it, and a shortcut's never", async () => {
  const offline = { ...played("2024-06-01T10:00:00Z"), mode: "offline" as const };
  const shortcut = { ...played("2024-07-01T10:00:00Z"), appId: 20 };
  const truth: Truth = {
    ...EMPTY_TRUTH,
    games: [truthGame(10), truthGame(20, { kind: "non_steam" })],
    sittings: [offline, shortcut],
  };
  await using sim = await startSteamSim({ truth, now: NOON });
  const games = async () => {
    const answer = await yearOf(sim.url, 2024);
    return typeof answer === "string" ? answer : answer.games.map(({ appId }) => appId);
  };

  // The shortcut's start is a connection of the client's.
  expect(await games()).toEqual([10]);
  await sim.control.setTruth({ ...truth, sittings: [offline] });
  expect(await games()).toEqual([]);
  await sim.control.reconnect();
  expect(await games()).toEqual([10]);
});
