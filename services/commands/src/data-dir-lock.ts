import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, errorCode } from "@tracker/service";

/**
 * Takes DATA_DIR for this process, so that two trackers never share one database and one nats-server store. A lock
 * whose process is gone, after a crash or a power cut, is taken over.
 */
export function lockDataDir(dataDir: string): Disposable {
  const path = lockPath(dataDir);
  const holder = holderOf(path);
  if (holder !== process.pid && isAlive(holder)) {
    throw new ConfigError(
      `DATA_DIR: another tracker (process ${holder}) uses this folder; stop it or choose another folder`,
    );
  }
  write(path);
  return { [Symbol.dispose]: () => rmSync(path, { force: true }) };
}

function write(path: string): void {
  try {
    rmSync(path, { force: true });
    const file = openSync(path, "wx", 0o600);
    writeSync(file, `${process.pid}\n`);
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
  return isAlive(holderOf(lockPath(dataDir)));
}

function lockPath(dataDir: string): string {
  return join(dataDir, "tracker.lock");
}

function holderOf(path: string): number {
  return existsSync(path) ? Number(readFileSync(path, "utf8").trim()) : 0;
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return errorCode(error) === "EPERM";
  }
}
