import type { Database } from "./database.ts";
import { readCorrectedMinutes } from "./hand-total.ts";
import { identityOf, type OldGame, PLATFORM_DEFAULT } from "./old-game.ts";
import type { OwnTotals } from "./old-plan.ts";

/** A game that is here already, as far as adopting another may change it. */
export interface OwnGame {
  readonly id: number;
  readonly title: string;
  readonly steamAppId: number | null;
  readonly status: string;
  readonly rating: number | null;
  readonly completionDate: string | null;
  readonly coverUrl: string | null;
  readonly isFavorite: number;
  readonly notes: string | null;
  readonly playtimeMinutes: number;
  readonly reportedMinutes: number | null;
  readonly libraryState: string | null;
  readonly steamLastPlayedAt: number | null;
  readonly statusSetAt: number | null;
  readonly autoCompletedAt: number | null;
  readonly requestId: string | null;
}

/** Where an old game goes: to one that is here, to a new one, or nowhere. */
export type OldGameMatch =
  | { readonly kind: "known"; readonly own: OwnGame; readonly by: string }
  | { readonly kind: "new"; readonly requestId: string }
  | { readonly kind: "passed_over"; readonly reason: string };

const COLUMNS = `id, coalesce(title_override, title) AS title, steam_app_id AS steamAppId, status, rating,
  completion_date AS completionDate, coalesce(cover_override, cover_url) AS coverUrl, is_favorite AS isFavorite, notes,
  playtime_minutes AS playtimeMinutes, reported_minutes AS reportedMinutes, library_state AS libraryState,
  steam_last_played_at AS steamLastPlayedAt, status_set_at AS statusSetAt, auto_completed_at AS autoCompletedAt,
  request_id AS requestId`;

/** Names a game for good, so that one that was adopted is known again whatever a person calls it later. */
function adoptionId(game: OldGame): string {
  const identity = game.isDeleted ? `deleted ${game.ids[0]} ${identityOf(game)}` : identityOf(game);
  const hash = new Bun.CryptoHasher("sha256").update(identity).digest("hex");
  return `adopted-${hash.slice(0, 40)}`;
}

/** Finds the game that an old one is: adopted before, of the same Steam app, else of the same title and platform. */
export function matchGame(database: Database, game: OldGame): OldGameMatch {
  const requestId = adoptionId(game);
  const adopted = findGames(database, "request_id = ?", requestId)[0];
  if (adopted !== undefined) return { kind: "known", own: adopted, by: "was adopted before" };
  if (game.steamAppId !== null) {
    const [own] = findGames(database, "steam_app_id = ?", game.steamAppId);
    if (own !== undefined) return { kind: "known", own, by: `Steam app ${game.steamAppId}` };
    if (isPurged(database, game.steamAppId)) {
      const reason = "was purged here; add it by hand to have it again";
      return { kind: "passed_over", reason };
    }
  }
  const sameTitle = "(fold(title) = fold(?1) OR fold(title_override) = fold(?1))";
  const platform = game.isDeleted ? null : (game.platform ?? PLATFORM_DEFAULT);
  const samePlatform =
    "(?2 IS NULL OR fold(platform) = fold(?2) OR fold(platform_override) = fold(?2))";
  const same = findGames(database, `${sameTitle} AND ${samePlatform}`, game.title, platform).filter(
    (own) => own.steamAppId === null || game.steamAppId === null,
  );
  const [own] = same;
  if (own !== undefined && same.length === 1) {
    return { kind: "known", own, by: game.isDeleted ? "title" : "title and platform" };
  }
  return { kind: "new", requestId };
}

function findGames(
  database: Database,
  condition: string,
  ...values: (string | number | null)[]
): OwnGame[] {
  return database
    .prepare<OwnGame>(`SELECT ${COLUMNS} FROM games WHERE ${condition} ORDER BY id`)
    .all(...values);
}

function isPurged(database: Database, appId: number): boolean {
  return database.prepare("SELECT 1 FROM purged_apps WHERE steam_app_id = ?").get(appId) !== null;
}

/** What the ledger here says of a game; null when an older tracker's rows are in it already. */
export function readOwnTotals(database: Database, own: OwnGame): OwnTotals | null {
  const adopted = database
    .prepare(
      "SELECT 1 FROM playtime_changes WHERE game_id = ? AND source = 'adopted' AND run_id IS NOT NULL LIMIT 1",
    )
    .get(own.id);
  if (adopted !== null) return null;
  const first = database
    .prepare<{ at: number; minutes: number }>(
      `SELECT observed_at AS at, sum(iif(kind = 'baseline', minutes, 0)) AS minutes FROM playtime_changes
       WHERE game_id = ? AND kind <> 'correction' GROUP BY observed_at ORDER BY observed_at LIMIT 1`,
    )
    .get(own.id);
  return { stored: own.playtimeMinutes - readCorrectedMinutes(database, own.id), first };
}
