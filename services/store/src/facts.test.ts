import { expect, test } from "bun:test";
import { type Delivery, encode } from "@tracker/bus";
import { librarySampled, ServiceError } from "@tracker/contracts";
import { createLog } from "@tracker/service";
import { openDatabase } from "./database.ts";
import { dump, libraryFact, type LibraryFact } from "./fact-fixture.ts";
import { factHandler } from "./facts.ts";
import { getStoreStatus } from "./status.ts";

const CALENDAR = { zone: "America/New_York", dayStartHour: 0 };
const NOON = Date.parse("2026-03-02T17:00:00Z");
const LOG = createLog("store", "error", () => {});

function delivery(fact: LibraryFact, attempt = 1): Delivery {
  return { subject: librarySampled.subject, body: encode(fact), attempt, working() {} };
}

function manyGames(count: number) {
  return Array.from({ length: count }, (_, index) => ({ appId: index + 1, minutes: index }));
}

test("while the disk is full facts wait, nothing is half written, and the status says why", async () => {
  using database = openDatabase(":memory:");
  const handle = factHandler(database, CALENDAR, LOG, Date.now);
  const fact = libraryFact(NOON, manyGames(2_000));
  const before = dump(database);
  const pages = database.raw.query<{ page_count: number }, []>("PRAGMA page_count").get();
  database.raw.run(`PRAGMA max_page_count = ${(pages?.page_count ?? 0) + 2}`);

  for (const attempt of [1, 2, 3, 4, 50]) {
    const error = await handle(delivery(fact, attempt)).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ServiceError);
  }
  expect(dump(database)).toEqual(before);
  expect(getStoreStatus(database, CALENDAR, Date.now()).write_problem).toContain("disk is full");

  database.raw.run("PRAGMA max_page_count = 1000000");
  await handle(delivery(fact, 52));

  expect(database.writeProblem).toBeNull();
  expect(getStoreStatus(database, CALENDAR, Date.now())).toMatchObject({
    games: 2_000,
    write_problem: null,
    unbalanced_games: 0,
  });
});

test("a fact that fails for a reason of its own is given up after three tries", async () => {
  using database = openDatabase(":memory:");
  const handle = factHandler(database, CALENDAR, LOG, Date.now);
  database.raw.run(
    "CREATE TRIGGER no_games BEFORE INSERT ON games BEGIN SELECT RAISE(ABORT, 'no'); END",
  );
  const fact = libraryFact(NOON, manyGames(1));

  const tries = [1, 2, 3].map((attempt) =>
    handle(delivery(fact, attempt)).then(
      () => "given up",
      () => "tried again",
    ),
  );

  expect(await Promise.all(tries)).toEqual(["tried again", "tried again", "given up"]);
  expect(dump(database)["sync_runs"]).toEqual([]);
});

test("a fact that does not parse, or that nobody knows, is given up at once", async () => {
  using database = openDatabase(":memory:");
  const handle = factHandler(database, CALENDAR, LOG, Date.now);
  const before = dump(database);

  await handle({ ...delivery(libraryFact(NOON, [])), body: new TextEncoder().encode("{") });
  await handle({ ...delivery(libraryFact(NOON, [])), subject: "facts.weather" });

  expect(dump(database)).toEqual(before);
});

test("a write problem that is over shows no longer, though nothing was to be written since", async () => {
  using database = openDatabase(":memory:");
  database.writeProblem = { words: "the disk is full", at: NOON };

  expect(getStoreStatus(database, CALENDAR, NOON + 500).write_problem).toBe("the disk is full");
  expect(getStoreStatus(database, CALENDAR, NOON + 60_000).write_problem).toBeNull();
});
