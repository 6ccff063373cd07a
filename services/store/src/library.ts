import { type Data, type librarySampled, librarySynced, type Outcome } from "@tracker/contracts";
import { assessSample, type Calendar, type SampledGame } from "@tracker/playtime";
import { ensureAccount, noteOutcome, soleAccount, type StoredAccount } from "./account.ts";
import { assertBalanced } from "./balance.ts";
import { type Database, inTransaction } from "./database.ts";
import { AHEAD_MS_MAX } from "./future-presence.ts";
import { markPlayed } from "./import-status.ts";
import { readInstant } from "./instant.ts";
import { type GameChange, writeGames } from "./library-game.ts";
import { libraryState, readGames, readPurgedApps, sampledUntil } from "./library-state.ts";
import { emit } from "./outbox.ts";
import { updateLastPlayed } from "./last-played.ts";
import { earlier, type PlacementContext, placeGame } from "./placement.ts";
import { refreshSnapshots } from "./snapshot.ts";

type LibraryFact = Data<typeof librarySampled>;

/** What a sample did, as its run's record says it. */
export interface RunSummary {
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly gamesSeen: number;
  readonly gamesAdded: number;
  readonly gamesChanged: number;
  readonly minutesAdded: number;
}

const PRIVATE_REASONS: Partial<Record<Outcome, string>> = {
  private:
    "Steam shows no library: set the profile's game details to public, or use the account's own key",
  playtime_private: "Steam shows every total as zero: the profile keeps its total playtime private",
};

/**
 * Applies one look at the library in one transaction: ledger, games, sessions, days, snapshots, and the events that tell
 * of it. A fact that was applied before changes nothing and answers null. `now` is our clock at its receipt: a sample that a wrong
 * clock dated after it is not the newest.
 */
export function applyLibrarySample(
  database: Database,
  calendar: Calendar,
  fact: LibraryFact,
  now = Infinity,
): RunSummary | null {
  return inTransaction(database, () => {
    if (hasRun(database, fact.id)) return null;
    const at = readInstant(fact.observed_at, "/observed_at");
    const account =
      fact.steam_id === null
        ? null
        : ensureAccount(database, fact.steam_id, { outcome: fact.outcome, at });
    const until = now + AHEAD_MS_MAX;
    const accountId = account?.id ?? soleAccount(database)?.id ?? null;
    // A quiet past: the demo's year is replayed as facts, and nobody wants to hear of it as news.
    const quiet = fact.trigger === "replay";
    const context: PlacementContext = { database, calendar, accountId, at, quiet };
    const summary =
      account !== null && SHOWS_TOTALS.has(fact.outcome)
        ? applyTotals(context, sampledUntil(database, account, until), fact)
        : recordRun(context, fact, { ...NOTHING, outcome: fact.outcome, reason: fact.reason });
    if (accountId !== null) noteOutcome(database, accountId, { ...summary, at, until });
    if (!quiet) tellSynced(database, fact, summary);
    return summary;
  });
}

/** A partial look has seen what is owned, but not what is borrowed. */
const SHOWS_TOTALS: ReadonlySet<Outcome> = new Set(["ok", "partial"]);
const NOTHING = { gamesSeen: 0, gamesAdded: 0, gamesChanged: 0, minutesAdded: 0 };

