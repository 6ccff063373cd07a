import type { Span } from "./history-span.ts";

/** Minutes that are said to have been played at some time within a window. */
export interface WindowedMinutes extends Span {
  readonly minutes: number;
}

interface Task extends WindowedMinutes {
  leftMs: number;
}

const MINUTE_MS = 60_000;

/** Steam keeps two counters in whole minutes, the total and the offline one: of each, a window may hold what play before it left over. */
const CARRIED_MS = 2 * MINUTE_MS;

/** Windows with more minutes than find real play in them that no other window needs as well, and how many minutes those are. */
export function windowsBroken<Window extends WindowedMinutes>(
  windows: readonly Window[],
  plays: readonly Span[],
): { readonly window: Window; readonly minutes: number }[] {
  const tasks = windows
    .map((window) => {
      const { from, to, minutes } = window;
      return { from, to, minutes, window, leftMs: minutes * MINUTE_MS };
    })
    .sort((one, other) => one.from - other.from);
  // What is played goes to the window that closes first, which serves all of them if anything does.
  for (const play of plays.toSorted((one, other) => one.from - other.from)) hand(play, tasks);
  return tasks
    .filter((task) => task.leftMs >= CARRIED_MS)
    .map(({ window, leftMs }) => ({ window, minutes: Math.floor(leftMs / MINUTE_MS) }));
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
