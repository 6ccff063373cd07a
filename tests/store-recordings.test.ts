import { expect } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SampledGame } from "@tracker/contracts";
import {
  applyLibrarySample,
  countUnbalanced,
  type Database,
  openDatabase,
  writeSnapshots,
} from "@tracker/store/history";
import { recordedTest } from "./recorded-test.ts";

const CALENDAR = { zone: "America/New_York", dayStartHour: 0 };
const STARTED_AT = Date.parse("2026-03-02T17:00:00Z");
const HALF_HOUR_MS = 1_800_000;
/** What a sample may always write: its run, how the account is, and the event that tells of the run. */
const OWN_RECORD = new Set(["sync_runs", "accounts", "outbox", "sqlite_sequence"]);

interface RecordedGame {
  readonly appid: number;
  readonly name: string;
  readonly playtime_forever: number;
  readonly rtime_last_played: number;
  readonly playtime_disconnected: number;
}

recordedTest(
  "owned-games/kevov_129_extended.json",
  "the real library comes into the store with its 129 games and exactly its minutes, and a second sample changes nothing",
  (path) => {
    const { response } = JSON.parse(readFileSync(path, "utf8")) as {
      response: { games: RecordedGame[] };
    };
    using database = openDatabase(":memory:");

    const first = sample(database, STARTED_AT, response.games.map(sampledGame));
    const before = dump(database);
    sample(database, STARTED_AT + HALF_HOUR_MS, response.games.map(sampledGame));

    expect(first).toMatchObject({ gamesSeen: 129, gamesAdded: 129, minutesAdded: 0 });
    expect(dump(database)).toEqual(before);
    const stored = database.raw.query(
      "SELECT steam_app_id, playtime_minutes FROM games ORDER BY id",
    );
    expect(stored.values()).toEqual(
      response.games.map((game) => [game.appid, game.playtime_forever]),
    );
    expect(countUnbalanced(database)).toBe(0);
  },
);

for (const player of ["player1", "player2"]) {
  for (const lost of [0, 3, 2]) {
    const nights = lost === 0 ? "no night lost" : `every ${lost}. night lost`;
    recordedTest(
      `playtime-series/${player}`,
      `${player}, ${nights}: the store's play of every recorded game is its last total less its first`,
      (folder) => {
        const series = readdirSync(folder).map((file) => ({
          appId: Number.parseInt(file, 10),
          totals: readSeries(join(folder, file)),
        }));
        using database = openDatabase(":memory:");

        playNights(database, series, lost);

        const played = database.raw.query(
          `SELECT steam_app_id, coalesce((SELECT sum(minutes) FROM playtime_changes WHERE game_id = games.id AND kind = 'play'), 0),
           (SELECT coalesce(sum(minutes), 0) FROM play_sessions WHERE game_id = games.id) FROM games ORDER BY 1`,
        );
        const expected = series
          .map(({ appId, totals }) => [appId, lastOf(totals) - firstOf(totals)])
          .sort(([a = 0], [b = 0]) => a - b);
        expect<unknown[][]>(played.values()).toEqual(
          expected.map(([appId, minutes]) => [appId, minutes, minutes]),
        );
        expect(countUnbalanced(database)).toBe(0);
        const [total] = database.raw
          .query("SELECT total_minutes FROM daily_snapshots ORDER BY date DESC")
          .values();
        expect(total).toEqual([series.reduce((sum, { totals }) => sum + lastOf(totals), 0)]);
      },
    );
  }
}

interface Series {
  readonly appId: number;
  readonly totals: ReadonlyMap<string, number>;
}

/** Samples the whole library in each night on which any total changed, but for the lost ones. */
function playNights(database: Database, series: readonly Series[], lost: number): void {
  const nights = [...new Set(series.flatMap(({ totals }) => [...totals.keys()]))].sort();
  const current = new Map(series.map(({ appId, totals }) => [appId, firstOf(totals)]));
  let at = 0;
  for (const [index, night] of nights.entries()) {
    for (const { appId, totals } of series) {
      current.set(appId, totals.get(night) ?? current.get(appId) ?? 0);
    }
    if (lost > 0 && index % lost === 1 && index < nights.length - 1) continue;
    at = Date.parse(`${night}T04:00:00Z`);
    const games = [...current].map(([app_id, minutes]) =>
      Object.assign({ app_id, minutes }, NOT_TOLD),
    );
    sample(database, at, games);
    writeSnapshots(database, CALENDAR, at);
  }
  writeSnapshots(database, CALENDAR, at + 3 * 86_400_000);
}

const NOT_TOLD = {
  name: null,
  last_played_at: null,
  offline_minutes: null,
  source: "owned" as const,
};

function sampledGame(game: RecordedGame): SampledGame {
  const seconds = game.rtime_last_played;
  return {
    app_id: game.appid,
    name: game.name,
    minutes: game.playtime_forever,
    last_played_at: seconds === 0 ? null : new Date(seconds * 1_000).toISOString(),
    offline_minutes: game.playtime_disconnected,
    source: "owned",
  };
}

function sample(database: Database, at: number, games: SampledGame[]) {
  const instant = new Date(at).toISOString();
  return applyLibrarySample(database, CALENDAR, {
    id: `sample-${at}`,
    steam_id: "76561190000000001",
    started_at: instant,
    observed_at: instant,
    trigger: "interval",
    job_id: null,
    outcome: "ok",
    reason: null,
    games,
  });
}

function dump(database: Database): unknown {
  const tables = database.raw
    .query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .filter(({ name }) => !OWN_RECORD.has(name));
  return tables.map(({ name }) => [name, database.raw.query(`SELECT * FROM ${name}`).all()]);
}

function readSeries(path: string): Map<string, number> {
  const [, ...lines] = readFileSync(path, "utf8").trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [day = "", minutes = "0"] = line.split(" ");
      return [day, Number(minutes)] as const;
    }),
  );
}

function firstOf(totals: ReadonlyMap<string, number>): number {
  return [...totals.values()][0] ?? 0;
}

function lastOf(totals: ReadonlyMap<string, number>): number {
  return [...totals.values()].at(-1) ?? 0;
}