function applyTotals(
  context: PlacementContext,
  account: StoredAccount,
  fact: LibraryFact,
): RunSummary {
  const { database, at } = context;
  const games = fact.games.map(readSampledGame);
  const stored = readGames(database);
  const purged = readPurgedApps(database);
  const state = libraryState(
    database,
    account,
    stored,
    games.filter((game) => purged.has(game.appId)),
  );
  const assessment = assessSample(state, { observedAt: at, games });
  const { outcome } = assessment;
  if (outcome !== "ok") {
    const reason = PRIVATE_REASONS[outcome] ?? null;
    return recordRun(context, fact, { ...NOTHING, outcome, reason, gamesSeen: games.length });
  }
  const played = assessment.entries.filter((entry) => entry.kind === "play");
  const summary = recordRun(context, fact, {
    outcome: fact.outcome,
    reason: fact.reason,
    gamesSeen: games.length,
    gamesAdded: assessment.appeared.filter((game) => !stored.has(game.appId)).length,
    gamesChanged: new Set(played.map((entry) => entry.appId)).size,
    minutesAdded: played.reduce((sum, entry) => sum + entry.minutes, 0),
  });
  if (fact.outcome === "partial") noteUnlisted(database, account, games, at);
  const visible = games.filter((game) => !purged.has(game.appId));
  const changes = writeGames(context, fact.id, stored, visible, assessment);
  for (const change of changes) settle(context, change);
  if (!context.quiet) {
    markPlayed(
      database,
      played.map((entry) => entry.appId),
      at,
    );
  }
  assertBalanced(
    database,
    changes.map((change) => change.gameId),
  );
  database
    .prepare(
      "UPDATE accounts SET tracking_since = ?, all_zero = ?, last_sample_at = ? WHERE id = ?",
    )
    .run(
      assessment.trackingSince,
      assessment.allZero ? 1 : 0,
      assessment.latestSampleAt,
      account.id,
    );
  return summary;
}

/** Borrowed games could not be seen by a partial look: what they gain by the next whole one may have been played since the last. */
function noteUnlisted(
  database: Database,
  { lastSampleAt }: StoredAccount,
  seen: readonly SampledGame[],
  at: number,
): void {
  if (lastSampleAt === null || at <= lastSampleAt) return;
  database
    .prepare(
      `UPDATE games SET listed_until = ?1 WHERE library_state = 'shared' AND listed_until IS NULL
         AND steam_app_id NOT IN (SELECT value FROM json_each(?2))`,
    )
    .run(lastSampleAt, JSON.stringify(seen.map((game) => game.appId)));
}

/** Brings what is derived from a game's evidence up to date. */
function settle(context: PlacementContext, change: GameChange): void {
  const { database, calendar, at } = context;
  const placedFrom =
    change.touchedFrom === null ? null : placeGame(context, change.gameId, change.touchedFrom);
  if (change.touchedFrom === null) updateLastPlayed(database, change.gameId, at);
  const from = earlier(placedFrom, change.baselineDay);
  if (from !== null) refreshSnapshots(database, calendar, change.gameId, from);
}

function hasRun(database: Database, id: string): boolean {
  return database.prepare("SELECT 1 FROM sync_runs WHERE id = ?").get(id) !== null;
}

function recordRun(context: PlacementContext, fact: LibraryFact, summary: RunSummary): RunSummary {
  const { database, accountId, at } = context;
  database
    .prepare(
      `INSERT INTO sync_runs (id, account_id, kind, trigger, started_at, observed_at, outcome, reason, games_seen, games_added,
         games_changed, minutes_added, job_id) VALUES (?, ?, 'library', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      fact.id,
      accountId,
      fact.trigger,
      readInstant(fact.started_at, "/started_at"),
      at,
      summary.outcome,
      summary.reason,
      summary.gamesSeen,
      summary.gamesAdded,
      summary.gamesChanged,
      summary.minutesAdded,
      fact.job_id,
    );
  return summary;
}

function readSampledGame(
  game: LibraryFact["games"][number],
): SampledGame & { coverUrl: string | null } {
  return {
    appId: game.app_id,
    name: game.name,
    minutes: game.minutes,
    lastPlayedAt:
      game.last_played_at === null
        ? null
        : readInstant(game.last_played_at, "/games/last_played_at"),
    offlineMinutes: game.offline_minutes,
    source: game.source,
    coverUrl: game.cover_url ?? null,
  };
}

function tellSynced(database: Database, fact: LibraryFact, summary: RunSummary): void {
  emit(database, librarySynced, {
    run_id: fact.id,
    at: fact.observed_at,
    trigger: fact.trigger,
    outcome: summary.outcome,
    reason: summary.reason,
    games_seen: summary.gamesSeen,
    games_added: summary.gamesAdded,
    games_changed: summary.gamesChanged,
    minutes_added: summary.minutesAdded,
  });
}
