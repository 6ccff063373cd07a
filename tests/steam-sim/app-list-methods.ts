import { TAG_NAMES } from "./app-names.ts";
import type { SimApp, SimAppKind } from "./catalogue-app.ts";
import { json, type Reply } from "./reply.ts";
import type { World } from "./world.ts";

const RESULTS = 10_000;
const RESULTS_MAX = 50_000;

/** Which kinds each parameter lists; games are listed unless told, the others when told. */
const INCLUDED: Readonly<Record<string, readonly SimAppKind[]>> = {
  include_games: ["game"],
  include_dlc: ["dlc", "music"],
  include_software: ["software"],
  include_videos: ["video"],
  include_hardware: ["hardware"],
};

/** Ascending; the last page has only `apps`, and a list of nothing not even that. */
export function getAppList({ catalogue, trouble }: World, parameters: URLSearchParams): Reply {
  const kinds = kindsOf(parameters);
  const since = Number(parameters.get("if_modified_since") ?? 0) * 1_000;
  const asked = Number(parameters.get("max_results") ?? 0) || RESULTS;
  const max = Math.min(RESULTS_MAX, Math.max(1, asked));
  const apps: SimApp[] = [];
  let index = catalogue.indexAfter(Number(parameters.get("last_appid") ?? 0));
  for (; index < catalogue.ids.length && apps.length <= max; index += 1) {
    const app = catalogue.app(catalogue.ids[index] ?? 0);
    if (!app?.isListed || !kinds.has(app.kind)) continue;
    if ((app.modifiedAt ?? Infinity) >= since) apps.push(app);
  }
  const hasMore = apps.length > max;
  const page = apps.slice(0, trouble === "short_list" ? Math.ceil(max / 2) : max);
  return json({ response: { ...pageOf(page, hasMore && trouble !== "short_list") } });
}

function pageOf(page: readonly SimApp[], hasMore: boolean): object {
  if (page.length === 0) return {};
  return {
    apps: page.map(listedRow),
    ...(hasMore && { have_more_results: true, last_appid: page.at(-1)?.appId }),
  };
}

function listedRow({ appId, name, modifiedAt, priceChangeNumber }: SimApp) {
  return {
    appid: appId,
    name,
    ...(modifiedAt !== null && { last_modified: Math.floor(modifiedAt / 1_000) }),
    ...(priceChangeNumber !== null && { price_change_number: priceChangeNumber }),
  };
}

function kindsOf(parameters: URLSearchParams): ReadonlySet<SimAppKind> {
  const wanted = Object.entries(INCLUDED).filter(([name]) => {
    const value = parameters.get(name) ?? String(name === "include_games");
    return value === "true" || value === "1";
  });
  return new Set(wanted.flatMap(([, kinds]) => kinds));
}

/** Steam's tags have ids of their own; here each has its place. */
export function tagIdOf(name: string): number {
  return TAG_NAMES.findIndex((tag) => tag === name) + 1;
}

const VERSION_HASH = "5f2c1b8d";

/** The tags are left out for somebody who has this version. */
export function getTagList(_world: World, parameters: URLSearchParams): Reply {
  const isKnown = parameters.get("have_version_hash") === VERSION_HASH;
  const tags = TAG_NAMES.map((name) => ({ tagid: tagIdOf(name), name }));
  return json({ response: { version_hash: VERSION_HASH, ...(!isKnown && { tags }) } });
}
