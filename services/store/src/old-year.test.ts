import { expect, test } from "bun:test";
import { nextDay } from "@tracker/playtime";
import { openDatabase } from "./database.ts";
import { dumpDerived } from "./fact-fixture.ts";
import { days, expectSound } from "./old-adoption-fixture.ts";
import { adoptLibrary } from "./old-adoption.ts";
import { OLD_VARIANTS, OldDatabaseFixture } from "./old-database-fixture.ts";
import { readOldLibrary } from "./old-library.ts";
import { adoptionReport } from "./old-report.ts";
import { CALENDAR, NOW } from "./question-fixture.ts";
import { rebuildSessions } from "./rebuild.ts";

// The issue's own case: a year of nights with holes, both schemas, and every day explained.
test("a year of nights adds up: play is never more than was played, and every day has its row in the report", () => {
  for (const variant of OLD_VARIANTS) {
    using old = new OldDatabaseFixture(variant);
    using database = openDatabase(":memory:");
    const ids = Array.from({ length: 40 }, (_, index) =>
      old.insert("games", { title: `Spiel №${index}`, hours_played: 0, steam_app_id: index + 1 }),
    );
    const truth = new Map(ids.map((id, index) => [id, index * 37]));
    const first = new Map<number, number>();
    let day = "2024-11-01";
    for (let index = 0; index < 365; index += 1, day = nextDay(day)) {
      for (const id of ids) {
        const played = (id * 31 + index * 17) % 11 === 0 ? (id * index) % 260 : 0;
        truth.set(id, (truth.get(id) ?? 0) + played);
      }
      if (index % 13 === 5 || (index > 200 && index < 210)) continue;
      old.night(day, truth);
      for (const [id, total] of truth) if (total > 0 && !first.has(id)) first.set(id, total);
    }
    for (const [id, total] of truth) {
      old.raw
        .query("UPDATE games SET hours_played = ? WHERE id = ?")
        .run(Math.round(total / 6) / 10, id);
    }

    const started = performance.now();
    const library = readOldLibrary(old.raw);
    const result = adoptLibrary(database, CALENDAR, library, NOW);
    const report = adoptionReport(library, result);
    const ms = performance.now() - started;

    expectSound(database);
    for (const id of ids) {
      const told = result.games[id - 1]?.history?.rows.filter((row) => row.kind === "play") ?? [];
      const minutes = told.reduce((sum, row) => sum + row.minutes, 0);
      const played = (truth.get(id) ?? 0) - (first.get(id) ?? 0);
      expect(minutes).toBeLessThanOrEqual(played);
      expect(played - minutes).toBeLessThanOrEqual(12);
    }
    const shown = days(database);
    const lines = report.split("\n");
    expect(shown.length).toBeGreaterThan(500);
    for (const { title, day, minutes } of shown) {
      const row = lines.find(
        (line) => line.includes(`| ${title} |`) && line.includes(`day ${day} (`),
      );
      expect(row).toContain(`day ${day} (${minutes})`);
    }
    const derived = dumpDerived(database);
    rebuildSessions(database, CALENDAR, NOW);
    expect(dumpDerived(database)).toEqual(derived);
    expect(ms).toBeLessThan(15_000);
    process.stdout.write(
      `adopting a year of 40 games (${variant}): ${Math.round(ms)} ms, ${shown.length} days\n`,
    );
  }
}, 120_000);
