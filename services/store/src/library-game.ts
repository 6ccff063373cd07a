import { gameAdded } from "@tracker/contracts";
import {
  dayOf,
  type KnownGame,
  type LedgerEntry,
  type SampleAssessment,
  type SampledGame,
} from "@tracker/playtime";
import { fitHandTotal } from "./hand-total-meets-steam.ts";
import { appendBaseline } from "./hand-kept.ts";
import { readCorrectedMinutes } from "./hand-total.ts";
import { instantOf } from "./instant.ts";
import type { StoredGame } from "./library-state.ts";
import { emit } from "./outbox.ts";
import type { PlacementContext } from "./placement.ts";
import { refreshSnapshots } from "./snapshot.ts";
import { cleanName } from "./steam-name.ts";

/** A game of which a sample changed more than its name: what has to be brought up to date after it. */
export interface GameChange {
  readonly gameId: number;
  /** The oldest instant that its new evidence can concern; null when there is none. */
  readonly touchedFrom: number | null;
  /** The day on which new baseline minutes count. */
  readonly baselineDay: string | null;
}

type SeenGame = SampledGame & { readonly coverUrl: string | null };

/** Played this lately, a game that comes into the library is being played; else it waits in the backlog. A person's to change from then on. */
const PLAYING_WITHIN_MS = 14 * 86_400_000;

/** Writes what a sample says about games: new ones, their state, their ledger rows. Nothing is written where nothing differs. */
export function writeGames(
  context: PlacementContext,
  runId: string,
  stored: ReadonlyMap<number, StoredGame>,
  seen: readonly SeenGame[],
  assessment: SampleAssessment,
): GameChange[] {
  const entries = Map.groupBy(assessment.entries, (entry) => entry.appId);
  const states = new Map(assessment.games.map((game) => [game.appId, game]));
  const ids = new Map<number, number>();
  const changed = new Set<number>();
  for (const game of seen) {
    const before = stored.get(game.appId);
    const id = before?.id ?? ids.get(game.appId) ?? addGame(context, runId, game);
    ids.set(game.appId, id);
    if (before === undefined) changed.add(game.appId);
    else if (describe(context, before, game)) changed.add(game.appId);
  }
  for (const known of states.values()) {
    const before = stored.get(known.appId);
    const gameId = before?.id ?? ids.get(known.appId);
    if (gameId === undefined) continue;
    const isAdopted = before !== undefined && before.libraryState === null;
    const rows = entries.get(known.appId) ?? [];
    if (isAdopted) keepHandTotal(context, gameId, before.minutes);
    const next = fitHandTotal(isAdopted ? before.minutes : 0, rows, known);
    entries.set(known.appId, [...next.entries]);
    writeState(context, gameId, next.game);
    if (before === undefined || isAdopted) changed.add(known.appId);
    ids.set(known.appId, gameId);
  }
  for (const appId of entries.keys()) changed.add(appId);
  return [...changed].flatMap((appId) => {
    const gameId = ids.get(appId);
    return gameId === undefined
      ? []
      : [appendEntries(context, runId, { gameId, appId }, entries.get(appId) ?? [])];
  });
}

function addGame({ database, at, quiet }: PlacementContext, runId: string, game: SeenGame): number {
  const title = cleanName(game.name) ?? `App ${game.appId}`;
  const lately = game.lastPlayedAt !== null && game.lastPlayedAt > at - PLAYING_WITHIN_MS;
  const added = database
    .prepare<{ id: number }>(
      `INSERT INTO games (title, platform, status, steam_app_id, cover_url, steam_last_played_at, last_played_at,
         added_run_id, created_at, updated_at) VALUES (?1, 'PC', ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?7) RETURNING id`,
    )
    .get(
      title,
      lately || game.source === "recent" ? "Playing" : "Backlog",
      game.appId,
      game.coverUrl,
      game.lastPlayedAt,
      runId,
      at,
    );
  if (added === null) throw new Error("a game that was just added is not there");
  if (!quiet) {
    const by = "sync" as const;
    const at_ = instantOf(at);
    emit(database, gameAdded, { game_id: added.id, title, steam_app_id: game.appId, at: at_, by });
  }
  return added.id;
}

