import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Writes a text for the eyes of this user alone, durably, and whole or not at all, also when the process is killed meanwhile. */
export function writeSecretFile(path: string, text: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  const draft = `${path}.${process.pid}.draft`;
  rmSync(draft, { force: true });
  synced(openSync(draft, "wx", FILE_MODE), (file) => writeSync(file, text));
  renameSync(draft, path);
  synced(openSync(folder, "r"), () => {});
}

function synced(file: number, use: (file: number) => void): void {
  try {
    use(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
