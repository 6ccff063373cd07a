import { marginMs, type Quota } from "./quota.ts";
import type { PermitCounts } from "./window.ts";

/** What a worker sends with each request: its own totals so far. */
export interface WorkerReport {
  readonly worker: number;
  readonly pid: number;
  readonly counts: Readonly<PermitCounts>;
  readonly cpuMs: number;
  readonly upMs: number;
}

/** A request as the upstream saw it; `at` by its own monotonic clock. */
export interface Arrival {
  readonly at: number;
  readonly report: WorkerReport;
}

/** What was seen between two moments. */
export interface Observation {
  readonly quota: Quota;
  readonly workers: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly serverDownMs: number;
  readonly arrivals: readonly Arrival[];
}

export interface QuotaReport {
  readonly seconds: number;
  readonly arrivals: number;
  readonly maxInAnyWindow: number;
  /** Of the most that anybody could have sent while the server was up: `limit` at once, each time (window + margin). */
  readonly shareOfPossible: number;
  /** Of `limit` per window, spread evenly, while the server was up. */
  readonly shareOfQuota: number;
  /** Sums over all processes that lived, as of their last requests. */
  readonly counts: PermitCounts;
  /** Requests of each worker, over all its lives. */
  readonly byWorker: readonly number[];
  /** CPU time of all processes by the time that they lived; starting one takes most of it. */
  readonly cpuShare: number;
}

const HTTP_TIMEOUT_MS = 10_000;
const ROUNDING = 1e-6;

/** The time for which one permit is out, and its slot taken. */
export function slotMs(quota: Quota): number {
  return quota.windowMs + marginMs(quota, HTTP_TIMEOUT_MS);
}

export function judge(observation: Observation): QuotaReport {
  const { quota, arrivals, startedAt, endedAt } = observation;
  const counted = arrivals.filter(({ at }) => at >= startedAt && at < endedAt).length;
  const upMs = endedAt - startedAt - observation.serverDownMs;
  const last = new Map(arrivals.map(({ report }) => [report.pid, report]));
  const sum = (value: (report: WorkerReport) => number) =>
    [...last.values()].reduce((total, report) => total + value(report), 0);
  const possible = quota.limit * Math.ceil(upMs / slotMs(quota) - ROUNDING);
  return {
    seconds: (endedAt - startedAt) / 1_000,
    arrivals: counted,
    maxInAnyWindow: maxInAnyWindow(
      arrivals.map(({ at }) => at),
      quota.windowMs,
    ),
    shareOfPossible: counted / possible,
    shareOfQuota: counted / ((quota.limit * upMs) / quota.windowMs),
    counts: {
      granted: sum(({ counts }) => counts.granted),
      rejected: sum(({ counts }) => counts.rejected),
      wasted: sum(({ counts }) => counts.wasted),
      looks: sum(({ counts }) => counts.looks),
    },
    byWorker: Array.from(
      { length: observation.workers },
      (_, worker) => arrivals.filter(({ report }) => report.worker === worker).length,
    ),
    cpuShare: sum(({ cpuMs }) => cpuMs) / sum(({ upMs }) => upMs),
  };
}

/** The most requests that any stretch of `windowMs` holds, wherever it begins. */
export function maxInAnyWindow(times: readonly number[], windowMs: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [index, time] of sorted.entries()) {
    while (time - (sorted[first] ?? time) >= windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
