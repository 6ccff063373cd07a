import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Bus, request } from "@tracker/bus";
import { startTestServer } from "@tracker/bus/test-server";
import {
  type Input,
  mergeSessions,
  moveSession,
  type SessionEditOutcome,
  splitSession,
} from "@tracker/contracts";
import { wait } from "@tracker/service";
import { storeAnswers } from "@tracker/store/answers";
import { dumpDerived, libraryFact } from "@tracker/store/fact-fixture";
import {
  applyLibrarySample,
  type Database,
  openDatabase,
  rebuildSessions,
  writeSnapshots,
} from "@tracker/store/history";
import { spawnService } from "./service-process.ts";
import { createRandom } from "./steam-sim/random.ts";

const CALENDAR = { zone: "America/New_York", dayStartHour: 0 };
const KILLS = 10;
/** About as long as one correction takes. */
const KILLED_WITHIN_MS = 60;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const APPS = [10, 20];

/** A correction as it is asked for. */
type Correction =
  | { readonly kind: "move"; readonly input: Input<typeof moveSession> }
  | { readonly kind: "split"; readonly input: Input<typeof splitSession> }
  | { readonly kind: "merge"; readonly input: Input<typeof mergeSessions> };

interface Row {
  readonly id: number;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Twenty evenings of two games, as Steam counted them. */
function furnish(database: Database, now: number): void {
  for (let day = 21; day > 0; day--) {
    const at = now - day * DAY_MS;
    const games = APPS.map((appId) => ({
      appId,
      minutes: 100 + (21 - day) * 90,
      lastPlayedAt: at - appId * MINUTE_MS,
    }));
    applyLibrarySample(database, CALENDAR, libraryFact(at, games));
  }
  // As a store does when it starts.
  writeSnapshots(database, CALENDAR, now);
}

function sessionOf(database: Database, draw: number): Row {
  const rows = database.raw
    .query<Row, []>(
      `SELECT id, started_at AS startedAt, ended_at AS endedAt FROM play_sessions
       WHERE precision <> 'gap' AND ended_at - started_at > 1200000 ORDER BY id`,
    )
    .all();
  const row = rows[Math.floor(draw * rows.length)];
  if (row === undefined) throw new Error("expected sessions, got none");
  return row;
}

/** Corrects without a bus, as the store does. */
function correct(database: Database, correction: Correction): SessionEditOutcome {
  const context = { database, calendar: CALENDAR, pollIntervalMs: 1_800_000, clock: Date.now };
  const definition = { move: moveSession, split: splitSession, merge: mergeSessions }[
    correction.kind
  ];
  const found = storeAnswers(context).find((each) => each.definition === definition);
  return found?.handle(correction.input, "api") as SessionEditOutcome;
}

function ask(bus: Bus, correction: Correction): Promise<SessionEditOutcome> {
  const once = { attempts: 1 };
  if (correction.kind === "move") return request(bus, moveSession, correction.input, once);
  if (correction.kind === "split") return request(bus, splitSession, correction.input, once);
  return request(bus, mergeSessions, correction.input, once);
}

/** What was corrected, and what is so for it. */
function stateOf(database: Database): Record<string, unknown[]> {
  const edits = database.raw.query("SELECT kind, game_id FROM session_edits ORDER BY id").all();
  return { ...dumpDerived(database), edits };
}

/** Moves a session, splits it and merges what it became; answers what was asked, and what is so before and after each. */
function rehearse(copy: Database, draw: number) {
  const corrections: Correction[] = [];
  const states = [stateOf(copy)];
  const now = (correction: Correction) => {
    corrections.push(correction);
    const outcome = correct(copy, correction);
    states.push(stateOf(copy));
    return outcome;
  };
  const { id, startedAt, endedAt } = sessionOf(copy, draw);
  const instant = (at: number) => new Date(at).toISOString();
  const span = { started_at: instant(startedAt + MINUTE_MS), ended_at: instant(endedAt) };
  const at = instant(Math.round((startedAt + MINUTE_MS + endedAt) / 2_000) * 1_000);
  // The answer holds its neighbours too.
  const starting = ({ sessions }: SessionEditOutcome, starts: readonly string[]) =>
    sessions.filter(({ started_at }) => starts.includes(started_at)).map((each) => each.id);
  const moved = now({ kind: "move", input: { id, ...span, minutes: 15 } });
  const [whole = id] = starting(moved, [span.started_at]);
  const split = now({ kind: "split", input: { id: whole, at } });
  now({ kind: "merge", input: { ids: starting(split, [span.started_at, at]) } });
  return { corrections, states };
}

function copyOf(database: Database, path: string): Database {
  rmSync(path, { force: true });
  database.raw.query("VACUUM INTO ?").run(path);
  return openDatabase(path);
}

// A correction is a person's word: half of one would be nobody's.
test("a store killed between two corrections of a session, or in one, holds all of each or nothing, and a rebuild says the same", async () => {
  const seed = Date.now() % 2 ** 31;
  const random = createRandom(seed);
  await using server = await startTestServer();
  await using bus = await server.connect("api");
  const path = join(server.dataDir, "tracker.db");
  const ended: string[] = [];
  {
    using database = openDatabase(path);
    furnish(database, Date.now());
  }

  for (let kill = 0; kill < KILLS; kill++) {
    let rehearsal: ReturnType<typeof rehearse>;
    {
      using database = openDatabase(path);
      using copy = copyOf(database, join(server.dataDir, "copy.db"));
      rehearsal = rehearse(copy, random.next());
    }
    const store = spawnService("store", server.env);
    await store.ready();
    const killed = new AbortController();
    const between = Promise.withResolvers<void>();
    let done = 0;
    const correcting = (async () => {
      for (const correction of rehearsal.corrections) {
        if (done === kill % rehearsal.corrections.length) between.resolve();
        if (killed.signal.aborted) return;
        await ask(bus, correction);
        done++;
      }
    })().catch((error: unknown) => {
      // It was killed before it answered; else the corrections themselves are wrong.
      if (!killed.signal.aborted) between.reject(error);
    });
    await between.promise;
    await wait(random.next() * KILLED_WITHIN_MS, killed.signal);
    await store.kill();
    const answered = done;
    killed.abort();

    using database = openDatabase(path);
    const state = stateOf(database);
    const index = rehearsal.states.findIndex((each) => Bun.deepEquals(each, state));
    using rebuilt = copyOf(database, join(server.dataDir, "rebuilt.db"));
    rebuildSessions(rebuilt, CALENDAR, Date.now());

    const shown = `seed ${seed}, kill ${kill}: ${answered} answered, state ${index}`;
    expect([shown, index >= answered && index <= answered + 1]).toEqual([shown, true]);
    expect([shown, stateOf(rebuilt)]).toEqual([shown, state]);
    ended.push(`${answered}/${index}`);
    await correcting;
    await store[Symbol.asyncDispose]();
  }

  process.stdout.write(`correction-crash: seed ${seed}, answered/kept ${ended.join(" ")}\n`);
}, 300_000);
