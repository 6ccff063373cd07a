/** What is said of a job beside its bar and after its end. */
import type { Job } from "@tracker/contracts";
import { ago, count, duration, plural, join } from "../kit/format.ts";
import { resultWords } from "./result-words.ts";

/** `1,200 of 9,000 · 60 a minute · 2 h 10 min left`: what is known of it. */
export function activeWords({ state, progress, requested_by: by }: Job): string {
  const { done, total, rate_per_minute: rate, eta_seconds: eta, message } = progress;
  const moves = state === "running";
  return join([
    total === null ? (done > 0 ? count(done) : null) : `${count(done)} of ${count(total)}`,
    moves && rate !== null ? `${count(Math.round(rate))} a minute` : null,
    moves && eta !== null ? `${duration(Math.ceil(eta / 60))} left` : null,
    state === "paused" ? "goes on when it is resumed" : null,
    state === "queued" ? "waits for its worker" : null,
    message,
    `asked by ${by}`,
  ]);
}

/** What came of it, who asked, when it ended and how long it took. */
export function endedWords(job: Job): string {
  const { started_at: started, finished_at: finished, requested_by: by } = job;
  return join([
    resultWords(job),
    job.state === "cancelled" ? `after ${count(job.progress.done)}` : null,
    finished === null ? null : ago(finished),
    started === null || finished === null ? null : took(Date.parse(finished) - Date.parse(started)),
    `asked by ${by}`,
  ]);
}

/** How it was asked to be done; empty for the usual way. */
export function argumentWords({ arguments: given }: Pick<Job, "arguments">): string {
  const { mode, achievements, full_refresh: anew, app_ids: games, batch_size: batch } = given;
  return join([
    typeof mode === "string" ? mode : null,
    Array.isArray(games) ? plural(games.length, "game") : null,
    achievements === false ? "without achievements" : null,
    anew === true ? "anew" : null,
    typeof batch === "number" ? `${count(batch)} at a time` : null,
  ]);
}

function took(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  return seconds < 60 ? `took ${seconds} s` : `took ${duration(seconds / 60)}`;
}
