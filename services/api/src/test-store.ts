import { answer, type Answer } from "@tracker/bus";
import {
  addSession,
  archiveGame,
  cancelJob,
  checkAccess,
  createGame,
  createLogin,
  createToken,
  findPlaying,
  type Game,
  getApp,
  getAppHistory,
  getDay,
  getGame,
  getGameHistory,
  getJob,
  getSnapshot,
  getHeatmap,
  getStatistics,
  getStoreStatus,
  getYearReview,
  JOB_KIND_NAMES,
  type Job,
  listAchievements,
  listBackups,
  listDays,
  listFeed,
  listGames,
  listJobs,
  listPlayedYears,
  listRuns,
  listSessionEdits,
  listSessions,
  listSnapshots,
  listTags,
  listTokens,
  mergeSessions,
  moveSession,
  pauseJob,
  purgeGame,
  removeLogin,
  removeSession,
  resumeJob,
  revokeToken,
  searchApps,
  type Scope,
  ServiceError,
  splitSession,
  startJob,
  type Token,
  undoSessionEdit,
  updateGame,
} from "@tracker/contracts";
import { BACKUP_EXAMPLE } from "./backup-routes.ts";
import {
  HEATMAP_EXAMPLE,
  PLAYED_YEARS_EXAMPLE,
  STATISTICS_EXAMPLE,
  YEAR_REVIEW_EXAMPLE,
} from "./statistics-example.ts";
import {
  ACHIEVEMENTS,
  APP,
  APP_SUMMARY,
  FEED,
  HISTORY,
  RUN,
  SESSION,
  SESSION_EDIT_OUTCOME,
  testGame,
  testJob,
} from "./test-data.ts";
import { webhookAnswers } from "./test-webhooks.ts";

/** A store that keeps in memory what a test needs, behind the real conversations. */
export class TestStore {
  readonly games = new Map<number, Game>([[1, testGame({ id: 1 })]]);
  readonly access = new Map<string, readonly Scope[]>();
  readonly tokens: Token[] = [];
  readonly jobs = new Map<number, Job>();
  readonly requestIds = new Map<string, number>();
  /** What each list was asked, newest last. */
  readonly asked: unknown[] = [];
  /** What the feed was asked. */
  readonly fed: unknown[] = [];
  /** How an export ends. */
  exported: Partial<Job> = { state: "done", result: null };
  playing: (input: { app_id?: number; among?: number[] }) => Game | null = () => null;

  answers(): Answer[] {
    return [
      ...this.#gameAnswers(),
      ...this.#historyAnswers(),
      ...this.#appAnswers(),
      ...this.#accessAnswers(),
      ...this.#jobAnswers(),
      ...webhookAnswers(),
    ];
  }

