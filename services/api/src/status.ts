import {
  type CollectorStatus,
  getCollectorStatus,
  getPollerStatus,
  getStoreStatus,
  Instant,
  mergeQuotas,
  Nullable,
  type Output,
  type PollerStatus,
  type Request as Question,
  ServiceError,
  type StoreStatus,
} from "@tracker/contracts";
import type { Health } from "@tracker/service";
import { type Static, Type } from "@sinclair/typebox";
import { STORE_STATUS_EXAMPLE } from "./operation-example.ts";
import type { Ask } from "./question.ts";
import { type ServiceRoll, ServiceState } from "./service-roll.ts";

const ANSWER_MS_MAX = 1_500;
/** A fact is in its stream within milliseconds; a restart of NATS takes a few seconds. */
const FACT_WAIT_MS_MAX = 15_000;
const {
  accounts: Accounts,
  last_runs: LastRuns,
  ...StoreFigures
} = getStoreStatus.output.properties;
const { quotas: Quotas, ...PollerFigures } = getPollerStatus.output.properties;
const { quotas: _quotas, ...CollectorFigures } = getCollectorStatus.output.properties;

export const Status = Type.Object({
  version: Type.String(),
  checked_at: Instant,
  /** What is wrong, one plain sentence each; empty when all is well. */
  problems: Type.Array(Type.String()),
  accounts: Accounts,
  last_runs: LastRuns,
  /** Each quota once: its use by all services, and the number of callers that wait, as far as services reported it. */
  quotas: Quotas,
  /** Every service, also one that is missing. */
  services: Type.Array(ServiceState),
  /** The process that answers, and why its services are not ready, or what they wait for. */
  process: Type.Object({
    uptime_seconds: Type.Number(),
    memory_bytes: Type.Number(),
    services: Type.Record(
      Type.String(),
      Type.Object({ ready: Type.Boolean(), detail: Type.Optional(Type.String()) }),
    ),
  }),
  /** Null while it does not answer. */
  store: Nullable(Type.Object(StoreFigures)),
  poller: Nullable(Type.Object(PollerFigures)),
  collector: Nullable(Type.Object(CollectorFigures)),
});
export type Status = Static<typeof Status>;

const {
  accounts: accountsExample,
  last_runs: lastRunsExample,
  ...storeExample
} = STORE_STATUS_EXAMPLE;
/** Without an account, and nothing is wrong. */
export const STATUS_EXAMPLE: Status = {
  version: "0.1.0",
  checked_at: "2026-11-20T22:31:00.000Z",
  problems: [],
  accounts: accountsExample,
  last_runs: lastRunsExample,
  quotas: [],
  services: [
    { name: "store", state: "ready", version: "0.1.0", missing_since: null, health: null },
  ],
  process: { uptime_seconds: 60, memory_bytes: 90_000_000, services: { api: { ready: true } } },
  store: storeExample,
  poller: null,
  collector: null,
};

export interface StatusParts {
  readonly ask: Ask;
  readonly roll: Pick<ServiceRoll, "call">;
  readonly version: string;
  readonly health: Health;
}

/** Asks all services at once and names those that did not answer. */
export async function systemStatus(parts: StatusParts): Promise<Status> {
  const { ask, roll, version } = parts;
  const { uptime_seconds, memory_bytes, services: inProcess } = parts.health.report();
  const [store, poller, collector, services] = await Promise.all([
    askOnce(ask, getStoreStatus),
    askOnce(ask, getPollerStatus),
    askOnce(ask, getCollectorStatus),
    roll.call(),
  ]);
  const known = store instanceof ServiceError ? undefined : store;
  const polled = poller instanceof ServiceError ? undefined : poller;
  const collected = collector instanceof ServiceError ? undefined : collector;
  return {
    version,
    checked_at: new Date().toISOString(),
    problems: [...storeProblems(store), ...pollerProblems(poller), ...collectorProblems(collector)],
    accounts: known?.accounts ?? [],
    last_runs: known?.last_runs ?? [],
    quotas: mergeQuotas([...(polled?.quotas ?? []), ...(collected?.quotas ?? [])]),
    services,
    process: { uptime_seconds, memory_bytes, services: inProcess },
    store: known ?? null,
    poller: polled ?? null,
    collector: collected ?? null,
  };
}

async function askOnce<Q extends Question>(
  ask: Ask,
  question: Q,
): Promise<Output<Q> | ServiceError> {
  try {
    return await ask(question, {}, { attempts: 1, timeoutMs: ANSWER_MS_MAX });
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

function storeProblems(store: StoreStatus | ServiceError): string[] {
  if (store instanceof ServiceError) {
    return [`The library cannot be read or written: ${store.message}. Is the store running?`];
  }
  const problems = store.accounts
    .filter(({ state }) => state !== "ok")
    .map(({ state, state_reason: reason }) => `Steam: ${reason ?? state.replaceAll("_", " ")}`);
  if (store.write_problem !== null) problems.push(`Nothing can be saved: ${store.write_problem}`);
  if (store.unbalanced_games > 0) {
    problems.push(
      `The minutes of ${store.unbalanced_games} games do not add up: please report it.`,
    );
  }
  return problems;
}

function pollerProblems(poller: PollerStatus | ServiceError): string[] {
  if (poller instanceof ServiceError) {
    return [`Steam is not followed: ${poller.message}. Is the steam-poller running?`];
  }
  // Keeping games by hand is no trouble; half an account is.
  if (!poller.configured) {
    return poller.source === null ? [] : [`Steam is not followed: ${poller.presence.reason}.`];
  }
  const { outcome, reason } = poller.presence;
  const problems =
    outcome === null || outcome === "ok"
      ? []
      : [`Presence: ${reason ?? outcome.replaceAll("_", " ")}`];
  const since = poller.facts_waiting_since;
  if (since !== null && Date.now() - Date.parse(since) > FACT_WAIT_MS_MAX) {
    problems.push(
      `What was seen of Steam since ${since} waits: NATS does not take it. Is its disk full?`,
    );
  }
  return problems;
}

function collectorProblems(collector: CollectorStatus | ServiceError): string[] {
  if (!(collector instanceof ServiceError)) return [];
  return [
    `The catalogue is not collected: ${collector.message}. Is the steamspy-collector running?`,
  ];
}
