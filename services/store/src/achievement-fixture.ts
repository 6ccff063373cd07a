import type { Input, recordAchievements as definition, ToldAchievement } from "@tracker/contracts";
import { recordAchievements } from "./achievement.ts";
import type { Database } from "./database.ts";
import { startJob } from "./job.ts";
import { CALENDAR, DAY_MS, insertGame, NOW } from "./question-fixture.ts";

export const APP = 620;
/** Tracking began ten days before now. */
export const TRACKED = NOW - 10 * DAY_MS;

export function told(
  name: string,
  unlockedAt: number | null | false = false,
  more: Partial<ToldAchievement> = {},
): ToldAchievement {
  return {
    api_name: name,
    title: `Title of ${name}`,
    description: null,
    icon_url: null,
    hidden: false,
    global_percent: 50,
    unlocked: unlockedAt !== false,
    unlocked_at: typeof unlockedAt === "number" ? new Date(unlockedAt).toISOString() : null,
    ...more,
  };
}

export function addJob(database: Database, given: unknown = {}): number {
  return startJob(database, "import", { arguments: given, requestedBy: "test" }, NOW).id;
}

/** A followed account with one game of Steam; answers the game's id. */
export function addTrackedGame(database: Database, appId = APP): number {
  database
    .prepare(
      "INSERT INTO accounts (steam_id, state, state_since, tracking_since) VALUES ('76561190000000001', 'ok', 0, ?) ON CONFLICT DO NOTHING",
    )
    .run(TRACKED);
  return insertGame(database, { title: `Game ${appId}`, steamAppId: appId, libraryState: "owned" });
}

export function record(
  database: Database,
  achievements: readonly ToldAchievement[],
  more: Partial<Input<typeof definition>> = {},
  now = NOW,
) {
  return recordAchievements(
    database,
    CALENDAR,
    {
      job_id: 1,
      app_id: APP,
      observed_at: new Date(now).toISOString(),
      outcome: "ok",
      message: null,
      settled: true,
      achievements: [...achievements],
      ...more,
    },
    now,
  );
}

export interface StoredAchievement {
  readonly api_name: string;
  readonly unlocked: number;
  readonly unlocked_at: number | null;
}

export function stored(database: Database): StoredAchievement[] {
  return database
    .prepare<StoredAchievement>(
      "SELECT api_name, unlocked, unlocked_at FROM achievements ORDER BY api_name",
    )
    .all();
}

export function statusOf(database: Database, appId = APP) {
  return database
    .prepare<{
      outcome: string | null;
      achievements_imported: number;
      error_message: string | null;
      job_id: number | null;
      stale_since: number | null;
    }>(
      `SELECT outcome, achievements_imported, error_message, job_id, stale_since
       FROM steam_import_status WHERE steam_app_id = ?`,
    )
    .get(appId);
}
