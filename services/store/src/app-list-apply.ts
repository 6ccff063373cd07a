import { addApp } from "./app-facts.ts";
import { indexApp } from "./app-index.ts";
import { OPEN_BATCH_APPS } from "./app-due.ts";
import type { Database } from "./database.ts";
import { APPS_PER_COMMIT } from "./turn.ts";

/** How many successive full lists an app is missing from before it has left: single days lose dozens that return. */
const MISSING_MAX = 3;
const LAST_APP_ID = 4_294_967_295;

export interface ListRow {
  readonly id: number;
  readonly list_id: string;
  readonly kind: "full" | "incremental";
  readonly scope: string;
  readonly state: "staging" | "applying" | "applied" | "refused";
  readonly observed_at: number;
  readonly staged: number;
  readonly last_app_id: number | null;
  readonly applied_until: number;
  readonly reason: string | null;
  readonly added: number;
  readonly missing: number;
  readonly reappeared: number;
  readonly renamed: number;
  readonly left_count: number;
  readonly returned: number;
}

type Change = "added" | "missing" | "reappeared" | "renamed" | "left" | "returned";

interface Entry {
  readonly app_id: number;
  readonly name: string | null;
  readonly last_modified: number | null;
  readonly price_change_number: number | null;
  readonly known_name: string | null;
  readonly list_scope: string | null;
  readonly missing_lists: number | null;
}

interface Absent {
  readonly app_id: number;
  readonly missing_lists: number;
  readonly missing_since: number | null;
}

/** One step of applying a list: what it changed is counted, and noted app by app. */
class Step {
  readonly database: Database;
  readonly list: ListRow;
  readonly now: number;
  readonly counts = { added: 0, missing: 0, reappeared: 0, renamed: 0, left: 0, returned: 0 };
  readonly #isFirst: boolean;

  constructor(database: Database, list: ListRow, now: number) {
    this.database = database;
    this.list = list;
    this.now = now;
    const earlier = database
      .prepare("SELECT 1 FROM app_lists WHERE scope = ? AND state = 'applied' LIMIT 1")
      .get(list.scope);
    this.#isFirst = earlier === null;
  }

  note(appId: number, change: Change, nameBefore: string | null = null): void {
    this.counts[change] += 1;
    if (change === "added" && this.#isFirst) return;
    this.database
      .prepare(
        "INSERT INTO app_list_changes (list, app_id, change, name_before) VALUES (?, ?, ?, ?)",
      )
      .run(this.list.id, appId, change, nameBefore);
  }
}

/** Applies the next apps of a list in the order of their ids, both those in it and those that are missing between them. */
export function applySlice(database: Database, list: ListRow, now: number): void {
  const step = new Step(database, list, now);
  const entries = database
    .prepare<Entry>(
      `SELECT e.*, a.name AS known_name, a.list_scope, a.missing_lists
       FROM app_list_entries e LEFT JOIN apps a ON a.app_id = e.app_id
       WHERE e.list = ? AND e.app_id > ? ORDER BY e.app_id LIMIT ?`,
    )
    .all(list.id, list.applied_until, APPS_PER_COMMIT);
  const isLast = entries.length < APPS_PER_COMMIT;
  const until = isLast ? LAST_APP_ID : (entries.at(-1)?.app_id ?? LAST_APP_ID);
  // Before the entries are applied: those bring apps into the scope.
  if (list.kind === "full") for (const app of absentApps(step, until)) markAbsent(step, app);
  for (const entry of entries) applyEntry(step, entry);
  database
    .prepare("DELETE FROM app_list_entries WHERE list = ? AND app_id <= ?")
    .run(list.id, until);
  const { added, missing, reappeared, renamed, left, returned } = step.counts;
  database
    .prepare(
      `UPDATE app_lists SET applied_until = ?, state = ?, added = added + ?, missing = missing + ?,
         reappeared = reappeared + ?, renamed = renamed + ?, left_count = left_count + ?, returned = returned + ?
       WHERE id = ?`,
    )
    .run(
      until,
      isLast ? "applied" : "applying",
      added,
      missing,
      reappeared,
      renamed,
      left,
      returned,
      list.id,
    );
}

function applyEntry(step: Step, entry: Entry): void {
  const { database, list } = step;
  const { app_id: appId, known_name: before } = entry;
  if (before === null)
    addApp(database, appId, { name: entry.name ?? "", seenAt: list.observed_at });
  const isNew = entry.list_scope === null;
  const name = entry.name || before || "";
  const renamed = before !== null && before !== name;
  if (isNew) step.note(appId, "added");
  // The first name that a list gives is not a new one.
  else if (renamed && before !== "") step.note(appId, "renamed", before);
  const absences = entry.missing_lists ?? 0;
  if (absences > 0) step.note(appId, "reappeared");
  if (absences >= MISSING_MAX) markReturned(step, appId);
  if (entry.name === null && absences === 0 && entry.list_scope === list.scope) return;
  database
    .prepare(
      `UPDATE apps SET name = ?, list_scope = ?, is_active = 1, missing_lists = 0, missing_since = NULL,
         last_modified = coalesce(?, last_modified), price_change_number = coalesce(?, price_change_number)
       WHERE app_id = ?`,
    )
    .run(name, list.scope, entry.last_modified, entry.price_change_number, appId);
  if (renamed || absences >= MISSING_MAX) indexApp(database, appId, renamed);
  if (!isNew && entry.name !== null) askAnew(step, appId);
}

/** Makes an app due again whose page or price has changed, unless a collector holds it right now. */
function askAnew({ database, now }: Step, appId: number): void {
  database
    .prepare(
      `UPDATE app_sources SET next_due = ? WHERE source = 'store_items' AND app_id = ? AND next_due > ?
         AND fetch_status = 'success' AND app_id NOT IN (${OPEN_BATCH_APPS})`,
    )
    .run(now, appId, now, "store_items", now);
}

/** Apps up to an id that the list should hold and does not; a list of everything should hold all. */
function absentApps({ database, list }: Step, until: number): Absent[] {
  return database
    .prepare<Absent>(
      `SELECT app_id, missing_lists, missing_since FROM apps a
       WHERE app_id > ? AND app_id <= ? AND missing_lists < ${MISSING_MAX} AND first_seen_at < ?
         AND (list_scope = ? OR ? = 'all')
         AND NOT EXISTS (SELECT 1 FROM app_list_entries e WHERE e.list = ? AND e.app_id = a.app_id)`,
    )
    .all(list.applied_until, until, list.observed_at, list.scope, list.scope, list.id);
}

function markAbsent(step: Step, app: Absent): void {
  const { database, list } = step;
  const since = app.missing_since ?? list.observed_at;
  const left = app.missing_lists + 1 >= MISSING_MAX;
  if (app.missing_lists === 0) step.note(app.app_id, "missing");
  if (left) step.note(app.app_id, "left");
  database
    .prepare(
      "UPDATE apps SET missing_lists = missing_lists + 1, missing_since = ?, is_active = ? WHERE app_id = ?",
    )
    .run(since, left ? 0 : 1, app.app_id);
  if (!left) return;
  database
    .prepare("INSERT OR IGNORE INTO app_tombstones (app_id, left_at) VALUES (?, ?)")
    .run(app.app_id, since);
  indexApp(database, app.app_id, false);
}

function markReturned(step: Step, appId: number): void {
  step.note(appId, "returned");
  step.database
    .prepare(
      "UPDATE app_tombstones SET returned_at = max(?, left_at + 1) WHERE app_id = ? AND returned_at IS NULL",
    )
    .run(step.list.observed_at, appId);
}
