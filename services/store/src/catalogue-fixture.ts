import type { AppFacts, Input, planApps, PlannedSource } from "@tracker/contracts";
import { finishList } from "./app-list-finish.ts";
import { stageList } from "./app-list.ts";
import { planBatch } from "./app-plan.ts";
import { recordBatch } from "./app-record.ts";
import type { Database } from "./database.ts";
import { instantOf } from "./instant.ts";
import { NOW } from "./question-fixture.ts";

let batches = 0;

/** Stages and applies a whole list of names by app. */
export function takeList(
  database: Database,
  names: Readonly<Record<number, string>>,
  { at = NOW, kind = "full" }: { at?: number; kind?: "full" | "incremental" } = {},
) {
  const list_id = `list-${at}-${kind}`;
  const apps = Object.entries(names).map(([appId, name]) => ({
    app_id: Number(appId),
    name,
    last_modified: null,
    price_change_number: null,
  }));
  stageList(database, { list_id, kind, scope: "all", observed_at: instantOf(at), apps }, at);
  let state = finishList(database, { list_id }, at);
  while (state.state === "applying") state = finishList(database, { list_id }, at);
  return state;
}

/** Records facts of apps as a batch of their own. */
export function record(
  database: Database,
  facts: Readonly<Record<number, AppFacts>>,
  { at = NOW, source = "store_items" }: { at?: number; source?: PlannedSource } = {},
) {
  batches += 1;
  const results = Object.entries(facts).map(([appId, each]) => ({
    app_id: Number(appId),
    status: "success" as const,
    facts: each,
  }));
  const batch = { batch_id: `fixture-${batches}`, source, observed_at: instantOf(at), results };
  return recordBatch(database, batch, at);
}

export function plan(
  database: Database,
  input: Partial<Input<typeof planApps>> = {},
  now = NOW,
): number[] {
  batches += 1;
  const defaults = { batch_id: `fixture-${batches}`, source: "store_items" as const, limit: 100 };
  return planBatch(database, { ...defaults, ...input }, now).app_ids;
}
