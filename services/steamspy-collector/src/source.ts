import type { AppResult, PlannedSource } from "@tracker/contracts";
import {
  type SteamClient,
  SteamFailure,
  type SteamSpyClient,
  type StoreClient,
} from "@tracker/steam";
import { factsOfSteamSpyDetails, factsOfStoreDetails, factsOfStoreItem } from "./facts.ts";
import type { CrawlReport } from "./report.ts";
import type { TagNames } from "./tag-names.ts";

/** A source that is asked about apps in batches that the store hands out. */
export interface AppSource {
  readonly name: PlannedSource;
  /** Apps that one request asks about. */
  readonly appsPerRequest: number;
  /** What it says of each. Throws a SteamFailure when it gave no answer; whatever is about an app is a result. */
  ask(appIds: readonly number[], signal: AbortSignal): Promise<readonly AppResult[]>;
}

const ITEMS_PER_REQUEST = 100;

/** GetItems. What it leaves out it said nothing of. */
export function storeItemsSource(
  steam: Pick<SteamClient, "storeFacts">,
  tagNames: TagNames,
  report: CrawlReport,
): AppSource {
  const name = "store_items";
  return {
    name,
    appsPerRequest: ITEMS_PER_REQUEST,
    async ask(appIds, signal) {
      const names = await tagNames.get(signal);
      const told = await steam.storeFacts(appIds, { signal });
      const items = new Map(told.map(({ appId, facts }) => [appId, facts]));
      return appIds.map((app_id): AppResult => {
        const facts = items.get(app_id);
        if (facts === undefined) {
          report.note(name, "left out", "Steam left apps out of its answer: they are asked again.");
          return { app_id, status: "failed", error: "Steam left it out of its answer." };
        }
        if (facts === null) report.note(name, "hidden", "Apps that the store does not show.");
        return { app_id, status: "success", facts: factsOfStoreItem(facts, names) };
      });
    },
  };
}

export function steamSpyDetailsSource(
  spy: Pick<SteamSpyClient, "details">,
  report: CrawlReport,
): AppSource {
  const name = "steamspy_details";
  return oneByOne(name, report, async (appId, signal) => {
    const details = await spy.details(appId, { signal });
    if (details.tags.length === 0) report.note(name, "no tags", "Apps without a tag.");
    if (details.price === null) report.note(name, "no price", "Apps without a price.");
    return factsOfSteamSpyDetails(details);
  });
}

export function storeDetailsSource(
  store: Pick<StoreClient, "details">,
  report: CrawlReport,
): AppSource {
  return oneByOne("store_details", report, async (appId, signal) =>
    factsOfStoreDetails(await store.details(appId, { signal })),
  );
}

/** One app a request: not knowing an app, or hiding it, is an answer about it. */
function oneByOne(
  name: PlannedSource,
  report: CrawlReport,
  ask: (appId: number, signal: AbortSignal) => Promise<NonNullable<AppResult["facts"]>>,
): AppSource {
  return {
    name,
    appsPerRequest: 1,
    ask: (appIds, signal) =>
      Promise.all(
        appIds.map(async (app_id): Promise<AppResult> => {
          try {
            return { app_id, status: "success", facts: await ask(app_id, signal) };
          } catch (error) {
            if (!(error instanceof SteamFailure) || !isAboutTheApp(error)) throw error;
            report.meet(name, error);
            return { app_id, status: "not_found", error: error.message };
          }
        }),
      ),
  };
}

function isAboutTheApp({ kind }: SteamFailure): boolean {
  return kind === "not_found" || kind === "not_visible";
}
