import { Database as Sqlite } from "bun:sqlite";
import { existsSync, lstatSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import {
  type Backup,
  BACKUPS_MAX,
  BackupName,
  type listBackups as definition,
  type Output,
} from "@tracker/contracts";
import { instantOf } from "./instant.ts";

const NAME = new RegExp(BackupName.pattern ?? "");
const MADE_BY_JOB = /^tracker-(?:nightly-)?\d{8}T\d{6}Z\.db$/;
const STAMP = /(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z\.db$/;

/** The copies of the database that lie in a folder, newest first. */
export function listBackups(folder: string): Output<typeof definition> {
  if (!existsSync(folder)) return { items: [] };
  const items = readdirSync(folder)
    .filter(isCopy)
    .map((name) => ({ name, made_at: madeAt(name) }))
    .sort((a, b) => b.made_at.localeCompare(a.made_at) || b.name.localeCompare(a.name))
    .slice(0, BACKUPS_MAX);
  return { items: items.flatMap(({ name, made_at }) => describe(folder, name, made_at) ?? []) };
}

/** Whether the store gave this name to a copy of the database. */
export function isCopy(name: string): boolean {
  return NAME.test(name);
}

/** When a copy was made, as its name tells it. */
export function copyMadeAt(name: string): number {
  return Date.parse(madeAt(name));
}

/** When a backup was made that a job of its own made, as its name tells it; null for any other file. */
export function backupMadeAt(path: string): number | null {
  const name = basename(path);
  return MADE_BY_JOB.test(name) ? copyMadeAt(name) : null;
}

/** When the newest of a folder's copies was made, for the night or by hand; null where there is none. */
export function newestBackupAt(folder: string): number | null {
  const newest = listBackups(folder).items.find(
    ({ name, checked }) => checked && MADE_BY_JOB.test(name),
  );
  return newest === undefined ? null : Date.parse(newest.made_at);
}

/** Null for what is no file, or has been removed meanwhile. */
function describe(folder: string, name: string, made_at: string): Backup | null {
  const path = join(folder, name);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) return null;
  const made_for = occasion(name);
  const schema_version = schemaOf(path);
  // A copy gets its name only once it was looked through (copy.ts).
  const checked = made_for !== "replaced" && schema_version !== null;
  return { name, bytes: stat.size, made_at, made_for, checked, schema_version };
}

function occasion(name: string): Backup["made_for"] {
  if (name.startsWith("tracker-nightly-")) return "nightly";
  if (name.startsWith("tracker-before-")) return "before_update";
  return name.startsWith("tracker-replaced-") ? "replaced" : "by_hand";
}

/** The name says when: a copied file may have another time. */
function madeAt(name: string): string {
  const [, year, month, day, hour, minute, second] = STAMP.exec(name) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return instantOf(Number.isNaN(time) ? 0 : time);
}

function schemaOf(path: string): number | null {
  try {
    using copy = new Sqlite(path, { readonly: true, strict: true });
    return (
      copy
        .query<{ version: number | null }, []>(
          "SELECT max(version) AS version FROM schema_migrations",
        )
        .get()?.version ?? null
    );
  } catch {
    return null;
  }
}
