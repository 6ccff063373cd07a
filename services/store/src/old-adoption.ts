import type { Calendar } from "@tracker/playtime";
import { assertBalanced } from "./balance.ts";
import { type Database, inTransaction } from "./database.ts";
import {
  addAchievements,
  addTags,
  compareFields,
  fillFields,
  insertOldGame,
} from "./old-fields.ts";
import type { OldGame } from "./old-game.ts";
import type { OldLibrary } from "./old-library.ts";
import { matchGame, type OldGameMatch, readOwnTotals } from "./old-match.ts";
import type { OldGameHistory } from "./old-nights.ts";
import { type HistoryPlan, planHistory } from "./old-plan.ts";
import { type ExplainedStep, explainStep } from "./old-step.ts";
import { updateLastPlayed } from "./last-played.ts";
import { placeGame } from "./placement.ts";
import { refreshSnapshots, writeSnapshots } from "./snapshot.ts";

/** What became of one old game. */
export interface AdoptedGame {
  readonly game: OldGame;
  readonly match: OldGameMatch["kind"];
  /** How it was found here, or why it was passed over. */
  readonly reason: string | null;
  readonly filled: readonly string[];
  readonly conflicts: readonly string[];
  /** Null when the ledger holds its old hours already, or it was passed over. */
  readonly history: HistoryPlan | null;
  readonly steps: readonly ExplainedStep[];
  readonly achievements: number;
  readonly tags: number;
}

export interface AdoptionResult {
  readonly games: readonly AdoptedGame[];
  readonly statuses: number;
  readonly snapshots: number;
  /** Whether anything was written. */
  readonly changed: boolean;
}

/** Brings an older tracker's library in, in one transaction. What is here already stays; doing it again changes nothing. */
export function adoptLibrary(
  database: Database,
  calendar: Calendar,
  library: OldLibrary,
  now: number,
): AdoptionResult {
  return inTransaction(database, () => {
    const runId = `adoption-${crypto.randomUUID()}`;
    insertRun(database, runId, library, now);
    const games = library.histories.map((history) =>
      adoptGame({ database, calendar, library, runId, now }, history),
    );
    const statuses = addStatuses(database, library, now);
    const changed = statuses > 0 || games.some(hasChanged);
    const snapshots = changed ? writeSnapshots(database, calendar, now) : 0;
    if (changed) completeRun(database, runId, games);
    else database.prepare("DELETE FROM sync_runs WHERE id = ?").run(runId);
    return { games, statuses, snapshots, changed };
  });
}

interface AdoptionContext {
  readonly database: Database;
  readonly calendar: Calendar;
  readonly library: OldLibrary;
  readonly runId: string;
  readonly now: number;
}

const NOTHING = { filled: [], conflicts: [], history: null, steps: [], achievements: 0, tags: 0 };

function adoptGame(context: AdoptionContext, history: OldGameHistory): AdoptedGame {
  const { database, calendar, library, runId, now } = context;
  const { game } = history;
  const match = matchGame(database, game);
  if (match.kind === "passed_over") {
    return { game, match: match.kind, reason: match.reason, ...NOTHING };
  }
  const isNew = match.kind === "new";
  const gameId = isNew
    ? insertOldGame(database, game, { requestId: match.requestId, runId, now })
    : match.own.id;
  const { filled, conflicts } = isNew
    ? { filled: [], conflicts: [] }
    : compareFields(match.own, game, now);
  fillFields(database, gameId, filled, now);
  if (filled.length > 0) updateLastPlayed(database, gameId, now);
  const achievements = game.ids.flatMap((id) => library.achievements.get(id) ?? []);
  const added = addAchievements(database, calendar, gameId, achievements);
  const tags = addTags(
    database,
    gameId,
    game.ids.flatMap((id) => library.tags.get(id) ?? []),
  );
  const own = isNew ? { stored: 0, first: null } : readOwnTotals(database, match.own);
  const plan = own === null ? null : planHistory(history, own, now);
  if (plan !== null) writeHistory(context, gameId, plan);
  return {
    game,
    match: match.kind,
    reason: isNew ? null : `game ${gameId} here, by ${match.by}`,
    filled: filled.map(({ column }) => column).filter((column) => column !== "status_set_at"),
    conflicts,
    history: plan,
    steps:
      plan === null ? [] : plan.steps.map((step) => explainStep(database, calendar, gameId, step)),
    achievements: added,
    tags,
  };
}

