import type { AchievementOutcome, Job, PlannedGame } from "@tracker/contracts";
import type { Clock, Log } from "@tracker/service";
import type { SteamClient } from "@tracker/steam";
import { type AchievementSource, type GameReading, readGame } from "./game-reading.ts";
import type { JobTeller } from "./import-job.ts";
import type { ImportProgress } from "./import-progress.ts";
import type { ImportStore } from "./import-store.ts";

interface QueueParts {
  readonly source: AchievementSource & { readonly steam: Pick<SteamClient, "achievementCounts"> };
  readonly store: ImportStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly job: Job;
  readonly progress: ImportProgress;
  readonly told: JobTeller;
}

/** How often a game is tried in one job before it is left for the next one. */
const ATTEMPTS_MAX = 3;
/** After this many different games in a row without a result, Steam is to blame and not the games. */
const OUTAGE_GAMES = 5;
const OUTAGE_WAIT_MS = 30_000;
const OUTAGES_MAX = 2_880;
/** After this many games in a row that are not shown, the profile itself may be private. */
const HIDDEN_GAMES = 5;
const PROFILE_HIDDEN =
  "Steam does not show this profile's achievements: set “Game details” to public in its privacy settings.";

/** The games of a plan, imported one after the other; one that came to nothing is tried again after the others. */
export class GameQueue {
  readonly #parts: QueueParts;
  readonly #waiting: PlannedGame[];
  readonly #attempts = new Map<number, number>();
  /** Games in a row that failed, and that are not shown. */
  readonly #failing = new Set<number>();
  #hidden: number[] = [];
  #outages = 0;

  constructor(games: readonly PlannedGame[], parts: QueueParts) {
    this.#waiting = [...games];
    this.#parts = parts;
  }

  /** The game at hand and those after it. */
  get left(): readonly PlannedGame[] {
    return this.#waiting;
  }

  async run(): Promise<void> {
    const { source, signal } = this.#parts;
    for (let game = this.#waiting[0]; game !== undefined; game = this.#waiting[0]) {
      signal.throwIfAborted();
      const reading = await readGame(source, game);
      this.#waiting.shift();
      if (reading.mayPass) await this.#failed(game, reading);
      else await this.#ended(game, reading);
    }
  }

  /** Stores why the current game waits, so that its status shows it meanwhile. */
  async noteAway(outcome: AchievementOutcome, message: string): Promise<void> {
    const [game] = this.#waiting;
    const reading = { outcome, message, achievements: [], mayPass: true };
    if (game !== undefined) await this.#record(game, reading, false);
  }

  async #ended(game: PlannedGame, reading: GameReading): Promise<void> {
    this.#failing.clear();
    this.#outages = 0;
    await this.#settle(game, reading);
    if (reading.outcome !== "not_visible") {
      this.#hidden = [];
      return;
    }
    this.#hidden.push(game.app_id);
    if (this.#hidden.length >= HIDDEN_GAMES) await this.#checkProfile();
  }

  async #failed(game: PlannedGame, reading: GameReading): Promise<void> {
    const { clock, log, signal } = this.#parts;
    this.#failing.add(game.app_id);
    const isOutage = this.#failing.size >= OUTAGE_GAMES && this.#outages < OUTAGES_MAX;
    const attempts = (this.#attempts.get(game.app_id) ?? 0) + (isOutage ? 0 : 1);
    this.#attempts.set(game.app_id, attempts);
    if (attempts >= ATTEMPTS_MAX) {
      log.warn("a game's achievements could not be read", {
        app_id: game.app_id,
        reason: reading.message,
      });
      await this.#settle(game, reading);
      return;
    }
    await this.#record(game, reading, false);
    this.#waiting.push(game);
    if (!isOutage) return;
    this.#outages += 1;
    await clock.wait(OUTAGE_WAIT_MS, signal);
  }

  /** One request for all of them decides: it counts achievements only if the profile is shown. */
  async #checkProfile(): Promise<void> {
    const { steam, steamId, patience } = this.#parts.source;
    const appIds = this.#hidden;
    this.#hidden = [];
    const counts = await patience.ask((options) =>
      steam.achievementCounts(steamId, appIds, options),
    );
    if (counts === null || counts.length === 0) throw new Error(PROFILE_HIDDEN);
  }

  async #settle(game: PlannedGame, reading: GameReading): Promise<void> {
    const { progress, told } = this.#parts;
    const { title, unlocked, total } = await this.#record(game, reading, true);
    progress.finished(game);
    const name = title ?? `App ${game.app_id}`;
    const message = total > 0 ? `${name}: ${unlocked} of ${total}` : name;
    await told.tell(progress.report(this.#waiting, message));
  }

  #record(game: PlannedGame, reading: GameReading, settled: boolean) {
    const { clock, job, store } = this.#parts;
    return store.record({
      job_id: job.id,
      app_id: game.app_id,
      observed_at: new Date(clock.now()).toISOString(),
      outcome: reading.outcome,
      message: reading.message,
      settled,
      achievements: [...reading.achievements],
    });
  }
}
