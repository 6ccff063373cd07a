import { wait } from "./wait.ts";

/** The time, passed in wherever it decides something, so that tests and replays can drive it. */
export interface Clock {
  /** Wall time in epoch milliseconds; it may jump, for people and NTP set it. */
  now(): number;
  /** Milliseconds that only grow, for intervals. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when the signal is aborted: whoever waits looks at the signal next. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  wait,
};

/** A signal that is aborted with a TimeoutError after `ms` on that clock, or together with `parent`. Disposing ends the wait. */
export function deadline(
  clock: Clock,
  ms: number,
  parent: AbortSignal,
): Disposable & { readonly signal: AbortSignal } {
  const late = new AbortController();
  const over = new AbortController();
  void clock.wait(ms, AbortSignal.any([parent, over.signal])).then(() => {
    if (!parent.aborted && !over.signal.aborted)
      late.abort(new DOMException(`not done within ${ms} ms`, "TimeoutError"));
  });
  return {
    signal: AbortSignal.any([parent, late.signal]),
    [Symbol.dispose]: () => over.abort(),
  };
}