/** Takes over Steam's name, art and time of last play where they are news; answers whether the time was. */
function describe({ database, at }: PlacementContext, before: StoredGame, game: SeenGame): boolean {
  const title = cleanName(game.name) ?? before.title;
  const coverUrl = before.coverChecked ? before.coverUrl : (game.coverUrl ?? before.coverUrl);
  const played = Math.max(before.steamLastPlayedAt ?? 0, game.lastPlayedAt ?? 0) || null;
  const isLater = played !== before.steamLastPlayedAt;
  if (title === before.title && coverUrl === before.coverUrl && !isLater) return false;
  database
    .prepare(
      `UPDATE games SET title = ?, cover_url = ?, steam_last_played_at = ?, updated_at = max(updated_at, ?) WHERE id = ?`,
    )
    .run(title, coverUrl, played, at, before.id);
  return isLater;
}

/**
 * From here on Steam counts the game and its corrections are shown beside the total: what they made up of it so far
 * becomes a baseline, so that no total falls.
 */
function keepHandTotal(
  { database, calendar, at }: PlacementContext,
  gameId: number,
  totalAfter: number,
): void {
  const minutes = readCorrectedMinutes(database, gameId);
  if (minutes === 0) return;
  appendBaseline(database, gameId, { minutes, totalAfter, now: at });
  refreshSnapshots(database, calendar, gameId, dayOf(at, calendar));
}

function writeState({ database, at }: PlacementContext, gameId: number, game: KnownGame): void {
  database
    .prepare(
      `UPDATE games SET playtime_minutes = ?1, reported_minutes = ?2, offline_minutes = ?3, missing_samples = ?4,
         listed_until = ?5, library_state = ?6,
         updated_at = CASE WHEN playtime_minutes IS ?1 AND reported_minutes IS ?2 AND library_state IS ?6
           THEN updated_at ELSE max(updated_at, ?7) END
       WHERE id = ?8`,
    )
    .run(
      game.minutes,
      game.reportedMinutes,
      game.offlineMinutes,
      game.missingSamples,
      game.listedUntil,
      game.libraryState,
      at,
      gameId,
    );
}

function appendEntries(
  { database, calendar, accountId }: PlacementContext,
  runId: string,
  { gameId, appId }: { gameId: number; appId: number },
  entries: readonly LedgerEntry[],
): GameChange {
  const insert = database.prepare(
    `INSERT INTO playtime_changes (account_id, game_id, observed_at, previous_observed_at, minutes, total_after, kind, source,
       last_played_at, offline_minutes, run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  let touchedFrom = linkPresence({ database, accountId }, gameId, appId);
  let baselineDay: string | null = null;
  for (const entry of entries) {
    const { observedAt, previousObservedAt, kind } = entry;
    insert.run(
      accountId,
      gameId,
      observedAt,
      previousObservedAt,
      entry.minutes,
      entry.totalAfter,
      kind,
      entry.source,
      entry.lastPlayedAt,
      entry.offlineMinutes,
      runId,
    );
    if (kind === "play") {
      touchedFrom = Math.min(touchedFrom ?? Infinity, previousObservedAt ?? observedAt);
    }
    if (kind === "baseline") baselineDay = dayOf(observedAt, calendar);
  }
  return { gameId, touchedFrom, baselineDay };
}

/** Presence that was seen before the library held its game belongs to it from now on; answers from when. */
function linkPresence(
  { database, accountId }: Pick<PlacementContext, "database" | "accountId">,
  gameId: number,
  appId: number,
): number | null {
  const linked = database
    .prepare<{ not_before: number }>(
      "UPDATE presence_intervals SET game_id = ? WHERE app_id = ? AND game_id IS NULL AND account_id IS ? RETURNING not_before",
    )
    .all(gameId, appId, accountId);
  return linked.length === 0 ? null : Math.min(...linked.map((row) => row.not_before));
}
