import { expect, test } from "bun:test";
import { join } from "node:path";
import type { NowPlaying } from "@tracker/contracts";
import { DatabaseFolder } from "@tracker/store/fact-fixture";
import { type Database, openDatabase } from "@tracker/store/history";
import * as fc from "fast-check";
import {
  appOf,
  furnish,
  library,
  type PrivateLibrary,
  titleOf,
  wordsOf,
} from "./privacy/library.ts";
import { type PublicAnswers, PublicTracker, type Seen } from "./privacy/public-answers.ts";

const CASES = 15;
/** These say when something was played: of games that are `public`, and of no others. */
const DATED = ["/api/feed.atom", "/api/feed.json", "/api/widgets/heatmap.svg"];
/** Everything where games are shown to who has not signed in; what is added is asked as well. */
const PUBLIC = [
  ...DATED,
  "/api/now-playing",
  "/api/now-playing/events",
  "/api/widgets/badge.svg",
  "/api/widgets/card.svg",
  "/api/widgets/now-playing.svg",
];
const RECENT_DAYS = 14;

/** What Steam and the poller know, when only games that `pass` are there. */
function seenOf({ games, inHand, told }: PrivateLibrary, now: number, pass: Pass): Seen {
  const at = new Date(now).toISOString();
  const played = games[inHand];
  const inGame = played !== undefined && pass(inHand);
  const byApp = played?.kept !== "hand" && told === "app";
  return {
    presence: {
      in_game: inGame,
      app_id: inGame && byApp ? appOf(inHand) : null,
      game_name: inGame ? titleOf(inHand) : null,
      since: inGame ? new Date(now - 600_000).toISOString() : null,
      observed_at: at,
    },
    recent: games.flatMap(({ kept, sittings }, index) =>
      kept !== "hand" && pass(index) && sittings.some(({ daysAgo }) => daysAgo < RECENT_DAYS)
        ? [appOf(index)]
        : [],
    ),
    recent_observed_at: at,
  };
}

type Pass = (index: number) => boolean;

/** A copy of a database in which the games that do not pass never were. */
function copyWithout(database: Database, path: string, pass: Pass, games: number): Database {
  database.raw.query("VACUUM INTO ?").run(path);
  const copy = openDatabase(path);
  for (let index = 0; index < games; index++) {
    if (!pass(index)) copy.raw.query("DELETE FROM games WHERE title = ?").run(titleOf(index));
  }
  return copy;
}

function expectUntold(answers: PublicAnswers, hidden: readonly number[]): void {
  for (const [path, text] of answers) {
    const told = hidden.flatMap(wordsOf).filter((word) => text.includes(word));
    expect([path, told]).toEqual([path, []]);
  }
}

function nowPlayingOf(answers: PublicAnswers): NowPlaying {
  return JSON.parse((answers.get("/api/now-playing") ?? "").slice("200 ".length)) as NowPlaying;
}

// Somebody's friends must not learn from a portfolio page what was marked as nobody's business.
test(`whatever is played and hidden, everything public is as if hidden games had never been, and says of totals not when (${CASES} cases)`, async () => {
  await using tracker = await PublicTracker.start();
  using folder = new DatabaseFolder();
  const now = Date.now();
  let copies = 0;

  await fc.assert(
    fc.asyncProperty(library, async (shelf) => {
      const { games } = shelf;
      const of = (index: number) => games[index]?.visibility ?? "public";
      const isShown: Pass = (index) => of(index) !== "hidden";
      const isPublic: Pass = (index) => of(index) === "public";
      const hidden = games.flatMap((_, index) => (isShown(index) ? [] : [index]));
      using database = openDatabase(folder.fresh());
      furnish(database, shelf, now);
      const copy = (pass: Pass) =>
        copyWithout(database, join(folder.path, `copy-${copies++}.db`), pass, games.length);
      using shown = copy(isShown);
      using open = copy(isPublic);

      const all = await tracker.answersOf(
        database,
        seenOf(shelf, now, () => true),
        now,
      );
      const withoutHidden = await tracker.answersOf(shown, seenOf(shelf, now, isShown), now);
      const publicOnly = await tracker.answersOf(open, seenOf(shelf, now, isPublic), now);

      expect([...all.keys()]).toEqual(expect.arrayContaining(PUBLIC));
      expectUntold(all, hidden);
      expect(Object.fromEntries(all)).toEqual(Object.fromEntries(withoutHidden));
      for (const [path, text] of all) {
        if (DATED.some((dated) => path.startsWith(dated))) {
          expect([path, text]).toEqual([path, publicOnly.get(path) ?? ""]);
        }
      }
      const playing = nowPlayingOf(all);
      const told = games.findIndex((_, index) => titleOf(index) === playing.game?.title);
      if (of(told) === "totals") {
        expect(playing).toMatchObject({ playing: false, since: null });
        expect(playing.game?.last_played_at).toBeNull();
      }
    }),
    { numRuns: CASES },
  );
}, 300_000);
