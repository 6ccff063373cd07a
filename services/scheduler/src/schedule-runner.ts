import type { Clock, Log } from "@tracker/service";
import type { Schedule } from "./schedule.ts";

/** Where runs are remembered: the store. Both reject while it is away. */
export interface RunBook {
  /** When the schedule's last run was due, epoch milliseconds; null when it never ran. */
  lastDue(schedule: string): Promise<number | null>;
  /** Starts the run that was due then, once, however often it is asked; answers whether this was the first time. */
  start(schedule: Schedule, dueAt: number): Promise<boolean>;
}

interface RunnerOptions {
  readonly book: RunBook;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** A machine that slept wakes with its timers late, so no wait is longer than this before the clock is looked at again. */
const LOOK_MS_MAX = 60_000;
const RETRY_MS_MIN = 1_000;
const RETRY_MS_MAX = 30_000;

/**
 * Starts each due run of a schedule until the signal is aborted. What was missed while the process was down, the machine
 * asleep or the store away is caught up with one run, the newest: twenty missed nights are one night's work. A schedule that
 * never ran has missed nothing; it begins with its first due instant after the start.
 */
export async function runSchedule(schedule: Schedule, options: RunnerOptions): Promise<void> {
  const { book, clock, log, signal } = options;
  const startedAt = clock.now();
  let handled: number | null = null;
  let known = false;
  for (let failures = 0; !signal.aborted;) {
    try {
      if (!known) handled = beginAfter(schedule, await book.lastDue(schedule.name), startedAt);
      known = true;
      handled = await startNewest(schedule, handled, options);
      failures = 0;
      await clock.wait(msToLook(schedule, clock.now()), signal);
    } catch (error) {
      if (signal.aborted) return;
      const fields = { schedule: schedule.name, error };
      if (failures === 2) log.warn("a schedule waits for the store", fields);
      else log.debug("a schedule waits for the store", fields);
      await clock.wait(Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** failures), signal);
      failures = Math.min(failures + 1, 10);
    }
  }
}

/** A last run that lies ahead of us was remembered by a clock that went ahead; it must not silence the schedule. */
function beginAfter(schedule: Schedule, last: number | null, startedAt: number): number | null {
  return last === null || last > startedAt ? schedule.newestDue(startedAt) : last;
}

async function startNewest(
  schedule: Schedule,
  handled: number | null,
  { book, clock, log }: RunnerOptions,
): Promise<number | null> {
  const due = schedule.newestDue(clock.now());
  if (due === null || (handled !== null && due <= handled)) return handled;
  const first = await book.start(schedule, due);
  const fields = { schedule: schedule.name, due_at: new Date(due).toISOString() };
  log.info(
    first ? "a scheduled job was started" : "a scheduled job had been started already",
    fields,
  );
  return due;
}

function msToLook(schedule: Schedule, now: number): number {
  return Math.min(LOOK_MS_MAX, (schedule.nextDue(now) ?? Infinity) - now);
}
