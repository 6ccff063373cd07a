import { type Static, Type } from "@sinclair/typebox";
import { defineEndpoint } from "./endpoint.ts";
import { instantMs, textOrNull, Uint32 } from "./field.ts";
import { type Price, STORE_COUNTRY, storePrice } from "./price.ts";
import { rowReader } from "./rows.ts";
import { artOf, Assets, getItems, type StoreArt, SUCCESS } from "./store-items.ts";

/** Steam's kinds of app, in the order of its numbers; one that is newer than this list is `other`. */
export const APP_TYPES = [
  "game",
  "demo",
  "mod",
  "movie",
  "dlc",
  "guide",
  "software",
  "video",
  "series",
  "episode",
  "hardware",
  "music",
  "beta",
  "tool",
  "advertising",
  "other",
] as const;
export type AppType = (typeof APP_TYPES)[number];

export interface StoreTag {
  /** Its name is in GetTagList. */
  readonly tagId: number;
  /** The more often players gave it, the more; only to be compared within one app. */
  readonly weight: number;
}

/** What the store tells of an app that it shows. */
export interface StoreFacts {
  readonly name: string | null;
  readonly type: AppType;
  readonly isFree: boolean;
  readonly isEarlyAccess: boolean;
  readonly isComingSoon: boolean;
  /** Epoch milliseconds; null when not told, as for most of what is coming soon. */
  readonly releasedAt: number | null;
  /** Null for an app that cannot be bought by itself, which most free ones are. */
  readonly price: Price | null;
  /** Of all reviews that count; null when there are none. */
  readonly reviews: { readonly count: number; readonly positivePercent: number } | null;
  /** The weightiest first, 20 at most. */
  readonly tags: readonly StoreTag[];
  readonly developers: readonly string[];
  readonly publishers: readonly string[];
  readonly platforms: { readonly windows: boolean; readonly mac: boolean; readonly linux: boolean };
  readonly art: StoreArt;
}

/** `facts` is null for an app that the store does not show: delisted, hidden or unknown. */
export interface StoreFactsItem {
  readonly appId: number;
  readonly facts: StoreFacts | null;
}

const TAGS_MAX = 20;

/** Invalid, not found, access denied, no match: Steam's results for an app that it does not show. Any other but success is of the moment. */
const NOT_SHOWN: ReadonlySet<number> = new Set([8, 9, 15, 42]);

const Cents = Type.Union([
  Type.Integer({ minimum: 0 }),
  Type.String({ pattern: String.raw`^\d{1,12}$` }),
]);
const Flag = Type.Optional(Type.Boolean());
const Creators = Type.Optional(Type.Array(Type.Object({ name: Type.String() })));

const Item = Type.Object({
  id: Uint32,
  success: Type.Integer(),
  name: Type.Optional(Type.String()),
  type: Type.Optional(Type.Integer()),
  is_free: Flag,
  is_early_access: Flag,
  is_coming_soon: Flag,
  reviews: Type.Optional(
    Type.Object({
      summary_filtered: Type.Optional(
        Type.Object({
          review_count: Type.Optional(Uint32),
          percent_positive: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
        }),
      ),
    }),
  ),
  basic_info: Type.Optional(Type.Object({ developers: Creators, publishers: Creators })),
  tags: Type.Optional(Type.Array(Type.Object({ tagid: Uint32, weight: Type.Optional(Uint32) }))),
  assets: Type.Optional(Assets),
  release: Type.Optional(
    Type.Object({ steam_release_date: Type.Optional(Uint32), is_coming_soon: Flag }),
  ),
  platforms: Type.Optional(Type.Object({ windows: Flag, mac: Flag, linux: Flag })),
  best_purchase_option: Type.Optional(
    Type.Object({
      final_price_in_cents: Type.Optional(Cents),
      original_price_in_cents: Type.Optional(Cents),
      discount_pct: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    }),
  ),
});
type Item = Static<typeof Item>;

const rows = rowReader(Item);

/** GetItems for the catalogue. One row that cannot be read is as if Steam had left it out. */
export const getItemFacts = defineEndpoint({
  name: getItems.name,
  path: getItems.path,
  apis: getItems.apis,
  answer: Type.Object({
    response: Type.Object({ store_items: Type.Optional(Type.Array(Type.Unknown())) }),
  }),
  absence: ({ response: { store_items: items } }) => {
    if (items === undefined) return "empty";
    return rows.mostlyReadable(items) ? null : "malformed";
  },
  data: ({ response }): readonly StoreFactsItem[] =>
    rows.readable(response.store_items ?? []).flatMap((item) => {
      if (item.success === SUCCESS) return { appId: item.id, facts: factsOf(item) };
      return NOT_SHOWN.has(item.success) ? { appId: item.id, facts: null } : [];
    }),
});

function factsOf(item: Item): StoreFacts {
  const { basic_info, platforms, release, best_purchase_option: option } = item;
  const tags = (item.tags ?? []).map(({ tagid, weight = 0 }) => ({ tagId: tagid, weight }));
  return {
    name: textOrNull(item.name),
    type: APP_TYPES[item.type ?? -1] ?? "other",
    isFree: item.is_free ?? false,
    isEarlyAccess: item.is_early_access ?? false,
    isComingSoon: item.is_coming_soon ?? release?.is_coming_soon ?? false,
    releasedAt: instantMs(release?.steam_release_date),
    price: storePrice(
      option?.final_price_in_cents,
      option?.original_price_in_cents,
      option?.discount_pct,
    ),
    reviews: reviewsOf(item),
    tags: tags.toSorted((one, other) => other.weight - one.weight).slice(0, TAGS_MAX),
    developers: (basic_info?.developers ?? []).map(({ name }) => name),
    publishers: (basic_info?.publishers ?? []).map(({ name }) => name),
    platforms: {
      windows: platforms?.windows ?? false,
      mac: platforms?.mac ?? false,
      linux: platforms?.linux ?? false,
    },
    art: artOf(item.assets ?? {}),
  };
}

function reviewsOf({ reviews }: Item): StoreFacts["reviews"] {
  const { review_count: count = 0, percent_positive: positivePercent } =
    reviews?.summary_filtered ?? {};
  return count > 0 && positivePercent !== undefined ? { count, positivePercent } : null;
}

/** The question for so many apps. */
export function storeFactsQuery(appIds: readonly number[]): string {
  return JSON.stringify({
    ids: appIds.map((appid) => ({ appid })),
    context: { language: "english", country_code: STORE_COUNTRY, steam_realm: 1 },
    data_request: {
      include_assets: true,
      include_release: true,
      include_platforms: true,
      include_basic_info: true,
      include_reviews: true,
      include_tag_count: TAGS_MAX,
    },
  });
}
