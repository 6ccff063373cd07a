import type { Game } from "@tracker/contracts";
import { libraryFact, presenceFact } from "@tracker/store/fact-fixture";
import {
  applyLibrarySample,
  applyPresence,
  type Database,
  writeSnapshots,
} from "@tracker/store/history";
import * as fc from "fast-check";

export const CALENDAR = { zone: "America/New_York", dayStartHour: 0 };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const TRACKED_DAYS = 40;

/** One game of a library, with what can give it away. */
export interface PrivateGame {
  readonly visibility: Game["visibility"];
  /** By hand: Steam does not list it, but may be the one to start it. */
  readonly kept: "steam" | "hand" | "borrowed";
  readonly state: "listed" | "archived" | "completed";
  readonly achievements: boolean;
  /** When it was played, and for how long. */
  readonly sittings: readonly { readonly daysAgo: number; readonly minutes: number }[];
}

export interface PrivateLibrary {
  readonly games: readonly PrivateGame[];
  /** Which of them is in hand; none when there is no such one. */
  readonly inHand: number;
  /** Whether Steam says its app, or its name alone. */
  readonly told: "app" | "name";
}

const game: fc.Arbitrary<PrivateGame> = fc.record({
  visibility: fc.constantFrom("public", "totals", "hidden"),
  kept: fc.constantFrom("steam", "steam", "hand", "borrowed"),
  state: fc.constantFrom("listed", "listed", "archived", "completed"),
  achievements: fc.boolean(),
  sittings: fc.uniqueArray(
    fc.record({
      daysAgo: fc.oneof(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: TRACKED_DAYS - 1 }),
      ),
      minutes: fc.integer({ min: 1, max: 300 }),
    }),
    { maxLength: 4, selector: ({ daysAgo }) => daysAgo },
  ),
});

export const library: fc.Arbitrary<PrivateLibrary> = fc.record({
  // One of them at least is hidden: else nothing would be shown.
  games: fc
    .tuple(game, fc.array(game, { minLength: 1, maxLength: 6 }))
    .map(([first, others]) => others.concat({ ...first, visibility: "hidden" })),
  inHand: fc.integer({ min: 0, max: 7 }),
  told: fc.constantFrom("app", "name"),
});

/** What nobody may read of a game that is hidden. */
export function wordsOf(index: number): string[] {
  return [titleOf(index), String(appOf(index)), `cover-${index}.`, `Deed ${index} `];
}

export function titleOf(index: number): string {
  return `Quux${index}`;
}

export function appOf(index: number): number {
  return 77_100 + index;
}

/** Puts the library into a database, as its syncs, its player and its owner do. */
export function furnish(database: Database, { games, inHand }: PrivateLibrary, now: number): void {
  const from = now - TRACKED_DAYS * DAY_MS;
  const totals = games.map((_, index) => 1_000 + index * 100);
  const lastPlayedAt = games.map((): number | null => null);
  const sample = (at: number) =>
    applyLibrarySample(
      database,
      CALENDAR,
      libraryFact(
        at,
        games.flatMap(({ kept }, index) =>
          kept === "hand"
            ? []
            : {
                appId: appOf(index),
                name: titleOf(index),
                minutes: totals[index] ?? 0,
                lastPlayedAt: lastPlayedAt[index] ?? null,
                source: kept === "borrowed" ? "recent" : "owned",
              },
        ),
      ),
    );
  sample(from);
  keepByHand(database, games, from);
  for (let day = TRACKED_DAYS - 1; day > 0; day--) {
    const at = now - day * DAY_MS;
    for (const [index, { sittings }] of games.entries()) {
      const minutes = sittings.find(({ daysAgo }) => daysAgo === day)?.minutes ?? 0;
      totals[index] = (totals[index] ?? 0) + minutes;
      if (minutes > 0) lastPlayedAt[index] = at - HOUR_MS;
    }
    sample(at);
  }
  if (games[inHand] !== undefined) play(database, games[inHand], inHand, now);
  writeSnapshots(database, CALENDAR, now);
  for (const [index, each] of games.entries()) mark(database, each, index, now);
}

function keepByHand(database: Database, games: readonly PrivateGame[], at: number): void {
  for (const [index, { kept }] of games.entries()) {
    if (kept !== "hand") continue;
    database.raw
      .query(
        "INSERT INTO games (title, platform, status, playtime_minutes, last_played_at, created_at, updated_at) VALUES (?, 'PC', 'Playing', 600, ?, ?, ?)",
      )
      .run(titleOf(index), at + index * DAY_MS, at, at);
  }
}

/** It has been seen for ten minutes, by its name if it is not Steam's. */
function play(database: Database, { kept }: PrivateGame, index: number, now: number): void {
  for (let minute = 10; minute >= 0; minute--) {
    const fact = presenceFact(now - minute * MINUTE_MS, appOf(index));
    const told = { app_id: kept === "hand" ? null : appOf(index), game_name: titleOf(index) };
    applyPresence(database, CALENDAR, { ...fact, ...told });
  }
}

function mark(database: Database, game: PrivateGame, index: number, now: number): void {
  const { id } = database.raw
    .query<{ id: number }, [string]>("SELECT id FROM games WHERE title = ?")
    .get(titleOf(index)) ?? { id: 0 };
  database.raw
    .query(
      "UPDATE games SET visibility = ?, cover_override = ?, archived_at = ?, completion_date = ? WHERE id = ?",
    )
    .run(
      game.visibility,
      `https://covers.example/cover-${index}.jpg`,
      game.state === "archived" ? now : null,
      game.state === "completed" ? new Date(now - 3 * DAY_MS).toISOString().slice(0, 10) : null,
      id,
    );
  if (!game.achievements) return;
  database.raw
    .query(
      "INSERT INTO achievements (game_id, api_name, title, unlocked, unlocked_at) VALUES (?, 'a', ?, 1, ?)",
    )
    .run(id, `Deed ${index} done`, now - 2 * DAY_MS);
}
