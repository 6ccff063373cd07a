/** What the sources say, as the catalogue keeps it: facts in the contract's words and within its bounds. */
import type { AppFacts, Price as KeptPrice } from "@tracker/contracts";
import type { Price, SteamSpyApp, SteamSpyDetails, StoreDetails, StoreFacts } from "@tracker/steam";

const NAME_LENGTH_MAX = 500;
const WORD_LENGTH_MAX = 100;
const WORDS_MAX = 200;
const TAGS_MAX = 100;
const URL_LENGTH_MAX = 500;
const MINOR_MAX = 1_000_000_000;

export function factsOfSteamSpy(app: SteamSpyApp): AppFacts {
  return {
    ...named(app.name),
    ...(app.developer === null ? {} : { developers: words([app.developer]) }),
    ...(app.publisher === null ? {} : { publishers: words([app.publisher]) }),
    owners: { low: app.ownersLow, high: app.ownersHigh },
    reviews: { positive: app.positive, negative: app.negative },
    ccu: app.ccu,
    // SteamSpy leaves the price out of some rows, which says nothing.
    ...(app.price === null ? {} : { price: keptPrice(app.price) }),
    playtime: {
      average_forever: app.averageMinutes,
      average_2weeks: app.averageMinutes2Weeks,
      median_forever: app.medianMinutes,
      median_2weeks: app.medianMinutes2Weeks,
    },
  };
}

export function factsOfSteamSpyDetails(app: SteamSpyDetails): AppFacts {
  const tags = app.tags.map(({ name, votes }) => ({ name: cut(name), weight: Math.max(0, votes) }));
  return {
    ...factsOfSteamSpy(app),
    genres: words(app.genres),
    languages: words(app.languages),
    tags: tags.filter(({ name }) => name !== "").slice(0, TAGS_MAX),
  };
}

/** `tagNames` by tag id; null where the list of tags could not be had, so that tags are left out. */
export function factsOfStoreItem(
  facts: StoreFacts | null,
  tagNames: ReadonlyMap<number, string> | null,
): AppFacts {
  if (facts === null) return { is_visible: false };
  const { reviews, releasedAt, art } = facts;
  return {
    ...named(facts.name),
    type: facts.type,
    is_free: facts.isFree,
    is_visible: true,
    coming_soon: facts.isComingSoon,
    release_date: releasedAt === null ? null : new Date(releasedAt).toISOString().slice(0, 10),
    developers: words(facts.developers),
    publishers: words(facts.publishers),
    price: facts.price === null ? null : keptPrice(facts.price),
    ...(reviews === null ? {} : { reviews: countedReviews(reviews) }),
    ...(tagNames === null ? {} : { tags: tagsOf(facts, tagNames) }),
    header_url: (art.headerUrl?.length ?? 0) > URL_LENGTH_MAX ? null : art.headerUrl,
  };
}

export function factsOfStoreDetails(details: StoreDetails): AppFacts {
  return {
    ...named(details.name),
    type: cut(details.type) || "other",
    is_free: details.isFree,
    coming_soon: details.isComingSoon,
    developers: words(details.developers),
    publishers: words(details.publishers),
    price: details.price === null ? null : keptPrice(details.price),
    genres: words(details.genres.map(({ name }) => name)),
  };
}

/** Steam tells how many there are and which share is positive, in whole percent. */
function countedReviews({ count, positivePercent }: NonNullable<StoreFacts["reviews"]>) {
  const positive = Math.round((count * positivePercent) / 100);
  return { positive, negative: count - positive };
}

function tagsOf({ tags }: StoreFacts, names: ReadonlyMap<number, string>) {
  return tags.flatMap(({ tagId, weight }) => {
    const name = cut(names.get(tagId) ?? "");
    return name === "" ? [] : { name, weight };
  });
}

/** What costs nothing has no price. */
function keptPrice({ currency, initial, final, discountPercent }: Price): KeptPrice | null {
  if (Math.max(initial, final) === 0 || Math.max(initial, final) > MINOR_MAX) return null;
  return { currency, initial, final, discount_percent: discountPercent };
}

function named(name: string | null): Pick<AppFacts, "name"> {
  return name === null ? {} : { name: name.slice(0, NAME_LENGTH_MAX) };
}

function words(texts: readonly string[]): string[] {
  return [...new Set(texts.map(cut).filter((text) => text !== ""))].slice(0, WORDS_MAX);
}

function cut(text: string): string {
  return text.trim().slice(0, WORD_LENGTH_MAX);
}
