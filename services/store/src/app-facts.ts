import type { AppFacts, AppSource } from "@tracker/contracts";
import { indexApp } from "./app-index.ts";
import {
  type Metadata,
  mergeFacts,
  readMetadata,
  type Subject,
  writeMetadata,
} from "./app-metadata.ts";
import type { Popularity } from "./app-popularity.ts";
import { ENROLLED, tierFor } from "./app-refresh.ts";
import { setAppGenres, setAppTags } from "./app-word.ts";
import type { Database } from "./database.ts";

const DAY_MS = 86_400_000;
/** After this long without an answer, a source no longer takes precedence over a less trusted one. */
const TRUSTED_MS = 30 * DAY_MS;

/** Whose word counts where sources differ: SteamSpy counts reviews one by one and passes on votes; the store knows its prices first. */
const TRUSTED: Record<Subject, readonly AppSource[]> = {
  reviews: ["steamspy_all", "steamspy_details"],
  price: ["store_items", "store_details"],
  makers: ["store_items", "store_details"],
  tags: ["steamspy_details"],
};

interface KnownApp {
  readonly name: string;
  readonly type: string | null;
  readonly list_scope: string | null;
}

export interface Observation {
  readonly source: AppSource;
  /** Epoch milliseconds. */
  readonly observedAt: number;
}

/** Takes over what a source says of an app, which need not be known yet. Writes nothing where nothing differs. */
export function applyFacts(
  database: Database,
  appId: number,
  facts: AppFacts,
  { source, observedAt }: Observation,
): { changed: boolean; history: boolean } {
  const known = requireApp(database, appId, observedAt);
  const before = readMetadata(database, appId);
  const mayTell = (from: AppSource | null, subject: Subject) =>
    isTrusted(database, appId, { from, source, subject, observedAt });
  const after = mergeFacts(before, facts, source, mayTell);
  const tags = facts.tags?.length && mayTell(before.tags_from, "tags") ? facts.tags : undefined;
  if (tags !== undefined) after.tags_from = source;

  const written = writeMetadata(database, appId, { before, after, observedAt });
  const identity = writeIdentity(database, appId, known, facts);
  const tagged = tags !== undefined && setAppTags(database, appId, tags);
  const classed = facts.genres?.length ? setAppGenres(database, appId, facts.genres) : false;
  if (written.changed || identity.changed) {
    indexApp(database, appId, identity.renamed);
    retier(database, appId, { type: identity.type, before, after, typed: identity.typed });
  }
  return {
    changed: written.changed || identity.changed || tagged || classed,
    history: written.history,
  };
}

/** Adds an app that no source has named before to the search and to the sources asked about it. */
export function addApp(
  database: Database,
  appId: number,
  { name, seenAt }: { name: string; seenAt: number },
): void {
  database
    .prepare("INSERT INTO apps (app_id, name, first_seen_at) VALUES (?, ?, ?)")
    .run(appId, name, seenAt);
  for (const source of ENROLLED) {
    const tier = tierFor(source, null, { ownersLow: null, reviews: null, ccu: null });
    database
      .prepare("INSERT INTO app_sources (source, app_id, next_due, tier) VALUES (?, ?, ?, ?)")
      .run(source, appId, seenAt, tier);
  }
  indexApp(database, appId, true);
}

function requireApp(database: Database, appId: number, seenAt: number): KnownApp {
  const select = database.prepare<KnownApp>(
    "SELECT name, type, list_scope FROM apps WHERE app_id = ?",
  );
  const known = select.get(appId);
  if (known !== null) return known;
  addApp(database, appId, { name: "", seenAt });
  return { name: "", type: null, list_scope: null };
}

function isTrusted(
  database: Database,
  appId: number,
  told: {
    from: AppSource | null;
    source: AppSource;
    subject: Subject;
    observedAt: number;
  },
): boolean {
  const { from, source, subject, observedAt } = told;
  const trusted = TRUSTED[subject];
  if (from === null || trusted.includes(source) || !trusted.includes(from)) return true;
  const row = database
    .prepare<{ last_updated: number | null }>(
      "SELECT last_updated FROM app_sources WHERE source = ? AND app_id = ?",
    )
    .get(from, appId);
  return (row?.last_updated ?? 0) < observedAt - TRUSTED_MS;
}

/** The list's name counts before any other's. */
function writeIdentity(
  database: Database,
  appId: number,
  known: KnownApp,
  facts: AppFacts,
): { changed: boolean; renamed: boolean; typed: boolean; type: string | null } {
  const isListed = known.list_scope !== null && known.name !== "";
  const name = isListed ? known.name : facts.name?.trim() || known.name;
  const type = facts.type ?? known.type;
  const renamed = name !== known.name;
  const typed = type !== known.type;
  if (renamed || typed) {
    database.prepare("UPDATE apps SET name = ?, type = ? WHERE app_id = ?").run(name, type, appId);
  }
  return { changed: renamed || typed, renamed, typed, type };
}

/** An app that became more or less popular, or turned out to be of another kind, is asked about more or less often from its next turn on. */
function retier(
  database: Database,
  appId: number,
  app: { type: string | null; typed: boolean; before: Metadata; after: Metadata },
): void {
  for (const source of ENROLLED) {
    const tier = tierFor(source, app.type, popularityOf(app.after));
    if (!app.typed && tier === tierFor(source, app.type, popularityOf(app.before))) continue;
    database
      .prepare("UPDATE app_sources SET tier = ? WHERE source = ? AND app_id = ? AND tier <> ?")
      .run(tier, source, appId, tier);
  }
}

function popularityOf({ owners_low, positive, negative, ccu }: Metadata): Popularity {
  const reviews = positive === null || negative === null ? null : positive + negative;
  return { ownersLow: owners_low, reviews, ccu };
}
