import { type Static, Type } from "@sinclair/typebox";
import type { Query } from "./call.ts";
import { defineEndpoint } from "./endpoint.ts";
import { instantMs, textOrNull, Uint32 } from "./field.ts";
import { mismatch } from "./mismatch.ts";

/** The kinds of app that a list can be asked for; it does not say which app is of which kind. */
export const APP_LIST_KINDS = ["games", "dlc", "software", "videos", "hardware"] as const;
export type AppListKind = (typeof APP_LIST_KINDS)[number];

/** Steam's own greatest page, of about 5 MB. */
export const APP_LIST_PAGE_MAX = 50_000;
/** Steam's own page unless told: reading one of 50,000 takes 40 MB more, and a list of 285,000 is 29 requests this way. */
const APP_LIST_PAGE = 10_000;

/** Which page of which list. */
export interface AppListQuestion {
  /** The `lastAppId` of the page before; 0, the first page, unless told. */
  readonly afterAppId?: number;
  /**
   * Epoch milliseconds: only apps that were modified since. The full list unless told. Prices alone do not count as modified.
   * Ask since the newest `modifiedAt` that was ever told, not since the last time of asking: then an answer that is silently
   * empty costs nothing.
   */
  readonly modifiedSince?: number;
  /** All of them unless told. */
  readonly kinds?: readonly AppListKind[];
  /** Apps in one page at most, 1 to 50,000; 10,000 unless told. */
  readonly limit?: number;
}

export interface ListedApp {
  readonly appId: number;
  /** As it is, spaces around it included; null for an app without one. */
  readonly name: string | null;
  /** Epoch milliseconds of the last change to its page; null when not told. */
  readonly modifiedAt: number | null;
  /** Changes with the price, and need not grow; null when not told. */
  readonly priceChangeNumber: number | null;
}

/** One page of the list, ascending by app id and without repeats. */
export interface AppListPage {
  /** Empty only where an incremental list tells of no change at all; a full one that is empty is a failure. */
  readonly apps: readonly ListedApp[];
  /** For the next page; null after the last one. */
  readonly nextAfterAppId: number | null;
}

const App = Type.Object({
  appid: Uint32,
  name: Type.Optional(Type.String()),
  last_modified: Type.Optional(Uint32),
  price_change_number: Type.Optional(Type.Integer()),
});

/** The last page has only `apps`. Steam now and then answers with no list at all, which is a failure and not an empty catalogue. */
export const getAppList = defineEndpoint({
  name: "GetAppList",
  path: "/IStoreService/GetAppList/v1/",
  apis: ["steam-web-api"],
  answer: Type.Object({
    response: Type.Object({
      apps: Type.Optional(Type.Array(App)),
      have_more_results: Type.Optional(Type.Boolean()),
      last_appid: Type.Optional(Uint32),
    }),
  }),
  absence: ({ response }) => (response.apps?.length ? null : "empty"),
  data: ({ response: { apps = [], have_more_results, last_appid } }): AppListPage => ({
    apps: apps.map(listedApp),
    nextAfterAppId: have_more_results ? (last_appid ?? apps.at(-1)?.appid ?? null) : null,
  }),
});

function listedApp(app: Static<typeof App>): ListedApp {
  return {
    appId: app.appid,
    name: textOrNull(app.name),
    modifiedAt: instantMs(app.last_modified),
    priceChangeNumber: app.price_change_number ?? null,
  };
}

export function appListQuery(question: AppListQuestion): Query {
  const { afterAppId = 0, modifiedSince, kinds = APP_LIST_KINDS, limit } = question;
  return {
    max_results: String(limit ?? APP_LIST_PAGE),
    ...(afterAppId > 0 && { last_appid: String(afterAppId) }),
    ...(modifiedSince !== undefined && {
      if_modified_since: String(Math.floor(modifiedSince / 1_000)),
    }),
    ...Object.fromEntries(
      APP_LIST_KINDS.map((kind) => [`include_${kind}`, String(kinds.includes(kind))]),
    ),
  };
}

/** The page, once it is known to follow the one before. Throws `malformed` otherwise: a list that goes round would never end. */
export function checkAppListPage(
  page: AppListPage,
  { afterAppId = 0 }: AppListQuestion,
): AppListPage {
  let last = afterAppId;
  for (const [index, { appId }] of page.apps.entries()) {
    if (appId <= last) throw mismatch(getAppList, `/response/apps/${index}/appid`);
    last = appId;
  }
  if (page.nextAfterAppId !== null && page.nextAfterAppId < last) {
    throw mismatch(getAppList, "/response/last_appid");
  }
  return page;
}

/** An incremental list without any app: nothing changed, or Steam told nothing, which is not to be told apart. */
export const NO_CHANGES: AppListPage = { apps: [], nextAfterAppId: null };

/** Whether an answer without any app can be meant. More that was promised and did not come cannot. */
export function mayBeEmpty({ afterAppId = 0, modifiedSince }: AppListQuestion): boolean {
  return modifiedSince !== undefined && afterAppId === 0;
}
