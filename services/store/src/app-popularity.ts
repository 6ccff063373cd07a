/** Steps of popularity, as many as fit above an app's id in a number that JavaScript holds exactly. */
const CLASS_MAX = 127;
const STEPS_PER_DOUBLING = 4;
const APP_IDS = 2 ** 32;
/** Of those who own an app, about one in fifty reviews it. */
const OWNERS_PER_REVIEW = 50;

/** What popularity is judged by; null is unknown. */
export interface Popularity {
  readonly ownersLow: number | null;
  readonly reviews: number | null;
  readonly ccu: number | null;
}

/**
 * 0 for an unknown app, four steps for each doubling of its reviews, or of owners or players converted to reviews. Coarse,
 * so that a crawl moves an app in the index only when it became a fifth more or less popular.
 */
function popularityClass({ ownersLow, reviews, ccu }: Popularity): number {
  const score = Math.max(reviews ?? 0, (ownersLow ?? 0) / OWNERS_PER_REVIEW, ccu ?? 0);
  return Math.min(CLASS_MAX, Math.floor(STEPS_PER_DOUBLING * Math.log2(1 + score)));
}

/** Where an app stands in the order of popularity, the most popular first: unique, as its low 32 bits are the app's id. */
export function searchRankOf(appId: number, popularity: Popularity): number {
  return (CLASS_MAX - popularityClass(popularity)) * APP_IDS + appId;
}

/** The last tier: apps that nobody reviewed. Each tier before it doubles what an app is known by. */
export const TIER_MAX = (CLASS_MAX + 1) / STEPS_PER_DOUBLING;

/** All of them, the most popular first. */
export const TIERS: readonly number[] = Array.from({ length: TIER_MAX }, (_, index) => index + 1);

/** How soon an app is asked about: 1 is the most popular, {@link TIER_MAX} the long tail. */
export function tierOf(popularity: Popularity): number {
  return TIER_MAX - Math.floor(popularityClass(popularity) / STEPS_PER_DOUBLING);
}

/** The tier of an app with this many reviews. */
export function tierAt(reviews: number): number {
  return tierOf({ reviews, ownersLow: null, ccu: null });
}