  #game(id: number): Game {
    const game = this.games.get(id);
    if (game === undefined) throw new ServiceError("NOT_FOUND", `no game ${id}`);
    return game;
  }

  #change(id: number, changes: Partial<Game>): Game {
    const game = { ...this.#game(id), ...changes };
    this.games.set(id, game);
    return game;
  }

  #gameAnswers(): Answer[] {
    return [
      answer(listGames, (input) => {
        this.asked.push(input);
        return { items: [...this.games.values()], next_cursor: null };
      }),
      answer(getGame, ({ id }) => ({ ...this.#game(id), app: id === 1 ? APP_SUMMARY : null })),
      answer(listAchievements, ({ game_id: id }) => ({
        ...ACHIEVEMENTS,
        unlocked: this.#game(id).id,
      })),
      answer(createGame, ({ request_id: requestId, game }) => {
        const before = this.requestIds.get(requestId);
        if (before !== undefined) return this.#game(before);
        const taken = [...this.games.values()].some(
          (other) => other.steam_app_id === game.steam_app_id,
        );
        if (taken)
          throw new ServiceError("CONFLICT", "that steam_app_id is taken", {
            field: "/steam_app_id",
          });
        const id = this.games.size + 1;
        const { playtime_minutes: minutes = 0, ...rest } = game;
        this.games.set(
          id,
          testGame({ steam_app_id: null, ...rest, id, playtime_minutes: minutes }),
        );
        this.requestIds.set(requestId, id);
        return this.#game(id);
      }),
      answer(updateGame, ({ id, patch: { archived, title, platform, ...patch } }) =>
        this.#change(id, {
          ...patch,
          ...(archived === false ? { archived_at: null } : {}),
          ...(title == null ? {} : { title }),
          ...(platform == null ? {} : { platform }),
        }),
      ),
      answer(archiveGame, ({ id }) =>
        this.#change(id, { archived_at: "2026-11-21T00:00:00.000Z" }),
      ),
      answer(purgeGame, ({ id }) => {
        if (this.#game(id).archived_at === null) {
          throw new ServiceError("CONFLICT", "expected an archived game, got one in the library");
        }
        this.games.delete(id);
        return {};
      }),
      answer(listTags, () => ({ items: [{ name: "rpg", games: 1 }] })),
      answer(findPlaying, (input) => ({ game: this.playing(input), playing_since: null })),
    ];
  }

  #appAnswers(): Answer[] {
    const requireApp = (appId: number) => {
      if (appId !== APP.app_id) throw new ServiceError("NOT_FOUND", `there is no app ${appId}`);
      return APP;
    };
    return [
      answer(searchApps, (input) => {
        this.asked.push(input);
        return { items: [APP_SUMMARY], next_cursor: null };
      }),
      answer(getApp, ({ app_id: appId }) => requireApp(appId)),
      answer(getAppHistory, ({ app_id: appId }) => {
        const { owners, ccu, price } = requireApp(appId);
        return {
          items: [{ at: "2026-11-20T22:30:00.000Z", owners, ccu, price, reviews: null }],
          next_cursor: null,
        };
      }),
    ];
  }

  #historyAnswers(): Answer[] {
    const day = { day: "2026-11-20", minutes: 60, games: [] };
    const zone = "America/New_York";
    return [
      answer(listFeed, (input) => {
        this.fed.push(input);
        return { items: [...FEED], next_cursor: "next" };
      }),
      answer(listDays, ({ from = "2026-10-22", to = "2026-11-20" }) => ({
        from,
        to,
        time_zone: zone,
        minutes: 60,
        items: [day],
        gaps: [],
      })),
      answer(getDay, (input) => ({
        ...day,
        day: input.day,
        time_zone: zone,
        starts_at: "2026-11-20T05:00:00.000Z",
        ends_at: "2026-11-21T05:00:00.000Z",
        sessions: [SESSION],
        gaps: [],
      })),
      answer(listSessions, (input) => {
        this.asked.push(input);
        if (input.cursor === "wrong") {
          throw new ServiceError("INVALID", '/cursor: expected a cursor, got "wrong"', {
            field: "/cursor",
          });
        }
        return { items: [SESSION], next_cursor: null };
      }),
      answer(getGameHistory, ({ id }) => ({ ...HISTORY, game_id: this.#game(id).id })),
      answer(listSnapshots, () => ({
        items: [{ date: "2026-11-20", total_minutes: 90, games_played: 1 }],
        next_cursor: null,
      })),
      answer(getStatistics, (input) => {
        this.asked.push(input);
        return STATISTICS_EXAMPLE;
      }),
      answer(getYearReview, ({ year }) => ({ ...YEAR_REVIEW_EXAMPLE, year })),
      answer(listPlayedYears, () => PLAYED_YEARS_EXAMPLE),
      answer(getHeatmap, (input) => {
        this.asked.push(input);
        return HEATMAP_EXAMPLE;
      }),
      ...[addSession, moveSession, removeSession, splitSession, mergeSessions, undoSessionEdit].map(
        (definition) => answer(definition, () => SESSION_EDIT_OUTCOME),
      ),
      answer(listSessionEdits, () => ({
        items: [SESSION_EDIT_OUTCOME.edit],
        next_cursor: null,
      })),
      answer(getSnapshot, ({ date }) => ({ date, total_minutes: 90, games_played: 1, games: [] })),
      answer(listBackups, () => ({ items: [BACKUP_EXAMPLE] })),
      answer(listRuns, () => ({ items: [RUN], next_cursor: null })),
      answer(getStoreStatus, () => ({
        accounts: [],
        last_runs: [RUN],
        active_jobs: 0,
        outbox_waiting: 0,
        games: this.games.size,
        unbalanced_games: 0,
        database_bytes: 4_096,
        schema_version: 1,
        write_problem: null,
        last_backup_at: null,
        last_snapshot_date: null,
        time_zone: zone,
        day_start_hour: 0,
      })),
    ];
  }

  #accessAnswers(): Answer[] {
    return [
      answer(createLogin, ({ hash }) => {
        this.access.set(hash, ["admin"]);
        this.#logins.add(hash);
        return {};
      }),
      answer(removeLogin, ({ hash, all }) => {
        const ended = all === true ? [...this.#logins] : [hash ?? ""];
        for (const login of ended) this.access.delete(login);
        return {};
      }),
      answer(checkAccess, ({ hash }) => ({
        scopes: [...(this.access.get(hash) ?? [])],
        name: null,
      })),
      answer(createToken, ({ hash, name, scopes, expires_at: expiresAt = null }) => {
        const token: Token = {
          id: this.tokens.length + 1,
          name,
          scopes,
          created_at: new Date().toISOString(),
          expires_at: expiresAt,
          last_used_at: null,
          revoked_at: null,
        };
        this.tokens.push(token);
        this.access.set(hash, scopes);
        this.#hashes.set(token.id, hash);
        return token;
      }),
      answer(listTokens, () => ({ items: this.tokens })),
      answer(revokeToken, ({ id }) => {
        const token = this.tokens.find((other) => other.id === id);
        if (token === undefined) throw new ServiceError("NOT_FOUND", `no token ${id}`);
        token.revoked_at = new Date().toISOString();
        this.access.delete(this.#hashes.get(id) ?? "");
        return token;
      }),
    ];
  }

  readonly #logins = new Set<string>();
  readonly #hashes = new Map<number, string>();

  #job(id: number): Job {
    const job = this.jobs.get(id);
    if (job === undefined) throw new ServiceError("NOT_FOUND", `no job ${id}`);
    return job;
  }

  #jobAnswers(): Answer[] {
    const enter = (id: number, state: Job["state"]) => {
      const job = this.#job(id);
      if (job.state === "cancelled") throw new ServiceError("CONFLICT", "the job has ended");
      this.jobs.set(id, { ...job, state });
      return this.#job(id);
    };
    const starts = JOB_KIND_NAMES.map((kind) =>
      answer(startJob(kind), () => {
        const active = [...this.jobs.values()].find(
          (job) => job.kind === kind && job.state === "queued",
        );
        if (active)
          return { id: active.id, kind, state: active.state, already_active: true as const };
        const end = kind === "export" ? this.exported : {};
        const job = testJob({ id: this.jobs.size + 1, kind, ...end });
        this.jobs.set(job.id, job);
        return { id: job.id, kind, state: job.state };
      }),
    );
    return [
      ...starts,
      answer(listJobs, () => ({ items: [...this.jobs.values()], next_cursor: null })),
      answer(getJob, ({ id }) => this.#job(id)),
      answer(pauseJob, ({ id }) => enter(id, "paused")),
      answer(resumeJob, ({ id }) => enter(id, "queued")),
      answer(cancelJob, ({ id }) => enter(id, "cancelled")),
    ];
  }
}
