import type { Environment } from "@tracker/service";
import { parseWords, UsageError } from "./usage.ts";

export interface AdoptWish {
  readonly file: string;
  readonly apply: boolean;
  readonly now: number;
}

/** Shows what an older tracker's database would bring in, or with `--apply` brings it in; `adopt` is given by whoever may open databases. */
export function adoptCommand(
  words: readonly string[],
  env: Environment,
  adopt: (env: Environment, wish: AdoptWish) => string,
): void {
  const { flags, rest } = parseWords(words, ["--dry-run", "--apply"]);
  const [file, ...others] = rest;
  const isBoth = flags.has("--dry-run") && flags.has("--apply");
  if (file === undefined || others.length > 0 || isBoth) {
    throw new UsageError("expected: adopt FILE [--dry-run | --apply]");
  }
  const report = adopt(env, { file, apply: flags.has("--apply"), now: Date.now() });
  process.stdout.write(`${report}\n`);
}

/** Brings an archive into an empty tracker. The name leaves `import` to Steam's library. */
export async function importArchiveCommand(
  words: readonly string[],
  env: Environment,
  importArchive: (dataDir: string, file: string) => Promise<string>,
): Promise<void> {
  const [file, ...rest] = parseWords(words, []).rest;
  if (file === undefined || rest.length > 0) throw new UsageError("expected: import-archive FILE");
  process.stdout.write(`${await importArchive(env["DATA_DIR"] || "./data", file)}\n`);
}
