import { type Static, Type } from "@sinclair/typebox";
import { defineEvent, defineRequest } from "./conversation.ts";
import { AppId, Choice, Count, Day, Id, Instant, Nullable, Strict } from "./primitive.ts";

/**
 * How asking for one app's achievements ended. `none` has a game without achievements, `no_stats` an app without stats;
 * after the last five the app is asked again some day: this game is not shown, an answer that was silently empty, throttled,
 * no answer, nonsense.
 */
export const ACHIEVEMENT_OUTCOMES = [
  "ok",
  "none",
  "no_stats",
  "not_visible",
  "empty",
  "limited",
  "unreachable",
  "malformed",
] as const;
export const AchievementOutcome = Choice(ACHIEVEMENT_OUTCOMES);
export type AchievementOutcome = Static<typeof AchievementOutcome>;

const Percent = Type.Number({ minimum: 0, maximum: 100, description: "0 to 100" });
const ApiName = Type.String({ minLength: 1, maxLength: 300 });
const Text = Type.String({ maxLength: 5_000 });

/** An achievement as Steam tells it for the account. What is null was not told, and leaves what is known. */
export const ToldAchievement = Strict({
  api_name: ApiName,
  title: Nullable(Text),
  description: Nullable(Text),
  icon_url: Nullable(Type.String({ maxLength: 2_000 })),
  hidden: Nullable(Type.Boolean()),
  global_percent: Nullable(Percent),
  unlocked: Type.Boolean(),
  unlocked_at: Nullable(Instant),
});
export type ToldAchievement = Static<typeof ToldAchievement>;

/** Far above what any game has; together they stay below the bus's megabyte. */
export const ACHIEVEMENTS_MAX = 10_000;

export const recordAchievements = defineRequest({
  subject: "store.achievements.record",
  description:
    "Keeps what came of asking for one app's achievements, in one commit. Sent twice it changes nothing.",
  input: Strict({
    job_id: Id,
    app_id: AppId,
    observed_at: Instant,
    outcome: AchievementOutcome,
    /** Why there are none, for people; null when there are some, or there is nothing to say. */
    message: Nullable(Type.String({ maxLength: 1_000 })),
    /** False while the same job will ask again. */
    settled: Type.Boolean(),
    achievements: Type.Array(ToldAchievement, { maxItems: ACHIEVEMENTS_MAX }),
  }),
  output: Type.Object({
    /** Null for an app whose game was purged meanwhile. */
    game_id: Nullable(Id),
    title: Nullable(Type.String()),
    unlocked: Count,
    total: Count,
    newly_unlocked: Count,
    completed: Type.Boolean(),
  }),
  timeoutMs: 5_000,
});

/** The apps of one batch of an overview. */
export const OVERVIEW_APPS_MAX = 1_000;

export const recordOverview = defineRequest({
  subject: "store.achievements.overview",
  description:
    "Keeps how many achievements of how many are unlocked, for many apps at once; achievements that are known one by one come before it.",
  input: Strict({
    items: Type.Array(
      Strict({
        app_id: AppId,
        /** Null where Steam told nothing. */
        counts: Nullable(Strict({ unlocked: Count, total: Count })),
      }),
      { maxItems: OVERVIEW_APPS_MAX },
    ),
  }),
  output: Type.Object({ recorded: Count }),
});

export const recordCovers = defineRequest({
  subject: "store.covers.record",
  description:
    "Keeps the addresses of covers as the Steam store tells them; null where it shows that there is none.",
  input: Strict({
    items: Type.Array(
      Strict({ app_id: AppId, cover_url: Nullable(Type.String({ maxLength: 2_000 })) }),
      { maxItems: 1_000 },
    ),
  }),
  output: Type.Object({ changed: Count }),
});

/** More than any library has; the plan of the rest follows once these are done. */
export const PLAN_GAMES_MAX = 10_000;

export const planImport = defineRequest({
  subject: "store.imports.plan",
  description: "What an import has left to do, never tried first, then the most played.",
  input: Strict({ job_id: Id }),
  output: Type.Object({
    /** Games of Steam in the library, whatever the import's own scope. */
    library: Count,
    /** When the library was last sampled. */
    sampled_at: Nullable(Instant),
    /** Games that this job is done with, by how they ended. */
    done: Type.Record(Type.String(), Count),
    games: Type.Array(
      Type.Object({
        app_id: AppId,
        /** Achievements that are known one by one. */
        known: Count,
        /** How many there are by the overview; null when it has not told. */
        overview_total: Nullable(Count),
        /** Whether an overview was asked for. */
        overviewed: Type.Boolean(),
        /** Whether everything is asked for anew, or only what the account has unlocked. */
        full: Type.Boolean(),
      }),
      { maxItems: PLAN_GAMES_MAX },
    ),
    /** Apps whose cover the store was not asked for. */
    covers: Type.Array(AppId, { maxItems: PLAN_GAMES_MAX }),
  }),
  timeoutMs: 5_000,
});
export type PlannedGame = Static<typeof planImport.output>["games"][number];

export const Achievement = Type.Object({
  id: Id,
  api_name: Type.String(),
  title: Type.String(),
  description: Nullable(Type.String()),
  icon_url: Nullable(Type.String()),
  unlocked: Type.Boolean(),
  /** Null for a locked one, and for an unlocked one of which Steam does not know when. */
  unlocked_at: Nullable(Instant),
  hidden: Type.Boolean(),
  /** How many of the game's players have it, 0 to 100; null when not told. */
  global_percent: Nullable(Type.Number()),
});
export type Achievement = Static<typeof Achievement>;

export const listAchievements = defineRequest({
  subject: "store.achievements.list",
  description:
    "The achievements of a game: the unlocked ones newest first, then the locked ones, most common first.",
  input: Strict({ game_id: Id }),
  output: Type.Object({
    items: Type.Array(Achievement),
    unlocked: Count,
    total: Count,
    completion_percentage: Type.Number(),
    /** How the newest attempt to read them from Steam ended; null before the first. */
    import: Nullable(
      Type.Object({
        outcome: Nullable(AchievementOutcome),
        imported: Type.Boolean(),
        message: Nullable(Type.String()),
        attempted_at: Nullable(Instant),
      }),
    ),
  }),
});

const GameRef = { game_id: Id, title: Type.String(), steam_app_id: Nullable(AppId) };
export const achievementUnlocked = defineEvent({
  subject: "events.achievement.unlocked",
  description:
    "An achievement was unlocked since tracking began. What a first import finds from before is history, and no news.",
  data: Type.Object({
    ...GameRef,
    achievement_id: Id,
    api_name: Type.String(),
    achievement: Type.String(),
    icon_url: Nullable(Type.String()),
    /** Null where Steam does not know when. */
    unlocked_at: Nullable(Instant),
  }),
});
export const gameCompleted = defineEvent({
  subject: "events.game.completed",
  description:
    "A game became Completed because its last achievement was unlocked; at most once for each game.",
  data: Type.Object({ ...GameRef, at: Instant, completion_date: Day, achievements: Count }),
});
