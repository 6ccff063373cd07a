import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, errorCode } from "@tracker/service";
import { startOf } from "./process-start.ts";

/**
 * Takes DATA_DIR for this process, so that two trackers never share one database and one nats-server store. A lock
 * whose process is gone, after a crash or a power cut, is taken over, also when another process has its number by now.
 */
export function lockDataDir(dataDir: string): Disposable {
  const path = lockPath(dataDir);
  const holder = readHolder(path);
  if (holder.pid !== process.pid && isThere(holder)) {
    throw new ConfigError(
      `DATA_DIR: another tracker (process ${holder.pid}) uses this folder; stop it or choose another folder. If process ${holder.pid} is no tracker, delete ${path}`,
    );
  }
  write(path);
  return { [Symbol.dispose]: () => rmSync(path, { force: true }) };
}

function write(path: string): void {
  try {
    rmSync(path, { force: true });
    const file = openSync(path, "wx", 0o600);
    writeSync(file, `${process.pid} ${startOf(process.pid) ?? ""}\n`);
    closeSync(file);
  } catch (error) {
    const code = errorCode(error) || "unknown";
    if (code === "ENOSPC") {
      throw new ConfigError("DATA_DIR: its disk is full; free some space and start again", {
        cause: error,
      });
    }
    throw notWritable(code, error);
  }
}

export function notWritable(code: string, cause: unknown): ConfigError {
  return new ConfigError(
    `DATA_DIR: expected a folder that this user may write to (${code}); correct its owner or choose another`,
    { cause },
  );
}

/** Whether a tracker with its own nats-server runs on this DATA_DIR. */
export function isLocked(dataDir: string): boolean {
  return isThere(readHolder(lockPath(dataDir)));
}

function lockPath(dataDir: string): string {
  return join(dataDir, "tracker.lock");
}

/** Who holds a lock; a start that could not be told, or was not written by an older version, is empty. */
interface Holder {
  readonly pid: number;
  readonly start: string;
}

function readHolder(path: string): Holder {
  const text = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
  const [pid = "", ...start] = text.split(" ");
  return { pid: Number(pid), start: start.join(" ") };
}

function isThere({ pid, start }: Holder): boolean {
  const now = startOf(pid);
  return now !== null && (now === "" || start === "" || now === start);
}
