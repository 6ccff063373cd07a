import { accessSync, constants, copyFileSync, existsSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { request } from "@tracker/bus";
import { EXPORTS_FOLDER, FINAL_JOB_STATES, getJob, type Job, startJob } from "@tracker/contracts";
import { type Environment, wait } from "@tracker/service";
import { isLocked } from "./data-dir-lock.ts";
import { endOf } from "./job.ts";
import { connectOperator } from "./operator.ts";
import { parseWords, UsageError } from "./usage.ts";

const LOOK_MS = 100;

/** Writes the archive of a tracker that is not running; given by whoever may open the database. */
export type ExportStopped = (dataDir: string, file: string, now: number) => Promise<string>;

/** Puts everything into one zip: a running tracker is asked for it, of one that is stopped the database is read. */
export async function exportCommand(
  words: readonly string[],
  env: Environment,
  version: string,
  exportStopped: ExportStopped,
): Promise<void> {
  const [file, ...rest] = parseWords(words, []).rest;
  if (file === undefined || rest.length > 0) {
    throw new UsageError("expected: export FILE");
  }
  if (existsSync(file)) throw new Error(`${file} is there already`);
  const folder = dirname(resolve(file));
  if (!mayWriteInto(folder)) {
    throw new Error(`${file}: expected a file in a folder that can be written, got ${folder}`);
  }
  const dataDir = env["DATA_DIR"] || "./data";
  const isRunning = Boolean(env["NATS_URL"]) || isLocked(dataDir);
  const said = isRunning
    ? await askRunning({ file, dataDir }, env, version)
    : await exportStopped(dataDir, file, Date.now());
  process.stdout.write(`${said}\n`);
}

async function askRunning(
  { file, dataDir }: { file: string; dataDir: string },
  env: Environment,
  version: string,
): Promise<string> {
  await using bus = await connectOperator(env, version);
  const { id } = await request(bus, startJob("export"), {});
  let job: Job;
  do {
    await wait(LOOK_MS);
    job = await request(bus, getJob, { id }, { attempts: 20 });
  } while (!FINAL_JOB_STATES.includes(job.state));
  if (job.state !== "done") throw new Error(endOf(job));
  const path = join(dataDir, EXPORTS_FOLDER, String(job.result?.["file"]));
  if (!existsSync(path)) {
    return `the archive lies in ${path} on the tracker's machine; GET /api/export hands it out`;
  }
  copyFileSync(path, file);
  rmSync(path, { force: true });
  return `exported into ${file}`;
}

/** Told before anything is written: a large archive takes a while. */
function mayWriteInto(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
