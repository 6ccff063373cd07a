import type { Span } from "./history-span.ts";

/** Minutes that are said to have been played at some time within a window. */
export interface WindowedMinutes extends Span {
  readonly minutes: number;
}

interface Task extends WindowedMinutes {
  leftMs: number;
}

const MINUTE_MS = 60_000;

/**
 * How many minutes find no real play in their window that no others need as well: play is handed out to the window that closes first,
 * which serves all of them if anything does. What is left of a minute is not counted: Steam's totals are whole minutes, and one
 * of them holds what the play before left over.
 */
export function minutesOutside(
  windows: readonly WindowedMinutes[],
  plays: readonly Span[],
): { minutes: number; windows: readonly WindowedMinutes[] } {
  const tasks: Task[] = windows
    .map((window) => ({ ...window, leftMs: window.minutes * MINUTE_MS }))
    .sort((one, other) => one.from - other.from);
  for (const play of plays.toSorted((one, other) => one.from - other.from)) hand(play, tasks);
  const unserved = tasks.filter((task) => task.leftMs >= MINUTE_MS);
  return {
    minutes: unserved.reduce((sum, task) => sum + Math.floor(task.leftMs / MINUTE_MS), 0),
    windows: unserved,
  };
}

function hand(play: Span, tasks: readonly Task[]): void {
  const reached = tasks.filter(
    (task) => task.leftMs > 0 && task.from < play.to && task.to > play.from,
  );
  for (let at = play.from; at < play.to;) {
    const open = reached.filter((task) => task.leftMs > 0 && task.from <= at && task.to > at);
    const opening = reached.filter((task) => task.from > at).map((task) => task.from);
    const next = Math.min(play.to, ...opening);
    const urgent = open.reduce<Task | null>(
      (first, task) => (first === null || task.to < first.to ? task : first),
      null,
    );
    if (urgent === null) {
      at = next;
      continue;
    }
    const until = Math.min(next, urgent.to, at + urgent.leftMs);
    urgent.leftMs -= until - at;
    at = until;
  }
}
