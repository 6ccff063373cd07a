import type { Data, presenceObserved } from "@tracker/contracts";
import { type Calendar, OUTAGE_MS } from "@tracker/playtime";
import { ensureAccount, type StoredAccount } from "./account.ts";
import { assertBalanced } from "./balance.ts";
import { type Database, inTransaction } from "./database.ts";
import { AHEAD_MS_MAX, takeBackFuture } from "./future-presence.ts";
import { readInstant } from "./instant.ts";
import { placeGame } from "./placement.ts";
import { refreshSnapshots } from "./snapshot.ts";

type PresenceFact = Data<typeof presenceObserved>;

interface OpenInterval {
  readonly id: number;
  readonly gameId: number | null;
  readonly appId: number | null;
  readonly gameName: string | null;
  readonly lastSeenAt: number;
  readonly notBefore: number;
}

/** A game whose presence changed, and since when it can matter. */
export interface Touched {
  readonly gameId: number | null;
  readonly from: number;
}

/**
 * Applies one look at presence in one transaction: begins, extends or ends the stretch in which a game was seen, and
 * places its sessions anew. Looks come in order; one that is not newer than the newest changes nothing and answers false, as does
 * one from the future of `now`, our clock at its receipt. Where a clock was wrong and is right again, what it said of the future is taken back.
 */
export function applyPresence(
  database: Database,
  calendar: Calendar,
  fact: PresenceFact,
  now = Infinity,
): boolean {
  return inTransaction(database, () => {
    const at = readInstant(fact.observed_at, "/observed_at");
    if (at > now + AHEAD_MS_MAX) return false;
    const account = ensureAccount(database, fact.steam_id, { outcome: "ok", at });
    const newest = account.lastPresenceAt ?? -Infinity;
    const wrong = newest > now + AHEAD_MS_MAX && at >= now - AHEAD_MS_MAX;
    if (at <= newest && !wrong) return false;
    const takenBack = wrong ? takeBackFuture(database, account.id, at) : [];
    const touched = mergeTouched([...takenBack, ...observe(database, account, fact, at)]);
    database
      .prepare(
        "UPDATE accounts SET last_presence_at = ?, persona_name = coalesce(?, persona_name) WHERE id = ?",
      )
      .run(at, fact.persona_name, account.id);
    const context = { database, calendar, accountId: account.id, at, quiet: false };
    for (const { gameId, from } of touched) {
      if (gameId === null) continue;
      const changedFrom = placeGame(context, gameId, from);
      if (changedFrom !== null) refreshSnapshots(database, calendar, gameId, changedFrom);
      assertBalanced(database, [gameId]);
    }
    return true;
  });
}

function observe(
  database: Database,
  account: StoredAccount,
  fact: PresenceFact,
  at: number,
): Touched[] {
  const open = openInterval(database, account.id);
  const same = open !== null && fact.in_game && isSameGame(open, fact);
  if (same && at - open.lastSeenAt <= OUTAGE_MS) {
    database
      .prepare("UPDATE presence_intervals SET last_seen_at = ? WHERE id = ?")
      .run(at, open.id);
    return [{ gameId: open.gameId, from: open.notBefore }];
  }
  const touched: Touched[] = [];
  if (open !== null) {
    database.prepare("UPDATE presence_intervals SET not_after = ? WHERE id = ?").run(at, open.id);
    touched.push({ gameId: open.gameId, from: open.notBefore });
  }
  if (fact.in_game) {
    // Across an outage the game may have run all along: the new stretch can begin where the old one was last seen.
    const notBefore = same ? open.lastSeenAt : previousLook(account, fact, at);
    const gameId = gameOf(database, fact.app_id);
    insertInterval(database, account.id, gameId, fact, at, notBefore);
    touched.push({ gameId, from: notBefore });
  }
  return touched;
}

/** Stretches of one game are placed together. */
function mergeTouched(touched: readonly Touched[]): Touched[] {
  const earliest = new Map<number | null, number>();
  for (const { gameId, from } of touched) {
    earliest.set(gameId, Math.min(from, earliest.get(gameId) ?? from));
  }
  return Array.from(earliest, ([gameId, from]) => ({ gameId, from }));
}

function openInterval(database: Database, accountId: number): OpenInterval | null {
  return database
    .prepare<OpenInterval>(
      `SELECT id, game_id AS gameId, app_id AS appId, game_name AS gameName, last_seen_at AS lastSeenAt, not_before AS notBefore
       FROM presence_intervals WHERE account_id = ? AND not_after IS NULL`,
    )
    .get(accountId);
}

function isSameGame(open: OpenInterval, fact: PresenceFact): boolean {
  if (open.appId !== null || fact.app_id !== null) return open.appId === fact.app_id;
  return open.gameName === fact.game_name;
}

/** The newest look before this one that is known of: the poller's own, or the newest that was stored. */
function previousLook(account: StoredAccount, fact: PresenceFact, at: number): number {
  const previous = fact.previous_observed_at;
  const told = previous === null ? NaN : readInstant(previous, "/previous_observed_at");
  const looks = [told, account.lastPresenceAt ?? NaN].filter((instant) => instant < at);
  return looks.length === 0 ? at : Math.max(...looks);
}

function gameOf(database: Database, appId: number | null): number | null {
  if (appId === null) return null;
  const game = database
    .prepare<{ id: number }>("SELECT id FROM games WHERE steam_app_id = ?")
    .get(appId);
  return game?.id ?? null;
}

function insertInterval(
  database: Database,
  accountId: number,
  gameId: number | null,
  fact: PresenceFact,
  at: number,
  notBefore: number,
): void {
  database
    .prepare(
      `INSERT INTO presence_intervals (account_id, game_id, app_id, game_name, started_at, last_seen_at, not_before)
       VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)`,
    )
    .run(accountId, gameId, fact.app_id, fact.game_name, at, notBefore);
}
