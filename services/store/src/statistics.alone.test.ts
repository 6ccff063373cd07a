import { expect, test } from "bun:test";
import { openDatabase } from "./database.ts";
import { DAY_MS, HOUR_MS, insertGame, insertSession, NOW, READING } from "./question-fixture.ts";
import { getStatistics } from "./statistics.ts";

test("ten years of 2,000 games and 30,000 sessions are told in less than 150 ms", () => {
  using database = openDatabase(":memory:");
  database.raw.run("BEGIN");
  const games = Array.from({ length: 2_000 }, (_, index) =>
    insertGame(database, { title: `Game ${index}` }),
  );
  for (let index = 0; index < 30_000; index++) {
    const at = NOW - (index / 30_000) * 3_650 * DAY_MS;
    const day = new Date(at - 5 * HOUR_MS).toISOString().slice(0, 10);
    insertSession(
      database,
      games[index % games.length] ?? 1,
      at - HOUR_MS,
      { minutes: 60 },
      { [day]: 60 },
    );
  }
  database.raw.run("COMMIT");
  const range = { from: "2016-11-25", to: "2026-11-20" };

  const times = Array.from({ length: 9 }, () => {
    const from = performance.now();
    getStatistics(database, range, READING);
    return performance.now() - from;
  }).sort((a, b) => a - b);

  const medianMs = times[4] ?? Infinity;
  process.stdout.write(
    `statistics: ten years of 30,000 sessions: median ${medianMs.toFixed(1)} ms\n`,
  );
  expect(medianMs).toBeLessThan(150);
}, 60_000);
