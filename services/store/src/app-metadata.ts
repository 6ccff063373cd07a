import type { AppFacts, AppSource } from "@tracker/contracts";
import type { Database } from "./database.ts";

/** A row of app_metadata but for its key. */
export interface Metadata {
  is_free: number | null;
  is_visible: number | null;
  coming_soon: number | null;
  release_date: string | null;
  developers: string | null;
  publishers: string | null;
  languages: string | null;
  header_url: string | null;
  owners_low: number | null;
  owners_high: number | null;
  positive: number | null;
  negative: number | null;
  ccu: number | null;
  currency: string | null;
  price_initial: number | null;
  price_final: number | null;
  discount_percent: number | null;
  average_forever: number | null;
  average_2weeks: number | null;
  median_forever: number | null;
  median_2weeks: number | null;
  reviews_from: AppSource | null;
  price_from: AppSource | null;
  tags_from: AppSource | null;
  makers_from: AppSource | null;
}
type Column = keyof Metadata;

const UNKNOWN: Metadata = {
  is_free: null,
  is_visible: null,
  coming_soon: null,
  release_date: null,
  developers: null,
  publishers: null,
  languages: null,
  header_url: null,
  owners_low: null,
  owners_high: null,
  positive: null,
  negative: null,
  ccu: null,
  currency: null,
  price_initial: null,
  price_final: null,
  discount_percent: null,
  average_forever: null,
  average_2weeks: null,
  median_forever: null,
  median_2weeks: null,
  reviews_from: null,
  price_from: null,
  tags_from: null,
  makers_from: null,
};
const COLUMNS = Object.keys(UNKNOWN) as Column[];
/** What the history follows. */
const FIGURES = [
  "owners_low",
  "owners_high",
  "positive",
  "negative",
  "ccu",
  "currency",
  "price_initial",
  "price_final",
  "discount_percent",
] as const satisfies readonly Column[];

const SELECT = `SELECT ${COLUMNS.join(", ")} FROM app_metadata WHERE app_id = ?`;
const UPSERT = `INSERT INTO app_metadata (app_id, ${COLUMNS.join(", ")}) VALUES (?${", ?".repeat(COLUMNS.length)})
  ON CONFLICT DO UPDATE SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(", ")}`;
/** Two sources observe at their own times: what is recorded later comes later, if only by a millisecond. */
const INSERT_HISTORY = `INSERT INTO app_history (app_id, at, ${FIGURES.join(", ")})
  VALUES (?1, max(?2, coalesce((SELECT max(at) + 1 FROM app_history WHERE app_id = ?1), 0)), ${FIGURES.map((_, index) => `?${index + 3}`).join(", ")})`;

export function readMetadata(database: Database, appId: number): Metadata {
  return database.prepare<Metadata>(SELECT).get(appId) ?? { ...UNKNOWN };
}

/** Writes what differs. `history` is true when one of its figures did, and the history gained a row. */
export function writeMetadata(
  database: Database,
  appId: number,
  { before, after, observedAt }: { before: Metadata; after: Metadata; observedAt: number },
): { changed: boolean; history: boolean } {
  if (COLUMNS.every((column) => before[column] === after[column])) {
    return { changed: false, history: false };
  }
  database.prepare(UPSERT).run(appId, ...COLUMNS.map((column) => after[column]));
  const history = FIGURES.some((column) => before[column] !== after[column]);
  if (history) {
    database
      .prepare(INSERT_HISTORY)
      .run(appId, observedAt, ...FIGURES.map((column) => after[column]));
  }
  return { changed: true, history };
}

/** Takes over the facts of a source; where several sources report a fact, `mayTell` decides whether this one may set it. */
export function mergeFacts(
  before: Metadata,
  facts: AppFacts,
  source: AppSource,
  mayTell: (from: AppSource | null, subject: Subject) => boolean,
): Metadata {
  const after = { ...before };
  if (facts.is_free !== undefined) after.is_free = Number(facts.is_free);
  if (facts.is_visible !== undefined) after.is_visible = Number(facts.is_visible);
  if (facts.coming_soon !== undefined) after.coming_soon = Number(facts.coming_soon);
  if (facts.release_date !== undefined) after.release_date = facts.release_date;
  if (facts.languages !== undefined) after.languages = JSON.stringify(facts.languages);
  if (facts.header_url !== undefined) after.header_url = facts.header_url;
  if (facts.ccu !== undefined) after.ccu = facts.ccu;
  if (facts.owners !== undefined) {
    after.owners_low = facts.owners?.low ?? null;
    after.owners_high = facts.owners?.high ?? null;
  }
  if (facts.playtime !== undefined) setPlaytime(after, facts.playtime);
  if (facts.reviews !== undefined && mayTell(before.reviews_from, "reviews")) {
    after.positive = facts.reviews?.positive ?? null;
    after.negative = facts.reviews?.negative ?? null;
    after.reviews_from = source;
  }
  if (facts.price !== undefined && mayTell(before.price_from, "price")) {
    setPrice(after, facts.price);
    after.price_from = source;
  }
  const { developers, publishers } = facts;
  if ((developers ?? publishers) !== undefined && mayTell(before.makers_from, "makers")) {
    if (developers !== undefined) after.developers = JSON.stringify(developers);
    if (publishers !== undefined) after.publishers = JSON.stringify(publishers);
    after.makers_from = source;
  }
  return after;
}

/** Facts that several sources report, with different values. */
export type Subject = "reviews" | "price" | "makers" | "tags";

function setPrice(after: Metadata, price: AppFacts["price"]): void {
  after.currency = price?.currency ?? null;
  after.price_initial = price?.initial ?? null;
  after.price_final = price?.final ?? null;
  after.discount_percent = price?.discount_percent ?? null;
}

/** SteamSpy's fields have been dead since 2024: 0 says nothing. */
function setPlaytime(after: Metadata, playtime: NonNullable<AppFacts["playtime"]>): void {
  after.average_forever = playtime.average_forever || null;
  after.average_2weeks = playtime.average_2weeks || null;
  after.median_forever = playtime.median_forever || null;
  after.median_2weeks = playtime.median_2weeks || null;
}
