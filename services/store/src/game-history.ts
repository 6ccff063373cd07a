import type { GameHistory } from "@tracker/contracts";
import {
  type BaselineMinutes,
  type Calendar,
  reconstructBefore,
  sumMinutes,
} from "@tracker/playtime";
import type { Database } from "./database.ts";
import { requireGame } from "./game-archive.ts";
import { readCorrectedMinutes } from "./hand-total.ts";
import { instantOf, instantOrNull } from "./instant.ts";
import { readMonths } from "./month-record.ts";

/** The parts of which a game's total is made up. */
type Parts = Pick<GameHistory, "before" | "days" | "gaps" | "corrections">;

/** Everything that was ever played of one game, from before tracking until now. */
export function getGameHistory(
  database: Database,
  { id }: { id: number },
  calendar: Calendar,
): GameHistory {
  const { playtimeMinutes } = requireGame(database, id);
  const parts = readParts(database, id, readBaselines(database, id));
  return {
    game_id: id,
    time_zone: calendar.zone,
    tracked_since: instantOrNull(trackedSince(database, id)),
    ...parts,
    steam_total: playtimeMinutes,
    reconciles: total(parts) === playtimeMinutes,
  };
}

/** Throws when a game's history does not add up to its stored total: a bug, and the transaction is undone. */
export function assertReconciled(database: Database, gameIds: readonly number[]): void {
  for (const id of gameIds) {
    const { playtimeMinutes } = requireGame(database, id);
    const told = total(readParts(database, id, readBaselines(database, id)));
    if (told === playtimeMinutes) continue;
    throw new Error(
      `the history of game ${id} does not add up: ${told} of ${playtimeMinutes} minutes`,
    );
  }
}

function readParts(database: Database, id: number, baselines: readonly BaselineMinutes[]): Parts {
  const { months, unknownMinutes } = reconstructBefore(baselines, readMonths(database, id));
  const minutes = unknownMinutes + sumMinutes(months);
  return {
    before: { minutes, unknown_minutes: unknownMinutes, months: [...months] },
    days: readDays(database, id),
    gaps: readGaps(database, id),
    corrections: { minutes: readCorrectedMinutes(database, id) - addedByHand(database, id) },
  };
}

function total({ before, days, gaps, corrections }: Parts): number {
  const told = before.unknown_minutes + sumMinutes(before.months);
  return told + sumMinutes(days) + sumMinutes(gaps) + corrections.minutes;
}

function readBaselines(database: Database, id: number): BaselineMinutes[] {
  return database
    .prepare<BaselineMinutes>(
      `SELECT observed_at AS observedAt, minutes FROM playtime_changes
       WHERE game_id = ? AND kind = 'baseline'`,
    )
    .all(id);
}

function trackedSince(database: Database, id: number): number | null {
  const row = database
    .prepare<{ since: number | null }>(
      "SELECT min(observed_at) AS since FROM playtime_changes WHERE game_id = ?",
    )
    .get(id);
  return row?.since ?? null;
}

function readDays(database: Database, id: number): GameHistory["days"] {
  return database
    .prepare<GameHistory["days"][number]>(
      `SELECT d.day, sum(d.minutes) AS minutes FROM session_days d JOIN play_sessions s ON s.id = d.session_id
       WHERE s.game_id = ? GROUP BY d.day ORDER BY d.day`,
    )
    .all(id);
}

function readGaps(database: Database, id: number): GameHistory["gaps"] {
  return database
    .prepare<{ from: number; until: number; minutes: number }>(
      `SELECT not_before AS "from", coalesce(not_after, ended_at) AS until, minutes FROM play_sessions
       WHERE game_id = ? AND precision = 'gap' ORDER BY not_before, id`,
    )
    .all(id)
    .map(({ from, until, minutes }) => ({
      not_before: instantOf(from),
      not_after: instantOf(until),
      minutes,
    }));
}

/** How many minutes more its sessions hold for a person's corrections. */
function addedByHand(database: Database, id: number): number {
  const row = database
    .prepare<{ minutes: number }>(
      "SELECT coalesce(sum(minutes), 0) AS minutes FROM session_edits WHERE game_id = ? AND undone_at IS NULL",
    )
    .get(id);
  return row?.minutes ?? 0;
}
