import { APP_BATCH_MAX, CRAWL_MODES, type CrawlArguments } from "@tracker/contracts";
import type { Environment } from "@tracker/service";
import { startAndFollow } from "./job.ts";
import { UsageError } from "./usage.ts";

const SWITCHES = ["--follow", "--full-refresh", "--update-metadata"];
const OPTIONS = ["--mode", "--batch-size"];

/** `crawl [--mode …] [--full-refresh] [--update-metadata] [--batch-size N] [--follow]`: starts a crawl of a running tracker. */
export async function crawlCommand(
  words: readonly string[],
  env: Environment,
  version: string,
): Promise<void> {
  const { given, follow } = parseCrawl(words);
  const job = await startAndFollow({ kind: "crawl", given, follow }, env, version);
  if (job?.result) process.stdout.write(`${JSON.stringify(job.result, null, 2)}\n`);
}

/** Reads the words of the command. Throws UsageError with what was expected, and got. */
export function parseCrawl(words: readonly string[]): { given: CrawlArguments; follow: boolean } {
  const said = readOptions(words);
  const mode = said.get("--mode");
  const batchSize = said.get("--batch-size");
  return {
    given: {
      ...(mode === undefined ? {} : { mode: readMode(mode) }),
      ...(batchSize === undefined ? {} : { batch_size: readBatchSize(batchSize) }),
      ...(said.has("--full-refresh") ? { full_refresh: true } : {}),
      ...(said.has("--update-metadata") ? { update_metadata: true } : {}),
    },
    follow: said.has("--follow"),
  };
}

/** Options with their values, written `--mode list` or `--mode=list`; a switch has none. */
function readOptions(words: readonly string[]): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const [name = "", ...rest] = word.split("=");
    const isOption = OPTIONS.includes(name);
    if (!isOption && !SWITCHES.includes(word)) {
      const known = [...OPTIONS, ...SWITCHES].join(", ");
      throw new UsageError(`crawl: expected some of ${known}, got ${word}`);
    }
    const value = rest.length > 0 ? rest.join("=") : isOption ? left.shift() : "";
    if (value === undefined) throw new UsageError(`${name}: expected a value, got nothing`);
    said.set(name, value);
  }
  return said;
}

function readMode(text: string): NonNullable<CrawlArguments["mode"]> {
  const mode = CRAWL_MODES.find((mode) => mode === text);
  if (mode === undefined) {
    throw new UsageError(`--mode: expected one of ${CRAWL_MODES.join(", ")}, got ${text}`);
  }
  return mode;
}

function readBatchSize(text: string): number {
  const size = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(size >= 1 && size <= APP_BATCH_MAX)) {
    throw new UsageError(
      `--batch-size: expected a whole number from 1 to ${APP_BATCH_MAX}, got ${text}`,
    );
  }
  return size;
}
