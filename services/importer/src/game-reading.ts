import {
  type AchievementOutcome,
  ACHIEVEMENTS_MAX,
  type PlannedGame,
  type ToldAchievement,
} from "@tracker/contracts";
import {
  type AchievementPercentage,
  type GameSchema,
  type PlayerAchievement,
  type PlayerAchievements,
  type SteamClient,
  SteamFailure,
} from "@tracker/steam";
import type { SteamPatience } from "./steam-patience.ts";

/** The result of asking for one game. */
export interface GameReading {
  readonly outcome: AchievementOutcome;
  /** One sentence for people, where there is something to say. */
  readonly message: string | null;
  readonly achievements: readonly ToldAchievement[];
  /** Whether asking again soon may come to something else. */
  readonly mayPass: boolean;
}

export interface AchievementSource {
  readonly steam: Pick<
    SteamClient,
    "playerAchievements" | "gameSchema" | "globalAchievementPercentages"
  >;
  readonly steamId: string;
  readonly patience: Pick<SteamPatience, "ask">;
}

/** What a failure says about the app that was asked for; any other is about the key or the account, and ends the import. */
const OUTCOMES: Partial<Record<SteamFailure["kind"], AchievementOutcome>> = {
  no_stats: "no_stats",
  not_visible: "not_visible",
  empty: "empty",
  unreachable: "unreachable",
  malformed: "malformed",
};
/** The contract's bounds, far above real values; a longer text of one game must not stop its import. */
const API_NAME_MAX = 300;
const TEXT_MAX = 5_000;
const PASSING: ReadonlySet<AchievementOutcome> = new Set(["empty", "unreachable", "malformed"]);
const SILENTLY_EMPTY =
  "Steam answered without this game's achievements, though it has some: it is asked again later.";

/**
 * Reads one game: what the account has unlocked, and, unless only that is wanted and nothing has been added, the game's
 * own list with how rare each is. An answer without achievements is believed only when the game's list is empty too.
 */
export async function readGame(
  source: AchievementSource,
  planned: PlannedGame,
): Promise<GameReading> {
  try {
    return await read(source, planned);
  } catch (error) {
    const outcome = error instanceof SteamFailure ? OUTCOMES[error.kind] : undefined;
    if (!(error instanceof SteamFailure) || outcome === undefined) throw error;
    const message = outcome === "no_stats" ? null : error.message;
    return { outcome, message, achievements: [], mayPass: PASSING.has(outcome) };
  }
}

async function read(source: AchievementSource, planned: PlannedGame): Promise<GameReading> {
  const { steam, steamId, patience } = source;
  const { app_id: appId, known, full } = planned;
  const told = await patience.ask((options) => steam.playerAchievements(steamId, appId, options));
  const count = told.achievements?.length ?? 0;
  if (count === 0 && known > 0) return empty();
  if (!full && count > 0 && count === known) return ok(told, null, null);
  const schema = await orNone(() => patience.ask((options) => steam.gameSchema(appId, options)));
  const total = schema?.achievements.length ?? 0;
  if (count === 0)
    return total > 0
      ? empty()
      : { outcome: "none", message: null, achievements: [], mayPass: false };
  return ok(told, schema, await readPercentages(source, appId));
}

/** Rarity is an ornament: without it the achievements are as good. */
async function readPercentages(
  { steam, patience }: AchievementSource,
  appId: number,
): Promise<readonly AchievementPercentage[] | null> {
  try {
    return await patience.ask((options) => steam.globalAchievementPercentages(appId, options));
  } catch (error) {
    if (error instanceof SteamFailure && error.kind !== "bad_key") return null;
    throw error;
  }
}

async function orNone<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof SteamFailure && error.kind === "no_stats") return null;
    throw error;
  }
}

function empty(): GameReading {
  return { outcome: "empty", message: SILENTLY_EMPTY, achievements: [], mayPass: true };
}

function ok(
  { achievements }: PlayerAchievements,
  schema: GameSchema | null,
  percentages: readonly AchievementPercentage[] | null,
): GameReading {
  const own = new Map((achievements ?? []).map((each) => [each.apiName, each]));
  const listed = new Map((schema?.achievements ?? []).map((each) => [each.apiName, each]));
  const percents = new Map((percentages ?? []).map((each) => [each.apiName, each.percent]));
  const names = [...new Set([...listed.keys(), ...own.keys()])]
    .filter((name) => name.length <= API_NAME_MAX)
    .slice(0, ACHIEVEMENTS_MAX);
  return {
    outcome: "ok",
    message: null,
    achievements: names.map((name) =>
      join(name, own.get(name), listed.get(name), percents.get(name)),
    ),
    mayPass: false,
  };
}

function join(
  apiName: string,
  own: PlayerAchievement | undefined,
  listed: GameSchema["achievements"][number] | undefined,
  percent: number | undefined,
): ToldAchievement {
  const unlockedAt = own?.unlockedAt ?? null;
  return {
    api_name: apiName,
    title: (listed?.title ?? own?.title)?.slice(0, TEXT_MAX) ?? null,
    description: (listed?.description ?? own?.description)?.slice(0, TEXT_MAX) ?? null,
    icon_url: listed?.iconUrl ?? null,
    hidden: listed?.hidden ?? null,
    global_percent: percent ?? null,
    unlocked: own?.unlocked ?? false,
    unlocked_at: unlockedAt === null ? null : new Date(unlockedAt).toISOString(),
  };
}
