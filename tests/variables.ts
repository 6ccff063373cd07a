import { readFileSync } from "node:fs";
import { join } from "node:path";

const REPOSITORY = join(import.meta.dir, "..");

/**
 * The names of the environment variables that the files of `folder` read: the properties of their configuration schemas,
 * and the schedules, which are named in a table.
 */
export function variablesOf(folder: string): string[] {
  const paths = [...new Bun.Glob(`${folder}/src/**/*.ts`).scanSync({ cwd: REPOSITORY })];
  const sources = paths
    .filter((path) => !path.endsWith(".test.ts"))
    .map((path) => readFileSync(join(REPOSITORY, path), "utf8"));
  const names = sources
    .join("\n")
    .matchAll(/^\s+([A-Z][A-Z0-9_]+): (?:Type\.|[a-z])|"(SCHEDULE_[A-Z_]+)"/gm)
    .map(([, property, schedule]) => property ?? schedule ?? "");
  return [...new Set(names)].sort();
}
