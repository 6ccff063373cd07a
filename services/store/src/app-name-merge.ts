import { type Database, inTransaction } from "./database.ts";

/** What one step may write: about 5 ms, which nobody who searches meanwhile notices. */
const STEP_PAGES = 100;
/** Each commit of a crawl adds a piece to the name index, and a search looks into all of them: one instead of fifteen is three times as fast. */
const PIECES_MAX = 4;
/** A merge of everything ends long before; what never ends must not hold the store. */
const STEPS_MAX = 10_000;

/** Two pieces of a size are one too many: the index grows by a piece with each commit of a crawl. */
const PIECES_OF_A_SIZE_MIN = 2;

/**
 * Merges, while names are being written, pieces that are about of a size: cheap, and a search in the midst of a crawl looks into
 * five of them rather than seventeen. Nothing while nothing has been written since `seen`, which it keeps up to date.
 */
export function* mergeNewNames(database: Database, seen: { changes: number }): Generator<void> {
  if (countChanges(database) === seen.changes) return;
  setPiecesOfASize(database);
  for (let step = 0; step < STEPS_MAX && mergeStep(database, STEP_PAGES); step++) yield;
  seen.changes = countChanges(database);
}

/** Kept in the index itself, so it is written once. */
function setPiecesOfASize(database: Database): void {
  const known = database
    .prepare<{ v: number }>("SELECT v FROM app_names_config WHERE k = 'usermerge'")
    .get();
  if (known?.v === PIECES_OF_A_SIZE_MIN) return;
  inTransaction(database, () =>
    database
      .prepare("INSERT INTO app_names (app_names, rank) VALUES ('usermerge', ?)")
      .run(PIECES_OF_A_SIZE_MIN),
  );
}

/** Merges the pieces of the name index into one, a step at each turn; nothing when they are few. */
export function* mergeNames(database: Database): Generator<void> {
  if (countPieces(database) <= PIECES_MAX) return;
  // A negative number of pages begins a merge of all pieces; positive ones go on with it.
  let pages = -STEP_PAGES;
  for (let step = 0; step < STEPS_MAX; step++) {
    if (!mergeStep(database, pages)) return;
    pages = STEP_PAGES;
    yield;
  }
}

/** Answers whether there was anything to do: a step with nothing left to merge writes one row at most. */
function mergeStep(database: Database, pages: number): boolean {
  const before = countChanges(database);
  inTransaction(database, () =>
    database.prepare("INSERT INTO app_names (app_names, rank) VALUES ('merge', ?)").run(pages),
  );
  return countChanges(database) - before >= 2;
}

function countPieces(database: Database): number {
  const row = database
    .prepare<{ n: number }>("SELECT count(DISTINCT segid) AS n FROM app_names_idx")
    .get();
  return row?.n ?? 0;
}

function countChanges(database: Database): number {
  return database.prepare<{ n: number }>("SELECT total_changes() AS n").get()?.n ?? 0;
}
