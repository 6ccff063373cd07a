import { GENRES, inventedAppName, inventedStudio, LANGUAGES, TAG_NAMES } from "./app-names.ts";
import type { SimApp, SimAppKind } from "./catalogue-app.ts";
import { inventedAppId } from "./invented-games.ts";
import { createRandom, type Random } from "./random.ts";

/** Real ids of apps that a plausible crawl of SteamSpy's has, under names of our own. */
const GIANTS: ReadonlyMap<number, { readonly name: string; readonly owners: number }> = new Map([
  [440, { name: "Hats & Sons", owners: 60_000_000 }],
  [570, { name: "Seventeen Towers", owners: 250_000_000 }],
  [620, { name: "Orange and Blue", owners: 22_000_000 }],
  [730, { name: "Dust Two Dust", owners: 120_000_000 }],
]);

/** So many ids, ascending: the giants, then the invented ones. */
export function inventedAppIds(count: number): number[] {
  const giants = [...GIANTS.keys()].slice(0, count);
  const invented = Array.from({ length: Math.max(0, count - giants.length) }, (_, index) =>
    inventedAppId(index),
  );
  return [...giants, ...invented];
}

const KINDS: readonly (readonly [SimAppKind, number])[] = [
  ["game", 720],
  ["dlc", 200],
  ["music", 30],
  ["software", 30],
  ["video", 19],
  ["hardware", 1],
];
const CENTS = [99, 199, 399, 499, 699, 999, 1_499, 1_999, 2_999, 5_999] as const;
const DISCOUNTS = [10, 20, 25, 33, 50, 75, 90] as const;
const OWNERS_MAX = 20_000_000;
const DAY_S = 86_400;
const EPOCH_S = 1_500_000_000;

/** Everything about one app; the same for the same seed and id. `name` where it is known from elsewhere. */
export function inventedApp(seed: number, appId: number, name?: string): SimApp {
  const random = createRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(appId, 0x85ebca6b));
  random.next();
  const giant = GIANTS.get(appId);
  const index = Math.max(0, Math.round((appId - inventedAppId(0)) / 10));
  const kind = giant ? "game" : (random.weighted(KINDS, ([, weight]) => weight)?.[0] ?? "game");
  const owners = giant?.owners ?? Math.min(OWNERS_MAX, Math.round(8_000 / (1 - random.next())));
  const reviews = Math.round(owners * 0.02 * random.next());
  const positive = Math.round(reviews * (0.4 + 0.6 * random.next()));
  const releasedS = EPOCH_S + random.between(0, 3_000) * DAY_S;
  const isGame = kind === "game";
  return {
    appId,
    name: name ?? giant?.name ?? inventedAppName(index),
    kind,
    modifiedAt: (releasedS + random.between(0, 90) * DAY_S) * 1_000,
    priceChangeNumber: random.between(1, 40_000_000),
    isListed: true,
    isShown: giant !== undefined || !random.chance(0.005),
    isTracked: giant !== undefined || random.chance(isGame ? 0.94 : 0.05),
    isHiddenBySpy: giant === undefined && random.chance(0.001),
    owners,
    positive,
    negative: reviews - positive,
    ccu: Math.round((owners / 4_000) * random.next()),
    ...priceOf(random, giant !== undefined),
    developer: random.chance(0.003) ? "" : inventedStudio(index),
    publisher: random.chance(0.003) ? "" : inventedStudio(index + random.between(0, 1)),
    releasedAt: random.chance(0.05) ? null : releasedS * 1_000,
    tags: random.chance(0.01) ? [] : tagsOf(random),
    genres: some(random, GENRES, 3),
    languages: random.chance(0.005) ? null : ["English", ...some(random, LANGUAGES.slice(1), 3)],
  };
}

function priceOf(random: Random, isFree: boolean) {
  if (isFree || random.chance(0.15))
    return { isFree: true, cents: 0, initialCents: 0, discount: 0 };
  // SteamSpy knows no price of about one app in three thousand, and Steam none of what is not for sale.
  if (random.chance(0.0004)) return { isFree: false, cents: null, initialCents: null, discount: 0 };
  const initialCents = CENTS[random.between(0, CENTS.length - 1)] ?? 999;
  const discount = random.chance(0.2)
    ? (DISCOUNTS[random.between(0, DISCOUNTS.length - 1)] ?? 50)
    : 0;
  const cents = Math.round((initialCents * (100 - discount)) / 100);
  return { isFree: false, cents, initialCents, discount };
}

function tagsOf(random: Random): SimApp["tags"] {
  const first = random.between(0, TAG_NAMES.length - 1);
  const count = random.between(1, 12);
  return Array.from({ length: count }, (_, index) => ({
    name: TAG_NAMES[(first + index * 7) % TAG_NAMES.length] ?? "",
    votes: (count - index) * random.between(10, 40) + (count - index) * 40,
  })).filter(({ name }, index, tags) => tags.findIndex((tag) => tag.name === name) === index);
}

function some<T>(random: Random, items: readonly T[], countMax: number): T[] {
  const first = random.between(0, items.length - 1);
  const count = random.between(1, countMax);
  return Array.from({ length: count }, (_, index) => items[(first + index) % items.length]).filter(
    (item) => item !== undefined,
  );
}
