import type { finishAppList, getAppListFreshness, Input, Output } from "@tracker/contracts";
import type { ListRow } from "./app-list-apply.ts";
import type { Database } from "./database.ts";
import { instantOrNull } from "./instant.ts";

export type ListState = Output<typeof finishAppList>;

const NO_CHANGES = { added: 0, missing: 0, reappeared: 0, renamed: 0, left: 0, returned: 0 };

/** How far a list is. */
export function getList(database: Database, { list_id: listId }: { list_id: string }): ListState {
  const list = readList(database, listId);
  if (list === null) {
    return {
      list_id: listId,
      state: "unknown",
      staged: 0,
      last_app_id: null,
      left_to_apply: 0,
      reason: null,
      changes: NO_CHANGES,
    };
  }
  const { added, missing, reappeared, renamed, left_count: left, returned } = list;
  return {
    list_id: listId,
    state: list.state,
    staged: list.staged,
    last_app_id: list.last_app_id,
    left_to_apply: list.state === "applying" ? countLeft(database, list) : 0,
    reason: list.reason,
    changes: { added, missing, reappeared, renamed, left, returned },
  };
}

/** When lists were last applied, and what the next incremental one starts from. */
export function listFreshness(
  database: Database,
  { scope }: Input<typeof getAppListFreshness>,
): Output<typeof getAppListFreshness> {
  const newest = (kind: string | null) =>
    database
      .prepare<{ at: number | null }>(
        `SELECT max(observed_at) AS at FROM app_lists WHERE scope = ? AND state = 'applied' AND kind = coalesce(?, kind)`,
      )
      .get(scope, kind)?.at ?? null;
  const modified = database
    .prepare<{ at: number | null }>(
      "SELECT max(newest_modified) AS at FROM app_lists WHERE scope = ? AND state = 'applied'",
    )
    .get(scope);
  const counts = database
    .prepare<{ apps: number; gone: number }>(
      `SELECT (SELECT count(*) FROM apps) AS apps, (SELECT count(*) FROM app_search WHERE is_active = 0) AS gone`,
    )
    .get();
  const apps = counts?.apps ?? 0;
  return {
    last_full_at: instantOrNull(newest("full")),
    last_list_at: instantOrNull(newest(null)),
    modified_since: instantOrNull(modified?.at ?? null),
    apps,
    active_apps: apps - (counts?.gone ?? 0),
  };
}

export function readList(database: Database, listId: string): ListRow | null {
  return database.prepare<ListRow>("SELECT * FROM app_lists WHERE list_id = ?").get(listId);
}

function countLeft(database: Database, list: ListRow): number {
  const row = database
    .prepare<{ n: number }>(
      "SELECT count(*) AS n FROM app_list_entries WHERE list = ? AND app_id > ?",
    )
    .get(list.id, list.applied_until);
  return row?.n ?? 0;
}
