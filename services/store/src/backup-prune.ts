import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { copyMadeAt, isCopy } from "./backup-list.ts";

const KEPT_MS = 14 * 86_400_000;

/**
 * Removes the copies in `folder` that are older than 14 days, and answers how many. The newest of each kind stays whatever its age:
 * it may be the only way back, and a clock that jumped must not leave nothing. `made`, the copy just made, stays too.
 */
export function removeOldCopies(folder: string, made: string, now: number): number {
  const names = readdirSync(folder)
    .filter((name) => isCopy(name) && lstatSync(join(folder, name)).isFile())
    .sort((a, b) => copyMadeAt(b) - copyMadeAt(a));
  const newest = new Map<string, string>();
  for (const name of names) if (!newest.has(kindOf(name))) newest.set(kindOf(name), name);
  const old = names.filter(
    (name) =>
      name !== made && newest.get(kindOf(name)) !== name && keptSince(folder, name) < now - KEPT_MS,
  );
  // A damaged database that a restore set aside has its log beside it.
  const files = old.flatMap((name) => [name, `${name}-wal`, `${name}-shm`]);
  for (const file of files) rmSync(join(folder, file), { force: true });
  return old.length;
}

/** Backups of the night and by hand are one kind: either is the whole tracker as it was. */
function kindOf(name: string): string {
  const [, kind = "backup"] = /^tracker-(before-adoption|before|replaced)-/.exec(name) ?? [];
  return kind;
}

/** A database that a restore set aside still has the time of its last write, a copied file that of the copying: the later counts. */
function keptSince(folder: string, name: string): number {
  return Math.max(copyMadeAt(name), lstatSync(join(folder, name)).mtimeMs);
}
