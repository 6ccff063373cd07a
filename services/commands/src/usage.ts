/** Wrong usage of the command line; the process exits 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const USAGE = `usage: ./tracker <command>

  demo                      a filled tracker against a simulated Steam, all data in a temporary folder
  up [service…]             the real thing, configured by the environment or .env
  status [--json]           what a running tracker says of itself
  poll [--follow]           look at the Steam library now
  import [--follow]         every game of the library with its achievements and cover, as far as it is not there yet
    [--full-refresh] [--no-achievements] [--app-ids 620,440]
  crawl [--mode list|bulk|detail|full] [--full-refresh] [--update-metadata] [--batch-size N] [--follow]
                            collect what is due of the Steam catalogue
  snapshot [--follow]       write the snapshots that are due
  history [--follow]        what was played before tracking, as Steam's Year in Review tells it
  backup [--follow]         copy the database into DATA_DIR/backups
  restore FILE              put a backup in place of the database (stop the tracker first)
  export FILE               everything in one zip: a manifest, JSON lines of every table, and CSV
  import-archive FILE       bring such a zip into an empty tracker (stop the tracker first)
  adopt FILE [--dry-run | --apply]
                            what the database of the older tracker would bring in, day by day; --apply brings it in
  token create NAME [SCOPE…] | list | revoke ID
  test [suite…] · bench [name…]
  screenshots DIR           a picture of every page of the web UI, filled, empty and failing (needs Chromium)

./tracker --version tells which one this is. Configuration: docs/configuration.md. The same over NATS: docs/operating.md.`;

/**
 * Splits a command's words into flags (`--follow`) and the rest; a flag that the command does not know is an error. A file whose
 * name begins as a flag is written `./-name`.
 */
export function parseWords(
  words: readonly string[],
  known: readonly string[],
): { flags: ReadonlySet<string>; rest: readonly string[] } {
  const flags = new Set<string>();
  const rest: string[] = [];
  for (const word of words) {
    if (!/^-./.test(word)) rest.push(word);
    else if (known.includes(word)) flags.add(word);
    else throw new UsageError(`unknown option ${word}; known here: ${known.join(", ") || "none"}`);
  }
  return { flags, rest };
}
