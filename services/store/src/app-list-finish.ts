import { type finishAppList, type Input, ServiceError } from "@tracker/contracts";
import { applySlice, type ListRow } from "./app-list-apply.ts";
import { getList, type ListState, readList } from "./app-list-state.ts";
import { type Database, inTransaction } from "./database.ts";
import { inTurns } from "./turn.ts";

/** A full list with fewer of the last one's apps is cut off, whatever it says. */
const SHARE_MIN = 0.9;
/** What one call does at most: telling how much is left costs as much as some of them. */
const STEPS_MAX = 10;

/** Judges a list that is said to be whole, and applies a part of it if it is; in one commit. */
export function finishList(
  database: Database,
  input: Input<typeof finishAppList>,
  now: number,
): ListState {
  return inTransaction(database, () => {
    for (const _step of finishing(database, input, now));
    return getList(database, input);
  });
}

/** The same in several commits, between which others are answered. */
export async function finishListInTurns(
  database: Database,
  input: Input<typeof finishAppList>,
  now: number,
): Promise<ListState> {
  await inTurns(finishing(database, input, now));
  return getList(database, input);
}

function* finishing(
  database: Database,
  { list_id: listId }: Input<typeof finishAppList>,
  now: number,
): Generator<void> {
  for (let step = 0; step < STEPS_MAX; step++) {
    const isApplying = inTransaction(database, () => {
      const list = requireList(database, listId);
      if (list.state === "staging") judge(database, list);
      const judged = requireList(database, listId);
      if (judged.state === "applying") applySlice(database, judged, now);
      return judged.state === "applying";
    });
    if (!isApplying) return;
    yield;
  }
}

function requireList(database: Database, listId: string): ListRow {
  const list = readList(database, listId);
  if (list !== null) return list;
  throw new ServiceError(
    "INVALID",
    "/list_id: expected a list of which a part was staged, got an empty one: an empty list changes nothing",
    { field: "/list_id" },
  );
}

function judge(database: Database, list: ListRow): void {
  const reason = problemOf(database, list);
  database
    .prepare("UPDATE app_lists SET state = ?, reason = ? WHERE id = ?")
    .run(reason === null ? "applying" : "refused", reason, list.id);
}

/** Why a list does not count; null when it does. */
function problemOf(database: Database, list: ListRow): string | null {
  if (list.kind !== "full") return null;
  const last = database
    .prepare<{ staged: number; observed_at: number }>(
      `SELECT staged, observed_at FROM app_lists WHERE scope = ? AND kind = 'full' AND state = 'applied'
       ORDER BY id DESC LIMIT 1`,
    )
    .get(list.scope);
  if (last === null) return null;
  if (list.observed_at <= last.observed_at)
    return "it is older than the list that was applied last";
  const least = Math.ceil(last.staged * SHARE_MIN);
  if (list.staged >= least) return null;
  return `it is cut off: expected at least ${least} apps, 90 % of the list before, got ${list.staged}`;
}
