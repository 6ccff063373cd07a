import { type Input, type Output, ServiceError, type stageAppList } from "@tracker/contracts";
import type { ListRow } from "./app-list-apply.ts";
import { readList } from "./app-list-state.ts";
import { type Database, inTransaction } from "./database.ts";
import { readInstant } from "./instant.ts";
import { invalid } from "./invalid.ts";

const SWEPT_MAX = 2_000;
const FORGOTTEN_MS = 14 * 86_400_000;

/** Keeps a part of a list; the catalogue stays as it is until the list is whole. */
export function stageList(
  database: Database,
  input: Input<typeof stageAppList>,
  now: number,
): Output<typeof stageAppList> {
  requireAscending(input.apps);
  return inTransaction(database, () => {
    sweepEntries(database, now);
    const list = readList(database, input.list_id) ?? startList(database, input);
    requireSameList(list, input);
    if (list.state === "staging") stageEntries(database, list, input);
    const after = readList(database, input.list_id) ?? list;
    return { staged: after.staged, last_app_id: after.last_app_id ?? 0 };
  });
}

function startList(database: Database, input: Input<typeof stageAppList>): ListRow {
  const observedAt = readInstant(input.observed_at, "/observed_at");
  database
    .prepare(
      "INSERT INTO app_lists (list_id, kind, scope, state, observed_at) VALUES (?, ?, ?, 'staging', ?)",
    )
    .run(input.list_id, input.kind, input.scope, observedAt);
  const list = readList(database, input.list_id);
  if (list === null) throw new Error("a list that was made is not there");
  return list;
}

function requireAscending(apps: readonly { app_id: number }[]): void {
  const wrong = apps.findIndex(
    (app, index) => index > 0 && app.app_id <= (apps[index - 1]?.app_id ?? 0),
  );
  if (wrong === -1) return;
  throw invalid(`/apps/${wrong}/app_id`, "app ids in ascending order", `${apps[wrong]?.app_id}`);
}

function requireSameList(list: ListRow, input: Input<typeof stageAppList>): void {
  for (const field of ["kind", "scope"] as const) {
    if (list[field] === input[field]) continue;
    throw invalid(`/${field}`, `${list[field]}, as the list began`, input[field]);
  }
  if (list.state === "refused") {
    throw new ServiceError(
      "CONFLICT",
      `list ${input.list_id} was refused (${list.reason}): take another name`,
    );
  }
}

/** Keeps what differs from the catalogue, and of the rest only that it is listed. */
function stageEntries(
  database: Database,
  list: ListRow,
  { apps }: Input<typeof stageAppList>,
): void {
  const find = database.prepare<{
    name: string;
    last_modified: number | null;
    price_change_number: number | null;
  }>("SELECT name, last_modified, price_change_number FROM apps WHERE app_id = ?");
  const insert = database.prepare(
    "INSERT OR IGNORE INTO app_list_entries (list, app_id, name, last_modified, price_change_number) VALUES (?, ?, ?, ?, ?)",
  );
  let staged = 0;
  let newest = 0;
  for (const [index, app] of apps.entries()) {
    const name = app.name.trim();
    const modified =
      app.last_modified === null
        ? null
        : readInstant(app.last_modified, `/apps/${index}/last_modified`);
    newest = Math.max(newest, modified ?? 0);
    const known = find.get(app.app_id);
    const same =
      known !== null &&
      known.name === name &&
      known.last_modified === modified &&
      known.price_change_number === app.price_change_number;
    const told = same ? [null, null, null] : [name, modified, app.price_change_number];
    staged += insert.run(list.id, app.app_id, ...told).changes;
  }
  database
    .prepare(
      `UPDATE app_lists SET staged = staged + ?, last_app_id = max(coalesce(last_app_id, 0), ?),
         newest_modified = nullif(max(coalesce(newest_modified, 0), ?), 0) WHERE id = ?`,
    )
    .run(staged, apps.at(-1)?.app_id ?? 0, newest, list.id);
}

/** Entries of lists that came to nothing go a few at a time: deleting 285,000 at once would hold up every question. */
function sweepEntries(database: Database, now: number): void {
  database
    .prepare(
      `UPDATE app_lists SET state = 'refused', reason = 'it was never finished'
       WHERE state = 'staging' AND observed_at < ?`,
    )
    .run(now - FORGOTTEN_MS);
  const dead = database
    .prepare<{ id: number }>(
      `SELECT id FROM app_lists l WHERE state = 'refused'
         AND EXISTS (SELECT 1 FROM app_list_entries e WHERE e.list = l.id) LIMIT 1`,
    )
    .get();
  if (dead === null) return;
  database
    .prepare(
      `DELETE FROM app_list_entries WHERE list = ? AND app_id IN (
         SELECT app_id FROM app_list_entries WHERE list = ? ORDER BY app_id LIMIT ?)`,
    )
    .run(dead.id, dead.id, SWEPT_MAX);
}
