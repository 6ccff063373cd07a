import { classify } from "./classification.ts";
import type { Endpoint } from "./endpoint.ts";
import { exchange, NoAnswer } from "./exchange.ts";
import { type FailureKind, SteamFailure } from "./failure.ts";
import { type Circumstances, explain } from "./message.ts";
import type { Permits } from "./permits.ts";
import { isPassing, isPausing, type RetryPolicy, retryDelayMs } from "./retry.ts";

/** What every call needs: everything but the question. */
export interface Caller {
  readonly baseUrl: string;
  readonly permits: Permits;
  readonly retry: RetryPolicy;
  readonly timeoutMs: number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

export type Query = Readonly<Record<string, string>>;

/**
 * Asks until there is an answer or the attempts are used up: permit, request, classification, and after a passing
 * failure a pause and the next attempt.
 */
export async function call<T>(
  caller: Caller,
  endpoint: Endpoint<T>,
  query: Query,
  signal?: AbortSignal,
): Promise<T> {
  let last: SteamFailure | null = null;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await acquire(caller, endpoint, signal, last);
      return await ask(caller, endpoint, query, signal);
    } catch (error) {
      if (!(error instanceof SteamFailure)) throw error;
      last = error;
    }
    const delayMs = signal?.aborted ? null : retryDelayMs(last, attempt, caller.retry);
    if (delayMs === null) throw last;
    await unlessLate(caller.sleep(delayMs, signal), signal, last);
  }
}

/** Waits for leave. A deadline that passes meanwhile tells less than the failure of the attempt before, if there was one. */
async function acquire(
  { permits }: Caller,
  endpoint: Endpoint<unknown>,
  signal: AbortSignal | undefined,
  last: SteamFailure | null,
): Promise<void> {
  const { apis } = endpoint;
  const permit = permits.acquire(apis.length === 1 ? apis[0] : apis, signal);
  await unlessLate(permit, signal, last ?? failure("limited", endpoint));
}

async function ask<T>(
  caller: Caller,
  endpoint: Endpoint<T>,
  query: Query,
  signal: AbortSignal | undefined,
): Promise<T> {
  try {
    const data = await exchangeOnce(caller, endpoint, query, signal);
    for (const api of endpoint.apis) caller.permits.succeeded?.(api);
    return data;
  } catch (error) {
    if (error instanceof SteamFailure) await report(caller, endpoint, error);
    throw error;
  }
}

/** Tells the limiter what a failure says about the API: to stop for a while, or that it answers as it should. */
async function report(
  { permits }: Caller,
  endpoint: Endpoint<unknown>,
  failure: SteamFailure,
): Promise<void> {
  for (const api of endpoint.apis) {
    if (isPausing(failure)) await permits.pause(api, failure.retryAfterMs);
    else if (!isPassing(failure)) permits.succeeded?.(api);
  }
}

async function exchangeOnce<T>(
  caller: Caller,
  endpoint: Endpoint<T>,
  query: Query,
  signal: AbortSignal | undefined,
): Promise<T> {
  const { baseUrl, timeoutMs, now } = caller;
  const url = new URL(`${baseUrl}${endpoint.path}`);
  url.search = new URLSearchParams(query).toString();
  try {
    const answer = await unlessLate(
      exchange(url, timeoutMs, signal),
      signal,
      failure("unreachable", endpoint, { reason: "no answer in time" }),
    );
    return classify(endpoint, answer, now());
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw failure("unreachable", endpoint, { reason: error.reason });
  }
}

/** Waits. When the signal is a deadline and it passes, that is `late`; a cancellation stays the caller's own. */
async function unlessLate<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  late: SteamFailure,
): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw signal?.aborted && isTimeout(signal.reason) ? late : error;
  }
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === "TimeoutError";
}

function failure(
  kind: FailureKind,
  endpoint: Endpoint<unknown>,
  circumstances?: Circumstances,
): SteamFailure {
  return new SteamFailure(kind, {
    endpoint: endpoint.name,
    message: explain(kind, endpoint, circumstances),
  });
}
