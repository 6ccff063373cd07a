import { type Static, Type } from "@sinclair/typebox";
import { storeAssetUrl } from "./art.ts";
import { defineEndpoint } from "./endpoint.ts";
import { Uint32 } from "./field.ts";
import { STORE_COUNTRY } from "./price.ts";

/** Where the art of an app is; null where it has none. */
export interface StoreArt {
  /** 460 × 215, as `coverUrl` but at the address that is right today. */
  readonly headerUrl: string | null;
  /** 300 × 450, upright. */
  readonly capsuleUrl: string | null;
}

/** What the store shows of one app; `art` is null for an app that it does not show: delisted, hidden or unknown. */
export interface StoreItem {
  readonly appId: number;
  readonly art: StoreArt | null;
}

/** Steam answers for so many at least; the length of the URL sets the limit. */
export const STORE_ITEMS_MAX = 100;

export const SUCCESS = 1;

export const Assets = Type.Object({
  asset_url_format: Type.Optional(Type.String()),
  header: Type.Optional(Type.String()),
  library_capsule: Type.Optional(Type.String()),
});

/** Takes no key. An app that is not shown has `appid` 0: only `id` says which one it is. */
export const getItems = defineEndpoint({
  name: "GetItems",
  path: "/IStoreBrowseService/GetItems/v1/",
  apis: ["steam-web-api"],
  answer: Type.Object({
    response: Type.Object({
      store_items: Type.Optional(
        Type.Array(
          Type.Object({
            id: Uint32,
            success: Type.Integer(),
            assets: Type.Optional(Assets),
          }),
        ),
      ),
    }),
  }),
  absence: ({ response }) => (response.store_items ? null : "empty"),
  data: ({ response }): readonly StoreItem[] =>
    (response.store_items ?? []).map(({ id, success, assets = {} }) => ({
      appId: id,
      art: success === SUCCESS ? artOf(assets) : null,
    })),
});

export function artOf({
  asset_url_format: format,
  header,
  library_capsule,
}: Static<typeof Assets>): StoreArt {
  return {
    headerUrl: storeAssetUrl(format, header),
    capsuleUrl: storeAssetUrl(format, library_capsule),
  };
}

/** The question for so many apps. A language and a country are asked for, or Steam answers for none. */
export function storeItemsQuery(appIds: readonly number[]): string {
  return JSON.stringify({
    ids: appIds.map((appid) => ({ appid })),
    context: { language: "english", country_code: STORE_COUNTRY, steam_realm: 1 },
    data_request: { include_assets: true },
  });
}
