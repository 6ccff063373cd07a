import {
  type AppListPage,
  type AppListQuestion,
  appListQuery,
  checkAppListPage,
  getAppList,
  mayBeEmpty,
  NO_CHANGES,
} from "./app-list.ts";
import { batches } from "./batches.ts";
import { SteamFailure } from "./failure.ts";
import type { Ask } from "./methods.ts";
import type { CallOptions, SteamClient } from "./steam-client.ts";
import { getItemFacts, type StoreFactsItem, storeFactsQuery } from "./store-facts.ts";
import { STORE_ITEMS_MAX } from "./store-items.ts";
import { getTagList } from "./tag-list.ts";

type CatalogueMethods = "appListPage" | "storeFacts" | "tagList";

export function catalogueMethods(
  ask: Ask,
  askWithoutKey: Ask,
): Pick<SteamClient, CatalogueMethods> {
  return {
    appListPage: (question = {}, options) => appListPage(ask, question, options),
    async storeFacts(appIds, options) {
      const items: StoreFactsItem[] = [];
      for (const batch of batches(appIds, STORE_ITEMS_MAX)) {
        const query = { input_json: storeFactsQuery(batch) };
        const asked = new Set(batch);
        const told = await askWithoutKey(getItemFacts, query, options);
        items.push(...told.filter(({ appId }) => asked.delete(appId)));
      }
      return items;
    },
    tagList: (versionHash, options) => {
      const known = versionHash === undefined ? {} : { have_version_hash: versionHash };
      return ask(getTagList, { language: "english", ...known }, options);
    },
  };
}

async function appListPage(
  ask: Ask,
  question: AppListQuestion,
  options?: CallOptions,
): Promise<AppListPage> {
  try {
    const page = await ask(getAppList, appListQuery(question), options);
    return checkAppListPage(page, question);
  } catch (error) {
    const isEmpty = error instanceof SteamFailure && error.kind === "empty";
    if (isEmpty && mayBeEmpty(question)) return NO_CHANGES;
    throw error;
  }
}
