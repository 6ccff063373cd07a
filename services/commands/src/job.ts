import { request } from "@tracker/bus";
import { FINAL_JOB_STATES, getJob, type Job, type JobKind, startJob } from "@tracker/contracts";
import { type Environment, wait } from "@tracker/service";
import { connectOperator } from "./operator.ts";
import { parseWords, UsageError } from "./usage.ts";

const LOOK_MS = 250;

/** Starts a job of a running tracker; with `--follow` shows its progress and ends as it ends. */
export async function startJobCommand(
  kind: JobKind,
  words: readonly string[],
  env: Environment,
  version: string,
): Promise<void> {
  const { flags, rest } = parseWords(words, ["--follow"]);
  if (rest.length > 0) throw new UsageError(`${kind} takes no ${rest.join(" ")}`);
  await startAndFollow({ kind, given: {}, follow: flags.has("--follow") }, env, version);
}

/** Starts an import; `--app-ids 620,440` imports just these, `--full-refresh` everything anew. */
export async function importCommand(
  words: readonly string[],
  env: Environment,
  version: string,
): Promise<void> {
  const at = words.indexOf("--app-ids");
  const named = at < 0 ? undefined : parseAppIds(words[at + 1]);
  const others = at < 0 ? words : words.toSpliced(at, 2);
  const { flags, rest } = parseWords(others, ["--follow", "--full-refresh", "--no-achievements"]);
  if (rest.length > 0) throw new UsageError(`import takes no ${rest.join(" ")}`);
  const given = {
    ...(flags.has("--full-refresh") ? { full_refresh: true } : {}),
    ...(flags.has("--no-achievements") ? { achievements: false } : {}),
    ...(named === undefined ? {} : { app_ids: named }),
  };
  await startAndFollow({ kind: "import", given, follow: flags.has("--follow") }, env, version);
}

function parseAppIds(text = ""): number[] {
  if (!/^[1-9]\d{0,9}(,[1-9]\d{0,9})*$/.test(text)) {
    throw new UsageError("expected: --app-ids 620,440");
  }
  return [...new Set(text.split(",").map(Number))];
}

/** What is started, and whether the command waits for its end. */
interface Start {
  readonly kind: JobKind;
  readonly given: Record<string, unknown>;
  readonly follow: boolean;
}

/** Starts a job with arguments that are known to be right; answers it at its end when it is followed. */
export async function startAndFollow(
  { kind, given, follow }: Start,
  env: Environment,
  version: string,
): Promise<Job | null> {
  await using bus = await connectOperator(env, version);
  const started = await request(bus, startJob(kind), given);
  const note = started.already_active ? " (was active already)" : "";
  process.stdout.write(`job ${started.id}: ${kind} ${started.state}${note}\n`);
  if (!follow) return null;
  for (;;) {
    const job = await request(bus, getJob, { id: started.id }, { attempts: 20 });
    drawProgress(job);
    if (FINAL_JOB_STATES.includes(job.state)) {
      if (job.state !== "done") throw new Error(endOf(job));
      return job;
    }
    await wait(LOOK_MS);
  }
}

/** How a job ended. One that was cancelled has no error. */
export function endOf({ id, state, error }: Pick<Job, "id" | "state" | "error">): string {
  return `job ${id} ${state}${error === null ? "" : `: ${error}`}`;
}

const BAR_WIDTH = 30;

/** One line that is drawn over itself on a terminal, and printed only at the end elsewhere. */
function drawProgress(job: Job): void {
  const { done, total, rate_per_minute: rate, eta_seconds: eta, message } = job.progress;
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total);
  const filled = job.state === "done" ? BAR_WIDTH : Math.round(share * BAR_WIDTH);
  const parts = [
    // Work of one step has no bar and no number to show.
    ...(total === null
      ? []
      : [`[${"#".repeat(filled)}${".".repeat(BAR_WIDTH - filled)}]`, `${done}/${total}`]),
    ...(rate === null ? [] : [`${Math.round(rate)}/min`]),
    ...(eta === null ? [] : [`${Math.round(eta)} s left`]),
    job.state,
    ...(message === null ? [] : [message]),
    ...resultWords(job),
  ];
  const ended = FINAL_JOB_STATES.includes(job.state);
  if (process.stdout.isTTY)
    process.stdout.write(`\r\u001B[2K${parts.join(" · ")}${ended ? "\n" : ""}`);
  else if (ended) process.stdout.write(`${parts.join(" · ")}\n`);
}

/** What came of it, as far as a word or a number says it: `games_seen 129`. */
function resultWords({ result }: Job): string[] {
  return Object.entries(result ?? {})
    .filter(([, value]) => typeof value === "number" || typeof value === "string")
    .map(([name, value]) => `${name} ${String(value)}`);
}
