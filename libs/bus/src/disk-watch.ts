import { closeSync, fsyncSync, openSync, readSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type Log, wait } from "@tracker/service";

/** Log lines by which a full disk, or a server that has disabled JetStream, is recognised. */
const TROUBLE = /no space left on device|disk quota exceeded|will be disabled/i;
const LOOK_MS = 1_000;
/** Enough for a server that starts, and for what waited meanwhile. */
const ROOM_BYTES = 1024 * 1024;
const READ_BYTES_MAX = 64 * 1024;

/**
 * Watches what nats-server writes into its log: after a full disk it refuses every write until it is started again (2.15),
 * also once there is room. Calls `onRoom` then. Disposing ends the watch.
 */
export function watchDisk(folder: string, log: Log, onRoom: () => void): Disposable {
  const over = new AbortController();
  const file = join(folder, "nats.log");
  const from = sizeOf(file);
  void (async () => {
    if (!(await untilTrouble(file, from, over.signal))) return;
    log.error("nats-server: the disk is full: free some space; facts and jobs wait meanwhile");
    while (!over.signal.aborted && !hasRoom(folder)) await wait(LOOK_MS, over.signal);
    if (!over.signal.aborted) onRoom();
  })();
  return { [Symbol.dispose]: () => over.abort() };
}

async function untilTrouble(file: string, from: number, signal: AbortSignal): Promise<boolean> {
  let offset = from;
  while (!signal.aborted) {
    const text = readFrom(file, offset);
    if (TROUBLE.test(text)) return true;
    // A line that is still being written is read again.
    offset += text.lastIndexOf("\n") + 1;
    await wait(LOOK_MS, signal);
  }
  return false;
}

function readFrom(path: string, offset: number): string {
  const length = Math.min(sizeOf(path) - offset, READ_BYTES_MAX);
  if (length <= 0) return "";
  const buffer = Buffer.alloc(length);
  const file = openSync(path, "r");
  try {
    return buffer.toString("latin1", 0, readSync(file, buffer, 0, length, offset));
  } finally {
    closeSync(file);
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function hasRoom(folder: string): boolean {
  const path = join(folder, "room.probe");
  try {
    const file = openSync(path, "w", 0o600);
    try {
      const written = writeSync(file, Buffer.alloc(ROOM_BYTES, 1));
      fsyncSync(file);
      return written === ROOM_BYTES;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  } finally {
    rmSync(path, { force: true });
  }
}
