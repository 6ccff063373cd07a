import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Calendar, dayOf } from "@tracker/playtime";
import {
  applyLibrarySample,
  applyPresence,
  countUnbalanced,
  type Database,
  openDatabase,
  writeSnapshots,
} from "@tracker/store/history";
import type { Random } from "../steam-sim/random.ts";
import type { SeenFact } from "./history-poller.ts";
import { spanAt } from "./history-span.ts";
import type { Troubles } from "./history-trouble.ts";

/** A session as it is stored, and its minutes by day. Instants are epoch milliseconds. */
export interface StoredSession {
  readonly appId: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly notBefore: number;
  readonly notAfter: number | null;
  readonly minutes: number;
  readonly precision: string;
  readonly days: readonly { readonly day: string; readonly minutes: number }[];
}

/** What the store has made of all facts. */
export interface History {
  readonly sessions: readonly StoredSession[];
  /** Stored totals by app id. */
  readonly totals: ReadonlyMap<number, number>;
  /** Whether every game's ledger, total and sessions add up, and the newest snapshot to the totals of its day. */
  readonly conserved: boolean;
}

interface StoreOptions {
  readonly calendar: Calendar;
  readonly troubles: Troubles;
  readonly random: Random;
}

/** A fact that comes twice comes again at most so many facts later. */
const REPEATED_AFTER_MAX = 40;

/** The store's real functions on a database file of their own, which goes with its scope. */
export class HistoryStore implements Disposable {
  readonly #options: StoreOptions;
  // In memory where there is such a folder: nothing here has to survive a power cut.
  readonly #folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "bench-"));
  readonly #database: Database;
  readonly #repeats: { fact: SeenFact; after: number }[] = [];
  #waiting: SeenFact[] = [];
  #day: string | null = null;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#database = openDatabase(join(this.#folder, "tracker.db"));
  }

  /** Applies a fact, or keeps it while the store is away. */
  receive(fact: SeenFact): void {
    this.#waiting.push(fact);
    if (spanAt(this.#options.troubles.storeDown, fact.at) === undefined) this.flush();
  }

  /** Applies all that waits. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const fact of waiting) {
      this.#apply(fact);
      this.#repeatSome(fact);
      this.#finishDay(fact.at);
    }
  }

  read(): History {
    this.flush();
    const { raw } = this.#database;
    const sessions = raw
      .query<Omit<StoredSession, "days"> & { days: string }, []>(
        `SELECT g.steam_app_id AS appId, s.started_at AS startedAt, s.ended_at AS endedAt, s.not_before AS notBefore,
           s.not_after AS notAfter, s.minutes, s.precision,
           (SELECT json_group_array(json_object('day', day, 'minutes', minutes) ORDER BY day)
              FROM session_days WHERE session_id = s.id) AS days
         FROM play_sessions s JOIN games g ON g.id = s.game_id ORDER BY s.started_at`,
      )
      .all()
      .map((session) =>
        Object.assign(session, { days: JSON.parse(session.days) as StoredSession["days"] }),
      );
    const totals = raw
      .query<{ appId: number; minutes: number }, []>(
        "SELECT steam_app_id AS appId, playtime_minutes AS minutes FROM games",
      )
      .all();
    return {
      sessions,
      totals: new Map(totals.map(({ appId, minutes }) => [appId, minutes])),
      conserved: countUnbalanced(this.#database) === 0 && this.#snapshotsAddUp(),
    };
  }

  [Symbol.dispose](): void {
    this.#database[Symbol.dispose]();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #apply(fact: SeenFact): void {
    const { calendar } = this.#options;
    if (fact.noun === "library") applyLibrarySample(this.#database, calendar, fact.data);
    else applyPresence(this.#database, calendar, fact.data);
  }

  #repeatSome(fact: SeenFact): void {
    const { random, troubles } = this.#options;
    if (random.chance(troubles.duplicateChance)) {
      this.#repeats.push({ fact, after: random.between(0, REPEATED_AFTER_MAX) });
    }
    for (const repeat of this.#repeats) repeat.after -= 1;
    while (this.#repeats[0] !== undefined && this.#repeats[0].after < 0) {
      const repeat = this.#repeats.shift();
      if (repeat !== undefined) this.#apply(repeat.fact);
    }
  }

  /** The nightly snapshot, at the first fact of a new day. */
  #finishDay(at: number): void {
    const { calendar } = this.#options;
    const day = dayOf(at, calendar);
    if (day === this.#day) return;
    this.#day = day;
    writeSnapshots(this.#database, calendar, at);
  }

  /** Each day's snapshot differs from the one before by the baselines, the placed minutes and the gaps that ended on it. */
  #snapshotsAddUp(): boolean {
    const row = this.#database.raw
      .query<{ wrong: number }, []>(
        `WITH newest AS (SELECT max(date) AS date FROM daily_snapshots),
           shown AS (SELECT s.game_id, s.minutes FROM daily_game_snapshots s
             WHERE s.date = (SELECT max(date) FROM daily_game_snapshots o WHERE o.game_id = s.game_id)),
           later AS (SELECT p.game_id, sum(d.minutes) AS minutes FROM session_days d
             JOIN play_sessions p ON p.id = d.session_id, newest WHERE d.day > newest.date GROUP BY p.game_id)
         SELECT count(*) AS wrong FROM games g LEFT JOIN shown ON shown.game_id = g.id LEFT JOIN later ON later.game_id = g.id
         WHERE g.playtime_minutes <> coalesce(shown.minutes, 0) + coalesce(later.minutes, 0)`,
      )
      .get();
    return row?.wrong === 0;
  }
}
