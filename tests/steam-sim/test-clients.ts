import {
  type AppListQuestion,
  createSteamClient,
  createSteamSpyClient,
  createStoreClient,
  type ListedApp,
  SteamFailure,
  type SteamSpyPage,
  unlimitedPermits,
} from "@tracker/steam";
import { SIM_KEY, type SteamSim } from "./sim.ts";

/** Clients that ask once, so that every failure is seen. */
export function clients({ url }: SteamSim) {
  const common = { permits: unlimitedPermits, retryAttempts: 1, timeoutMs: 5_000 };
  return {
    steam: createSteamClient({ ...common, apiUrl: url, key: SIM_KEY }),
    spy: createSteamSpyClient({ ...common, spyUrl: url }),
    store: createStoreClient({ ...common, storeUrl: url }),
  };
}

/** The whole list, page by page. */
export async function listed(sim: SteamSim, question: AppListQuestion = {}): Promise<ListedApp[]> {
  const apps: ListedApp[] = [];
  let afterAppId: number | null = 0;
  while (afterAppId !== null) {
    const page = await clients(sim).steam.appListPage({ ...question, afterAppId });
    apps.push(...page.apps);
    afterAppId = page.nextAfterAppId;
  }
  return apps;
}

/** All pages of SteamSpy's, up to the last one. */
export async function crawled(sim: SteamSim): Promise<SteamSpyPage[]> {
  const pages: SteamSpyPage[] = [];
  while (!pages.at(-1)?.isLast) pages.push(await clients(sim).spy.page(pages.length));
  return pages;
}

/** The kind of failure in which a call ends; `ok` when it does not fail. */
export async function kindOf(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.catch((error: unknown) => error);
  return error instanceof SteamFailure ? error.kind : "ok";
}
