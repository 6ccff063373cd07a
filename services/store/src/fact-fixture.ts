import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Data, librarySampled, presenceObserved } from "@tracker/contracts";
import { type Database, openDatabase } from "./database.ts";

export type LibraryFact = Data<typeof librarySampled>;
export type PresenceFact = Data<typeof presenceObserved>;

const STEAM_ID = "76561190000000001";
export const MINUTE_MS = 60_000;

export interface GameTotal {
  readonly appId: number;
  readonly minutes: number;
  readonly name?: string;
  readonly lastPlayedAt?: number | null;
  readonly offlineMinutes?: number | null;
  readonly source?: "owned" | "recent";
}

/** A library fact as the poller sends it; `id` defaults to its instant. */
export function libraryFact(
  at: number,
  games: readonly GameTotal[],
  rest: Partial<LibraryFact> = {},
): LibraryFact {
  const observedAt = new Date(at).toISOString();
  return {
    id: `library-${at}`,
    steam_id: STEAM_ID,
    started_at: observedAt,
    observed_at: observedAt,
    trigger: "interval",
    job_id: null,
    outcome: "ok",
    reason: null,
    games: games.map((game) => ({
      app_id: game.appId,
      name: game.name ?? `Game ${game.appId}`,
      minutes: game.minutes,
      last_played_at: game.lastPlayedAt ? new Date(game.lastPlayedAt).toISOString() : null,
      offline_minutes: game.offlineMinutes ?? null,
      source: game.source ?? "owned",
    })),
    ...rest,
  };
}

/** A look at presence: in the given game, or in none. */
export function presenceFact(
  at: number,
  appId: number | null,
  previousAt: number | null = at - MINUTE_MS,
): PresenceFact {
  return {
    id: `presence-${at}`,
    steam_id: STEAM_ID,
    persona_name: "Player",
    observed_at: new Date(at).toISOString(),
    previous_observed_at: previousAt === null ? null : new Date(previousAt).toISOString(),
    in_game: appId !== null,
    app_id: appId,
    game_name: appId === null ? null : `Game ${appId}`,
  };
}

/** Every row of every table but those named, so that "changes nothing" can be shown. */
export function dump(
  database: Database,
  except: readonly string[] = [],
): Record<string, unknown[]> {
  const tables = database.raw
    .query<{ name: string }, []>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all()
    .map(({ name }) => name)
    .filter((name) => !except.includes(name));
  return Object.fromEntries(
    tables.map((table) => [
      table,
      database.raw.query(`SELECT * FROM ${table} ORDER BY 1, 2`).all(),
    ]),
  );
}

/** Sessions and snapshots without their ids: what a rebuild must bring back as it was. */
export function dumpDerived(database: Database): Record<string, unknown[]> {
  const all = (sql: string) => database.raw.query(sql).all();
  return {
    sessions: all(
      `SELECT game_id, started_at, ended_at, not_before, not_after, minutes, precision, evidence_at,
         (SELECT json_group_array(json_array(day, minutes) ORDER BY day) FROM session_days WHERE session_id = id) AS days
       FROM play_sessions ORDER BY game_id, started_at, ended_at, precision, minutes`,
    ),
    lastPlayed: all("SELECT id, last_played_at FROM games ORDER BY id"),
    totals: all("SELECT * FROM daily_snapshots ORDER BY date"),
    rows: all("SELECT game_id, date, minutes FROM daily_game_snapshots ORDER BY game_id, date"),
  };
}

/** A folder that goes with its scope, with copies of a migrated database for tests that open and close theirs. */
export class DatabaseFolder implements Disposable {
  // In memory where there is such a folder: thousands of databases need no disk to survive a power cut.
  readonly path = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "store-"));
  #made = 0;

  constructor() {
    openDatabase(join(this.path, "template.db"))[Symbol.dispose]();
  }

  /** The path of a fresh database; the one before it is gone. */
  fresh(): string {
    this.#made += 1;
    const path = join(this.path, `${this.#made}.db`);
    copyFileSync(join(this.path, "template.db"), path);
    rmSync(join(this.path, `${this.#made - 1}.db`), { force: true });
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
