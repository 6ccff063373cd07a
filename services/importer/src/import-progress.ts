import type { JobProgress, PlannedGame } from "@tracker/contracts";
import type { Clock } from "@tracker/service";

/** The game's own answer, its list and its rarities. */
const REQUESTS_FULL = 3;
/** Too few to tell the pace from. */
const REQUESTS_MIN = 5;

/**
 * How far an import is and how long the rest takes. Requests are what takes time, and how many a game needs is mostly known
 * before: one for a game without achievements or of which only the unlocks are wanted, three for any other.
 */
export class ImportProgress {
  readonly #clock: Clock;
  readonly #doneBefore: number;
  #startedAt: number | null = null;
  #requests = 0;
  #games = 0;
  #requestsOfUnknown = 0;
  #unknownGames = 0;
  #requestsAtGame = 0;

  constructor(clock: Clock, doneBefore: number) {
    this.#clock = clock;
    this.#doneBefore = doneBefore;
  }

  requested(): void {
    this.#startedAt ??= this.#clock.monotonic();
    this.#requests += 1;
  }

  finished(game: PlannedGame): void {
    const spent = this.#requests - this.#requestsAtGame;
    this.#requestsAtGame = this.#requests;
    this.#games += 1;
    if (foreseen(game) !== null) return;
    this.#unknownGames += 1;
    this.#requestsOfUnknown += spent;
  }

  report(left: readonly PlannedGame[], message: string | null): JobProgress {
    return { ...this.estimate(left), message };
  }

  /** As of now, in the middle of a game too: the first of those that are left may have had some of its requests. */
  estimate(left: readonly PlannedGame[]): Omit<JobProgress, "message"> {
    const done = this.#doneBefore + this.#games;
    const elapsedMs = this.#startedAt === null ? 0 : this.#clock.monotonic() - this.#startedAt;
    const known = this.#requests >= REQUESTS_MIN && elapsedMs > 0;
    const msPerRequest = elapsedMs / Math.max(1, this.#requests);
    const spent = this.#requests - this.#requestsAtGame;
    const requestsLeft = Math.max(0, this.#requestsLeft(left) - spent);
    return {
      done,
      total: done + left.length,
      rate_per_minute: known ? (this.#games * 60_000) / elapsedMs : null,
      eta_seconds: known ? (requestsLeft * msPerRequest) / 1_000 : null,
    };
  }

  #requestsLeft(left: readonly PlannedGame[]): number {
    const unknown = this.#unknownGames === 0 ? 2 : this.#requestsOfUnknown / this.#unknownGames;
    return left.reduce((sum, game) => sum + (foreseen(game) ?? unknown), 0);
  }
}

/** Requests that a game will take; null when that is not known. */
function foreseen({ full, known, overview_total: total }: PlannedGame): number | null {
  if (known > 0) return full ? REQUESTS_FULL : 1;
  if (total === null || total === 0) return null;
  return REQUESTS_FULL;
}
