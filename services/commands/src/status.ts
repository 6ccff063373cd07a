import { request } from "@tracker/bus";
import {
  type CollectorStatus,
  getCollectorStatus,
  getPollerStatus,
  getStoreStatus,
  mergeQuotas,
  type PollerStatus,
  type QuotaUse,
  type StoreStatus,
} from "@tracker/contracts";
import type { Environment } from "@tracker/service";
import { connectOperator } from "./operator.ts";
import { parseWords, UsageError } from "./usage.ts";

/** Prints what a running tracker says of itself; `--json` prints it as the services answered it. */
export async function statusCommand(
  words: readonly string[],
  env: Environment,
  version: string,
): Promise<void> {
  const { flags, rest } = parseWords(words, ["--json"]);
  if (rest.length > 0) throw new UsageError(`status takes no ${rest.join(" ")}`);
  await using bus = await connectOperator(env, version);
  const [store, poller, collector] = await Promise.all([
    request(bus, getStoreStatus, {}).catch(() => null),
    request(bus, getPollerStatus, {}).catch(() => null),
    request(bus, getCollectorStatus, {}).catch(() => null),
  ]);
  const lines = [
    ...storeLines(store),
    ...pollerLines(poller),
    ...collectorLines(collector),
    ...mergeQuotas([...(poller?.quotas ?? []), ...(collector?.quotas ?? [])]).flatMap(quotaLines),
    "",
  ];
  process.stdout.write(
    flags.has("--json")
      ? `${JSON.stringify({ store, poller, collector }, null, 2)}\n`
      : lines.join("\n"),
  );
  if (store === null || poller === null || collector === null)
    throw new Error("not every service answers");
}

function storeLines(store: StoreStatus | null): string[] {
  if (store === null) return ["store: does not answer"];
  const accounts = store.accounts.map(
    ({ persona_name: name, steam_id: id, state, state_reason: reason, last_sample_at: last }) =>
      `account ${name ?? id}: ${state}${reason ? ` (${reason})` : ""}, last sample ${last ?? "never"}`,
  );
  return [
    `store: ${counted(store.games, "game")}, ${counted(store.active_jobs, "active job")}, ${Math.round(store.database_bytes / 1024)} KiB`,
    `books: ${store.unbalanced_games === 0 ? "balanced" : `${store.unbalanced_games} games do not add up`}`,
    ...(store.write_problem === null ? [] : [`writes fail: ${store.write_problem}`]),
    `last snapshot: ${store.last_snapshot_date ?? "never"}; last backup: ${store.last_backup_at ?? "never"}`,
    ...accounts,
  ];
}

function pollerLines(poller: PollerStatus | null): string[] {
  if (poller === null) return ["steam-poller: does not answer"];
  if (!poller.configured) return ["steam: not configured; the library is kept by hand"];
  const { outcome, reason } = poller.presence;
  const { facts_waiting: waiting, facts_waiting_since: since } = poller;
  return [
    ...(waiting === 0 ? [] : [`facts: ${waiting} wait for NATS, since ${since}`]),
    `presence: ${outcome ?? "not looked at yet"}${reason ? ` (${reason})` : ""}`,
  ];
}

function collectorLines(collector: CollectorStatus | null): string[] {
  if (collector === null) return ["steamspy-collector: does not answer"];
  const { job_id: job, sources } = collector;
  return [
    `catalogue: ${job === null ? "no crawl at work" : `job ${job} is at work`}`,
    ...sources.map(
      ({ source, due, leased, apps }) => `${source}: ${due} of ${apps} apps due, ${leased} in hand`,
    ),
  ];
}

function quotaLines({ api, windows, paused_until: paused, waiting }: QuotaUse): string[] {
  const tail = waiting === 0 ? "" : `, ${waiting} waiting`;
  return [
    ...windows.map(
      ({ limit, used, window_ms: ms }) => `quota ${api}: ${used}/${limit} in ${ms / 1000} s${tail}`,
    ),
    ...(paused === null ? [] : [`quota ${api}: paused until ${paused}`]),
  ];
}

function counted(count: number, name: string): string {
  return `${count} ${count === 1 ? name : `${name}s`}`;
}
