import type {
  GameLibraryState,
  KnownGame,
  LibraryState,
  SampledGame,
  SampleSource,
} from "@tracker/playtime";
import type { StoredAccount } from "./account.ts";
import type { Database } from "./database.ts";

/** A game's row, as far as a sample can change it. */
export interface StoredGame {
  readonly id: number;
  readonly appId: number;
  readonly title: string;
  readonly coverUrl: string | null;
  /** Whether the store told the cover, so that samples leave it alone. */
  readonly coverChecked: number;
  readonly minutes: number;
  readonly reportedMinutes: number | null;
  readonly offlineMinutes: number | null;
  readonly missingSamples: number;
  readonly listedUntil: number | null;
  /** Null for a game that was added by hand and that no sample has shown yet. */
  readonly libraryState: GameLibraryState | null;
  readonly steamLastPlayedAt: number | null;
}

/** Every game with a Steam app id, by that id. */
export function readGames(database: Database): Map<number, StoredGame> {
  const rows = database
    .prepare<StoredGame>(
      `SELECT id, steam_app_id AS appId, title, cover_url AS coverUrl,
              cover_checked_at IS NOT NULL AS coverChecked, playtime_minutes AS minutes,
              reported_minutes AS reportedMinutes, offline_minutes AS offlineMinutes, missing_samples AS missingSamples,
              listed_until AS listedUntil, library_state AS libraryState, steam_last_played_at AS steamLastPlayedAt
       FROM games WHERE steam_app_id IS NOT NULL`,
    )
    .all();
  return new Map(rows.map((game) => [game.appId, game]));
}

export function readPurgedApps(database: Database): Set<number> {
  return new Set(
    database
      .prepare<{ id: number }>("SELECT steam_app_id AS id FROM purged_apps")
      .all()
      .map(({ id }) => id),
  );
}

/** What a sample is judged against. A purged game is known with just what the sample says of it, so that it is no news. */
export function libraryState(
  database: Database,
  account: StoredAccount,
  stored: ReadonlyMap<number, StoredGame>,
  purged: readonly SampledGame[],
): LibraryState {
  const games = new Map<number, KnownGame>();
  for (const game of stored.values()) {
    const { libraryState } = game;
    if (libraryState !== null) games.set(game.appId, { ...game, libraryState });
  }
  for (const game of purged) games.set(game.appId, asKnown(game));
  return {
    trackingSince: account.trackingSince,
    allZero: account.allZero === 1,
    latestSampleAt: account.lastSampleAt,
    previousSampleAt: (instant, list) => previousSampleAt(database, account.id, instant, list),
    seenPlayingSince: (appId, after) => seenPlayingSince(database, account.id, appId, after),
    games,
  };
}

/** The account with the newest of its samples that are not from after an instant. */
export function sampledUntil(
  database: Database,
  account: StoredAccount,
  until: number,
): StoredAccount {
  if (account.lastSampleAt === null || account.lastSampleAt <= until) return account;
  return { ...account, lastSampleAt: previousSampleAt(database, account.id, until) };
}

function asKnown({ appId, minutes, offlineMinutes, source }: SampledGame): KnownGame {
  const libraryState = source === "owned" ? "owned" : "shared";
  const still = { reportedMinutes: null, missingSamples: 0, listedUntil: null };
  return { appId, minutes, offlineMinutes, libraryState, ...still };
}

/** A partial look had no list of recent games. */
function previousSampleAt(
  database: Database,
  accountId: number,
  instant: number,
  list: SampleSource = "owned",
): number | null {
  const row = database
    .prepare<{ at: number | null }>(
      `SELECT max(observed_at) AS at FROM sync_runs
       WHERE account_id = ? AND observed_at < ? AND kind = 'library'
         AND (outcome = 'ok' OR (outcome = 'partial' AND ? = 'owned'))`,
    )
    .get(accountId, instant, list);
  return row?.at ?? null;
}

/** Presence comes every minute: a look before the first that saw the game says that it began after, and a lost one is no reason to believe in more. */
function seenPlayingSince(
  database: Database,
  accountId: number,
  appId: number,
  after: number,
): number | null {
  const row = database
    .prepare<{ since: number | null }>(
      `SELECT min(max(not_before, started_at - 60000)) AS since FROM presence_intervals
       WHERE account_id = ? AND app_id = ? AND game_id IS NULL AND coalesce(not_after, last_seen_at) > ?`,
    )
    .get(accountId, appId, after);
  return row?.since ?? null;
}
