import { type Database, inTransaction } from "./database.ts";

const DAY_MS = 86_400_000;
const DAYS_PER_WEEK = 7;
/** Everything is kept for so long, one row a week until the second bound, one a month from then on. */
export const DETAILED_MS = 90 * DAY_MS;
export const WEEKLY_MS = 730 * DAY_MS;
/** Some milliseconds of work, even where each of them has a long history. */
const APPS_PER_STEP = 20;

/** A row of an app's history, as far as its keeping depends on it; the texts stand for all its prices, and for all its figures. */
export interface ThinnedRow {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly price: string;
  readonly figures: string;
}

const ROWS = `SELECT at, json_array(currency, price_initial, price_final, discount_percent) AS price,
    json_array(owners_low, owners_high, positive, negative, ccu) AS figures
  FROM app_history WHERE app_id = ? ORDER BY at`;

/**
 * Which rows of an app's history (oldest first) have had their time: of each week that is over 90 days old the last stays, of
 * each month that is over two years old too. The first and the newest stay, and each at which the price changed: those are what
 * people look up. A
 * month that says what the one before it said goes as well.
 */
export function outlived(rows: readonly ThinnedRow[], now: number): number[] {
  const gone: number[] = [];
  let before: ThinnedRow | undefined;
  let kept: ThinnedRow | undefined;
  for (const [index, row] of rows.entries()) {
    const next = rows[index + 1];
    const isEdge = before === undefined || next === undefined;
    const isRepriced = before !== undefined && before.price !== row.price;
    before = row;
    const stays = isEdge || isRepriced || (standsFor(row, next, now) && isNews(kept, row, now));
    if (stays) kept = row;
    else gone.push(row.at);
  }
  return gone;
}

/** Whether it is the last of its stretch of time, or one that what is recent follows. */
function standsFor(row: ThinnedRow, next: ThinnedRow, now: number): boolean {
  if (now - next.at <= DETAILED_MS) return true;
  const stretchOf = now - row.at <= WEEKLY_MS ? weekOf : monthOf;
  return stretchOf(row.at) !== stretchOf(next.at);
}

/** Among months only: a week that is left out may be what the next one is told by, once the week before it has gone. */
function isNews(kept: ThinnedRow | undefined, row: ThinnedRow, now: number): boolean {
  return now - row.at <= WEEKLY_MS || kept?.figures !== row.figures;
}

/** Weeks begin anew with each month, so that the last of a month is also the last of a week. */
export function weekOf(at: number): string {
  return `${monthOf(at)} ${Math.floor((new Date(at).getUTCDate() - 1) / DAYS_PER_WEEK)}`;
}

export function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

/** Thins the history of all apps, some at each turn. Answers how many rows went. */
export function* thinHistory(database: Database, now: number): Generator<void, number> {
  let after = 0;
  let gone = 0;
  for (;;) {
    const apps = database
      .prepare<{ app_id: number }>(
        "SELECT app_id FROM apps WHERE app_id > ? ORDER BY app_id LIMIT ?",
      )
      .all(after, APPS_PER_STEP);
    const last = apps.at(-1);
    if (last === undefined) return gone;
    gone += inTransaction(database, () =>
      apps.reduce((sum, { app_id: appId }) => sum + thinApp(database, appId, now), 0),
    );
    after = last.app_id;
    yield;
  }
}

function thinApp(database: Database, appId: number, now: number): number {
  const first = database
    .prepare<{ at: number | null }>("SELECT min(at) AS at FROM app_history WHERE app_id = ?")
    .get(appId);
  if (first?.at == null || now - first.at <= DETAILED_MS) return 0;
  const rows = database.prepare<ThinnedRow>(ROWS).all(appId);
  const remove = database.prepare("DELETE FROM app_history WHERE app_id = ? AND at = ?");
  const gone = outlived(rows, now);
  for (const at of gone) remove.run(appId, at);
  return gone.length;
}
