import { Database as Sqlite } from "bun:sqlite";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { ServiceError } from "@tracker/contracts";
import { ConfigError } from "@tracker/service";
import { openingProblem } from "./trouble.ts";
import type { ExportReply, ExportRequest } from "./archive-worker.ts";
import { writeArchive } from "./archive-write.ts";
import { databasePath } from "./config.ts";
import { fileStamp } from "./instant.ts";
import { runInThread } from "./thread.ts";

const KEPT_MS = 86_400_000;
const NAME = /^game-tracker-\d{8}T\d{6}Z\.zip(?:\.partial)?$/;

/**
 * Writes everything into an archive in `folder`, by a thread and a connection of its own so that answers do not wait, and removes
 * archives older than a day: they are made to be taken away.
 */
export async function exportArchive(
  source: string,
  folder: string,
  now: number,
): Promise<{ file: string; bytes: number; rows: number }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = `game-tracker-${fileStamp(now)}.zip`;
  const path = join(folder, file);
  removeOld(folder, now);
  const rows = await writeInThread({ databasePath: source, path, now });
  return { file, bytes: statSync(path).size, rows };
}

async function writeInThread(request: ExportRequest): Promise<number> {
  const url = new URL("./archive-worker.ts", import.meta.url);
  const reply = await runInThread<ExportReply>(url, request);
  if (reply.rows === null) throw new Error(`the export failed: ${reply.problem}`);
  return reply.rows;
}

function removeOld(folder: string, now: number): void {
  const names = readdirSync(folder).filter((name) => NAME.test(name));
  for (const name of names) {
    if (statSync(join(folder, name)).mtimeMs < now - KEPT_MS) rmSync(join(folder, name));
  }
}

/** Writes the archive of a tracker that is not running, and answers what it did. A file that is there already stays. */
export async function exportStopped(dataDir: string, file: string, now: number): Promise<string> {
  const source = databasePath(dataDir);
  if (!existsSync(source))
    throw new ConfigError(`there is no database in ${dataDir}: set DATA_DIR`);
  if (existsSync(file)) throw new ServiceError("CONFLICT", `${file} is there already`);
  using raw = openSource(source);
  const { files } = await writeArchive(raw, resolve(file), now);
  const games = files.find(({ name }) => name === "csv/games.csv")?.rows ?? 0;
  return `exported ${games} games into ${file}`;
}

function openSource(path: string): Sqlite {
  try {
    const raw = new Sqlite(path, { readwrite: true, create: false, strict: true });
    raw.run("PRAGMA busy_timeout = 5000");
    raw.run("PRAGMA query_only = ON");
    return raw;
  } catch (error) {
    throw new ConfigError(openingProblem(path, error), { cause: error });
  }
}
