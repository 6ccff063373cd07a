import type { Outcome, Presence } from "@tracker/contracts";
import { type Clock, deadline } from "@tracker/service";
import { isOver } from "./library-sample.ts";
import { UNREACHABLE_MS } from "./library-watch.ts";
import type { LookFailure } from "./look-failure.ts";
import { isNews, isSamePresence, type PresenceFact } from "./presence-look.ts";

export interface PresenceWatchOptions {
  readonly clock: Clock;
  readonly intervalMs: number;
  readonly look: (
    previous: PresenceFact | null,
    signal: AbortSignal,
  ) => Promise<PresenceFact | LookFailure>;
  readonly publish: (fact: PresenceFact) => void;
  /** A game that was seen is seen no more. */
  readonly onEnded: () => void;
  /** While it is false nobody looks; see LibraryWatch. */
  readonly reachable: () => boolean;
  readonly signal: AbortSignal;
}

interface Seen {
  readonly fact: PresenceFact;
  readonly since: string | null;
  /** On the steady clock. */
  readonly atMs: number;
}

/** How the looks go: the newest one's outcome, and when one last succeeded. */
export interface PresenceState {
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly observedAt: string | null;
}

const LOOK_MS_MAX = 30_000;
/** A caller has 2 s; what is left is for the way. */
const ANSWER_MS_MAX = 1_500;
/** After a look, successful or not, questions do not cause another for that long. */
const ASK_AGAIN_MS = 15_000;
/** From this age on, in intervals, a question causes a look; from the second on, the state is no answer any more. */
const STALE_INTERVALS = 1.5;
const LOST_INTERVALS = 2;

/** Looks at presence at every interval and keeps what it last saw. A look that fails changes nothing but what `state` says. */
export class PresenceWatch {
  readonly #options: PresenceWatchOptions;
  #seen: Seen | null = null;
  #newest: LookFailure | { readonly outcome: "ok"; readonly reason: null } | null = null;
  #lookedAtMs = -Infinity;
  #looking: Promise<void> | null = null;

  constructor(options: PresenceWatchOptions) {
    this.#options = options;
  }

  get state(): PresenceState {
    const { outcome = null, reason = null } = this.#newest ?? {};
    return { outcome, reason, observedAt: this.#seen?.fact.observed_at ?? null };
  }

  get looking(): boolean {
    return this.#looking !== null;
  }

  /** Runs until the signal is aborted, on a grid of intervals that does not drift; a look that takes longer skips a place. */
  async run(): Promise<void> {
    const { clock, intervalMs, reachable, signal } = this.#options;
    let dueMs = clock.monotonic();
    while (!signal.aborted) {
      if (!reachable()) {
        await clock.wait(UNREACHABLE_MS, signal);
        continue;
      }
      await this.look();
      dueMs += intervalMs * (Math.floor((clock.monotonic() - dueMs) / intervalMs) + 1);
      await clock.wait(dueMs - clock.monotonic(), signal);
    }
  }

  /** Looks now, or joins the look that is under way. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** What is known, after a new look where that is too old; null when it has been too long. */
  async answer(): Promise<Presence | null> {
    const { clock, intervalMs, signal } = this.#options;
    const askedMs = clock.monotonic() - this.#lookedAtMs;
    if (this.#ageMs() > STALE_INTERVALS * intervalMs && askedMs > ASK_AGAIN_MS) {
      const answered = new AbortController();
      const patience = clock.wait(ANSWER_MS_MAX, AbortSignal.any([signal, answered.signal]));
      await Promise.race([this.look(), patience]);
      answered.abort();
    }
    if (this.#seen === null || this.#ageMs() > LOST_INTERVALS * intervalMs) return null;
    const { fact, since } = this.#seen;
    const { in_game, app_id, game_name, observed_at } = fact;
    return { in_game, app_id, game_name, since, observed_at };
  }

  #ageMs(): number {
    return this.#options.clock.monotonic() - (this.#seen?.atMs ?? -Infinity);
  }

  async #look(): Promise<void> {
    const { clock, look, signal } = this.#options;
    using limit = deadline(clock, LOOK_MS_MAX, signal);
    try {
      const result = await look(this.#seen?.fact ?? null, limit.signal);
      this.#lookedAtMs = clock.monotonic();
      if ("outcome" in result) this.#newest = result;
      else this.#take(result);
    } catch (error) {
      if (!isOver(signal)) throw error;
    }
  }

  #take(fact: PresenceFact): void {
    const { clock, publish, onEnded } = this.#options;
    const before = this.#seen;
    const previous = before?.fact ?? null;
    const same = previous !== null && isSamePresence(fact, previous);
    const began = (same ? before?.since : null) ?? fact.observed_at;
    // A clock that was ahead when the game began has been set right since.
    const known = began <= fact.observed_at ? began : fact.observed_at;
    const since = fact.in_game ? known : null;
    this.#newest = { outcome: "ok", reason: null };
    this.#seen = { fact, since, atMs: clock.monotonic() };
    if (isNews(fact, previous)) publish(fact);
    if (previous?.in_game === true && !same) onEnded();
  }
}
