import { type CrawlTally, STEAMSPY_GIANTS, type SteamSpyPage } from "@tracker/steam";

/** Counts the pages of a whole crawl in their order; the collector counts its own from what the store has staged. */
export function tallySteamSpyCrawl(pages: readonly SteamSpyPage[]): CrawlTally {
  const rows = pages.flatMap(({ apps }) => apps);
  const distinctApps = new Set(rows.map(({ appId }) => appId)).size;
  const first = pages[0]?.apps ?? [];
  return {
    pages: pages.length,
    rows: pages.reduce((sum, page) => sum + page.rows, 0),
    distinctApps,
    repeatedApps: rows.length - distinctApps,
    isComplete: pages.at(-1)?.isLast ?? false,
    ownersHighMax: Math.max(0, ...first.map(({ ownersHigh }) => ownersHigh)),
    giantsMissing: STEAMSPY_GIANTS.filter((giant) => !first.some(({ appId }) => appId === giant)),
  };
}
