import type { Database } from "./database.ts";

interface Total {
  readonly date: string;
}

/** Moves the totals of every written day by the steps up to it: a step on a day counts on that day and on all later ones. */
export function shiftTotals(
  database: Database,
  minutes: ReadonlyMap<string, number>,
  played: ReadonlyMap<string, number>,
): void {
  const stepDays = [...minutes].filter(([, step]) => step !== 0).map(([day]) => day);
  stepDays.push(...[...played].filter(([, step]) => step !== 0).map(([day]) => day));
  const first = stepDays.sort()[0];
  if (first === undefined) return;
  const update = database.prepare(
    "UPDATE daily_snapshots SET total_minutes = total_minutes + ?, games_played = games_played + ? WHERE date = ?",
  );
  let shift = 0;
  let games = 0;
  const days = database
    .prepare<Total>("SELECT date FROM daily_snapshots WHERE date >= ? ORDER BY date")
    .all(first);
  for (const { date } of days) {
    shift += minutes.get(date) ?? 0;
    games += played.get(date) ?? 0;
    if (shift !== 0 || games !== 0) update.run(shift, games, date);
  }
  // Days before the first minute are nobody's days. Later ones stay, also when a person took every minute back.
  database
    .prepare(
      `DELETE FROM daily_snapshots WHERE date < coalesce(
         (SELECT min(date) FROM daily_snapshots WHERE total_minutes > 0), '9999')`,
    )
    .run();
}
