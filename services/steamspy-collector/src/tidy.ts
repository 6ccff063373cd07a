/** Apps whose answers are read between two collections of garbage. */
const APPS_BETWEEN = 1_000;

/**
 * Has garbage collected every thousand apps. On a machine with much memory the runtime would let it grow far beyond what a
 * droplet has: over a bulk crawl the process had 114 MiB at most without this, and 103 MiB with it.
 */
export function createTidiness(): (apps: number) => void {
  let since = 0;
  return (apps) => {
    since += apps;
    if (since < APPS_BETWEEN) return;
    since = 0;
    Bun.gc(true);
  };
}
