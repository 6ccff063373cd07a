import { expect, test } from "bun:test";
import { openDatabase } from "./database.ts";
import { libraryFact } from "./fact-fixture.ts";
import { applyLibrarySample } from "./library.ts";
import { cleanName } from "./steam-name.ts";

const CALENDAR = { zone: "America/New_York", dayStartHour: 0 };
const NOON = Date.parse("2026-03-02T17:00:00Z");
const ESCAPE = String.fromCharCode(27);

test("a name of Steam's becomes one line without control characters, at most as long as a title", () => {
  const wide = `${"a".repeat(299)}🎮`;

  expect([
    cleanName("  Half-Life 2\n\tEpisode\u0000 One "),
    cleanName(`${ESCAPE}[31mRed${ESCAPE}[0m`),
    cleanName("a".repeat(301))?.length,
    cleanName(wide),
    cleanName("Ōkami 大神 🎮"),
  ]).toEqual(["Half-Life 2 Episode  One", "[31mRed [0m", 300, "a".repeat(299), "Ōkami 大神 🎮"]);
  expect([null, "", " ", "\u0000\u007f"].map((name) => cleanName(name))).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
});

test("a game's name is stored clean, and a later sample with the same name changes nothing", () => {
  using database = openDatabase(":memory:");
  const games = [{ appId: 10, minutes: 1, name: `Odd${ESCAPE}\nGame` }];
  const titles = () => database.raw.query("SELECT title, updated_at FROM games").values();

  applyLibrarySample(database, CALENDAR, libraryFact(NOON, games));
  const before = titles();
  applyLibrarySample(database, CALENDAR, libraryFact(NOON + 60_000, games));

  expect(before).toEqual([["Odd Game", NOON]]);
  expect(titles()).toEqual(before);
});
