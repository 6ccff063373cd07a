import { type Database, inTransaction } from "./database.ts";

const DAY_MS = 86_400_000;
const DAYS_PER_WEEK = 7;
/** Every row is kept for the first of these, then one a week until the second, then one a month. */
export const DETAILED_MS = 90 * DAY_MS;
export const WEEKLY_MS = 730 * DAY_MS;
/** Some milliseconds of work, even where each of them has a long history. */
const APPS_PER_STEP = 20;

/** The columns needed to decide what to keep; `price` and `figures` are JSON fingerprints to compare. */
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
 * Which rows of an app's history (oldest first) are to be removed. Of each week over 90 days old and of each month over two years
 * old the last row stays, except a month's that repeats the kept row before it. The first row, the newest, and every row where the
 * price changed stay too: those are what people look up.
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

/** Whether it is the last row of its week or month, or the next row is recent enough to be kept in any case. */
function standsFor(row: ThinnedRow, next: ThinnedRow, now: number): boolean {
  if (now - next.at <= DETAILED_MS) return true;
  const stretchOf = now - row.at <= WEEKLY_MS ? weekOf : monthOf;
  return stretchOf(row.at) !== stretchOf(next.at);
}

/** Monthly rows equal to the last kept row are dropped; weekly rows never are, since a later month may need one. */
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
export function* thinAppHistory(database: Database, now: number): Generator<void, number> {
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