function writeHistory(context: AdoptionContext, gameId: number, plan: HistoryPlan): void {
  if (plan.rows.length === 0) return;
  const { database, calendar, runId, now } = context;
  const insert = database.prepare(
    `INSERT INTO playtime_changes (account_id, game_id, observed_at, previous_observed_at, minutes, total_after, kind, source, run_id)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'adopted', ?8)`,
  );
  const accountId =
    database
      .prepare<{ id: number | null }>(
        "SELECT max(account_id) AS id FROM playtime_changes WHERE game_id = ?",
      )
      .get(gameId)?.id ?? null;
  for (const { at, previousAt, minutes, totalAfter, kind } of plan.rows) {
    insert.run(accountId, gameId, at, previousAt, minutes, totalAfter, kind, runId);
  }
  // Where the old total is higher, a game that a sync knows is one of which Steam reports less.
  database
    .prepare(
      `UPDATE games SET playtime_minutes = ?1, updated_at = max(updated_at, ?2),
         reported_minutes = CASE WHEN library_state IS NOT NULL AND ?1 > playtime_minutes
           THEN coalesce(reported_minutes, playtime_minutes) ELSE reported_minutes END
       WHERE id = ?3`,
    )
    .run(plan.stored, now, gameId);
  placeGame({ database, calendar, accountId, at: now, quiet: true }, gameId, -Infinity);
  assertBalanced(database, [gameId]);
  refreshSnapshots(database, calendar, gameId, "");
}

function hasChanged({ match, filled, history, achievements, tags }: AdoptedGame): boolean {
  if (match === "passed_over") return false;
  const hasRows = (history?.rows.length ?? 0) > 0;
  return match === "new" || filled.length > 0 || hasRows || achievements > 0 || tags > 0;
}

/** The adoption is a run like any other, so that its games are one item of the feed and its rows can be told apart. */
function insertRun(database: Database, id: string, library: OldLibrary, now: number): void {
  database
    .prepare(
      `INSERT INTO sync_runs (id, kind, trigger, started_at, observed_at, outcome, games_seen)
       VALUES (?1, 'adoption', 'job', ?2, ?2, 'ok', ?3)`,
    )
    .run(id, now, library.histories.length);
}

function completeRun(database: Database, id: string, games: readonly AdoptedGame[]): void {
  const played = games
    .flatMap(({ history }) => history?.rows ?? [])
    .filter((row) => row.kind === "play");
  const changed = games.filter((game) => game.match === "known" && hasChanged(game));
  database
    .prepare(
      "UPDATE sync_runs SET games_added = ?, games_changed = ?, minutes_added = ? WHERE id = ?",
    )
    .run(
      games.filter(({ match }) => match === "new").length,
      changed.length,
      played.reduce((sum, row) => sum + row.minutes, 0),
      id,
    );
}

/**
 * The older tracker kept no names of achievements, so an app whose game it had imported still has to be asked for them: that part
 * of its status stays open here.
 */
function addStatuses(database: Database, { statuses }: OldLibrary, now: number): number {
  const insert = database.prepare(
    `INSERT INTO steam_import_status (steam_app_id, game_imported, error_message, updated_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (steam_app_id) DO NOTHING`,
  );
  return statuses.reduce(
    (sum, { steamAppId, gameImported, errorMessage }) =>
      sum + insert.run(steamAppId, gameImported ? 1 : 0, errorMessage, now).changes,
    0,
  );
}
