import {
  type Input,
  type listReviewedYears as listDefinition,
  type Output,
  type recordHistory as recordDefinition,
  type ReviewedYear,
} from "@tracker/contracts";
import { ensureAccount } from "./account.ts";
import { type Database, inTransaction } from "./database.ts";
import { assertReconciled } from "./game-history.ts";
import { instantOf, instantOrNull, readInstant } from "./instant.ts";
import { readPurgedApps } from "./library-state.ts";
import { invalid } from "./invalid.ts";

type YearInput = Input<typeof recordDefinition>;
type Recorded = Output<typeof recordDefinition>;

interface Context {
  readonly database: Database;
  readonly accountId: number;
  readonly askedAt: number;
}

/**
 * Stores the answer for one year: its months, its outcome and the run's record, in one transaction.
 * The figures belong to no day: they only say which months the games' baselines were played in.
 */
export function recordYear(database: Database, input: YearInput): Recorded {
  checkMonths(input);
  const askedAt = readInstant(input.asked_at, "/asked_at");
  return inTransaction(database, () => {
    const { id: accountId } = ensureAccount(database, input.steam_id, {
      outcome: input.outcome,
      at: askedAt,
    });
    const context: Context = { database, accountId, askedAt };
    const purged = readPurgedApps(database);
    const games = input.games.filter((game) => !purged.has(game.app_id));
    const changedApps = new Set<number>();
    let changed = 0;
    for (const { app_id: appId, months } of games) {
      const written = months.filter((told) => writeMonth(context, appId, told)).length;
      if (written > 0) changedApps.add(appId);
      changed += written;
    }
    noteYear(context, input);
    noteRun(context, input, changedApps.size);
    assertReconciled(database, gamesOf(database, changedApps));
    const months = games.reduce((sum, game) => sum + game.months.length, 0);
    return { games: games.length, months, changed };
  });
}

function checkMonths({ year, outcome, games }: YearInput): void {
  if (outcome !== "ok" && games.length > 0) {
    throw invalid("/games", `no games of a year that ended ${outcome}`, String(games.length));
  }
  for (const [index, { months }] of games.entries()) {
    const stray = months.find(({ month }) => !month.startsWith(`${year}-`));
    if (stray === undefined) continue;
    throw invalid(`/games/${index}/months`, `months of ${year}`, stray.month);
  }
}

/** Writes a figure that is new or has changed; answers whether it did. An equal figure keeps its first recorded_at. */
function writeMonth(
  { database, accountId, askedAt }: Context,
  appId: number,
  { month, seconds, sessions }: YearInput["games"][number]["months"][number],
): boolean {
  const { changes } = database
    .prepare(
      `INSERT INTO month_records (account_id, steam_app_id, month, played_seconds, sessions, recorded_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6)
       ON CONFLICT DO UPDATE SET played_seconds = ?4, sessions = ?5, recorded_at = ?6
       WHERE (played_seconds <> ?4 OR sessions IS NOT ?5) AND recorded_at < ?6`,
    )
    .run(accountId, appId, month, seconds, sessions, askedAt);
  return changes > 0;
}

function noteYear({ database, accountId, askedAt }: Context, input: YearInput): void {
  const answeredAt = input.outcome === "ok" ? askedAt : null;
  database
    .prepare(
      `INSERT INTO review_years (account_id, year, asked_at, outcome, reason, answered_at, job_id)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
       ON CONFLICT DO UPDATE SET asked_at = ?3, outcome = ?4, reason = ?5,
         answered_at = coalesce(?6, answered_at), job_id = ?7 WHERE asked_at < ?3`,
    )
    .run(accountId, input.year, askedAt, input.outcome, input.reason, answeredAt, input.job_id);
}

function noteRun(
  { database, accountId, askedAt }: Context,
  input: YearInput,
  gamesChanged: number,
): void {
  database
    .prepare(
      `INSERT INTO sync_runs (id, account_id, kind, review_year, trigger, started_at, observed_at, outcome, reason,
         games_seen, games_changed, job_id)
       VALUES (?1, ?2, 'year_in_review', ?9, 'job', ?3, ?3, ?4, ?5, ?6, ?7, ?8)
       ON CONFLICT DO NOTHING`,
    )
    .run(
      `review-${accountId}-${input.year}-${askedAt}`,
      accountId,
      askedAt,
      input.outcome,
      input.reason,
      input.games.length,
      gamesChanged,
      input.job_id,
      input.year,
    );
}

function gamesOf(database: Database, appIds: ReadonlySet<number>): number[] {
  return database
    .prepare<{ id: number }>(
      "SELECT id FROM games WHERE steam_app_id IN (SELECT value FROM json_each(?))",
    )
    .all(JSON.stringify([...appIds]))
    .map(({ id }) => id);
}

interface YearRow {
  readonly year: number;
  readonly asked_at: number;
  readonly outcome: ReviewedYear["outcome"];
  readonly reason: string | null;
  readonly answered_at: number | null;
  readonly job_id: number | null;
  readonly months: number;
  readonly games: number;
}

/** What is known of each year that was ever asked for, oldest first. */
export function listReviewedYears(
  database: Database,
  input: Input<typeof listDefinition>,
): Output<typeof listDefinition> {
  const rows = database
    .prepare<YearRow>(
      `SELECT year, asked_at, outcome, reason, answered_at, job_id,
         count(m.month) AS months, count(DISTINCT m.steam_app_id) AS games
       FROM review_years y LEFT JOIN month_records m
         ON m.account_id = y.account_id AND substr(m.month, 1, 4) = CAST(y.year AS TEXT)
       WHERE y.account_id = (SELECT id FROM accounts WHERE steam_id = ?) GROUP BY year ORDER BY year`,
    )
    .all(input.steam_id);
  return { items: rows.map(toYear) };
}

function toYear(row: YearRow): ReviewedYear {
  return {
    ...row,
    asked_at: instantOf(row.asked_at),
    answered_at: instantOrNull(row.answered_at),
  };
}
