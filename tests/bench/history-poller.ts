import { type Calendar, dayEnd, dayOf, dayStart } from "@tracker/playtime";
import { SteamFailure } from "@tracker/steam";
import {
  isNews,
  isSamePresence,
  type LibraryFact,
  observePresence,
  type PresenceFact,
  SampleCadence,
  sampleLibrary,
} from "@tracker/steam-poller/sampling";
import type { SimulatedPlayer } from "../steam-sim/player.ts";
import type { Random } from "../steam-sim/random.ts";
import { type Span, spanAt, without } from "./history-span.ts";
import type { Troubles } from "./history-trouble.ts";

const MINUTE_MS = 60_000;
const STARTUP_DELAY_MS = MINUTE_MS;
const PRESENCE_MS = MINUTE_MS;
const SAMPLE_MS = 30 * MINUTE_MS;
/** Between these two looks another was lost. */
const PAUSE_MS = 1.5 * PRESENCE_MS;
/** The nightly job's sample. */
const NIGHTLY_MS = 5 * MINUTE_MS;
/** Timers fire late and requests take their time, so that no look is where its grid is. */
const LATE_MS_MAX = 900;
/** The list of recent games is asked for after the other one. */
const SECOND_REQUEST_MS = 180;
const RECONNECT_MS = 500;
/**
 * In game the poller tells every look, each of which only moves the end of what was seen. One in so many is told here, and the first
 * and the last: the same stretches come of it as long as no two that are told are five minutes apart.
 */
const LOOKS_TOLD = 4;

export type SeenFact =
  | { readonly noun: "library"; readonly at: number; readonly data: LibraryFact }
  | { readonly noun: "presence"; readonly at: number; readonly data: PresenceFact };

/** Everything that decides what a poller sees. */
export interface Watching {
  readonly player: SimulatedPlayer;
  readonly span: Span;
  readonly calendar: Calendar;
  readonly troubles: Troubles;
  readonly random: Random;
  /** Called with the instant of each look that Steam answered. */
  readonly onSeen: (look: "library" | "presence", at: number) => void;
}

/** The facts that the poller publishes in a span of simulated time, in order, with its real cadence and its real looks. */
export async function* watch(watching: Watching): AsyncGenerator<SeenFact> {
  const { span, troubles } = watching;
  for (const life of without(span, troubles.pollerDown)) yield* new Life(watching, life).facts();
}

/** One process of the poller, from its start to its end. */
class Life {
  readonly #watching: Watching;
  readonly #life: Span;
  readonly #cadence: SampleCadence;
  #now: number;
  #seen: PresenceFact | null = null;
  #seenAt = 0;
  /** A look in game that was not told yet. */
  #untold: PresenceFact | null = null;
  #untoldLooks = 0;

  constructor(watching: Watching, life: Span) {
    this.#watching = watching;
    this.#life = life;
    this.#now = life.from;
    const clock = {
      now: () => this.#now,
      monotonic: () => this.#now,
      wait: () => Promise.resolve(),
    };
    this.#cadence = new SampleCadence({
      clock,
      calendar: watching.calendar,
      startupDelayMs: STARTUP_DELAY_MS,
      intervalMs: SAMPLE_MS,
    });
  }

  async *facts(): AsyncGenerator<SeenFact> {
    const { troubles } = this.#watching;
    let presenceAt = this.#now;
    let nightlyAt = this.#nextNightly();
    for (;;) {
      const sampleAt = this.#now + this.#cadence.msToNext();
      const next = Math.min(presenceAt, sampleAt, nightlyAt);
      const bus = spanAt(troubles.natsDown, next);
      this.#now = Math.max(this.#now, bus === undefined ? next : bus.to + RECONNECT_MS);
      if (this.#now >= this.#life.to) break;
      if (presenceAt <= this.#now) {
        yield* this.#lookAtPresence();
        while (presenceAt <= this.#now) presenceAt += PRESENCE_MS;
      }
      const isNightly = nightlyAt <= this.#now;
      const trigger = this.#cadence.take();
      if (trigger !== null || isNightly) {
        yield await this.#sample(isNightly ? "job" : (trigger ?? "job"));
        this.#cadence.sampled();
      }
      if (isNightly) nightlyAt = this.#nextNightly();
    }
    yield* this.#tellUntold();
  }

  #nextNightly(): number {
    const { calendar } = this.#watching;
    const today = dayStart(dayOf(this.#now, calendar), calendar) + NIGHTLY_MS;
    return today > this.#now ? today : dayEnd(dayOf(this.#now, calendar), calendar) + NIGHTLY_MS;
  }

  /** When the request of a look leaves that is due now. */
  #sentAt(): number {
    return this.#now + this.#watching.random.between(1, LATE_MS_MAX);
  }

  #fails(at: number): boolean {
    const { troubles, random } = this.#watching;
    return spanAt(troubles.steamDown, at) !== undefined || random.chance(troubles.failureChance);
  }

  async #sample(trigger: LibraryFact["trigger"]): Promise<SeenFact> {
    const { player, onSeen } = this.#watching;
    const at = this.#sentAt();
    const ownedFails = this.#fails(at);
    const recentFails = this.#fails(at);
    const eyes = {
      ...this.#eyes(at),
      steam: {
        ownedGames: () => unless(ownedFails, () => ({ games: player.ownedGamesAt(at) })),
        recentlyPlayed: () =>
          unless(recentFails, () => ({ games: player.recentlyPlayedAt(at + SECOND_REQUEST_MS) })),
      },
    };
    const { fact } = await sampleLibrary(eyes, { trigger });
    if (fact.outcome === "ok") onSeen("library", at);
    return { noun: "library", at, data: fact };
  }

  async *#lookAtPresence(): AsyncGenerator<SeenFact> {
    const { player, onSeen } = this.#watching;
    const at = this.#sentAt();
    if (this.#fails(at)) return;
    onSeen("presence", at);
    const inGame = player.presenceAt(at);
    // Without a game before and now a look is no news; making none of it is what makes a year quick.
    if (inGame === null && this.#seen?.in_game === false) {
      this.#seenAt = at;
      return;
    }
    const previous = this.#seen && {
      ...this.#seen,
      observed_at: new Date(this.#seenAt).toISOString(),
    };
    const { steamId, personaName } = player.truth;
    const summary = { steamId, personaName, visibility: "public" as const, inGame };
    const steam = { playerSummaries: () => Promise.resolve([summary]) };
    const fact = await observePresence({ ...this.#eyes(at), steam }, previous);
    if ("outcome" in fact) return;
    const same = previous !== null && isSamePresence(fact, previous);
    if (previous?.in_game === true && !same) this.#cadence.presenceEnded();
    yield* this.#tell(fact, { same, isNews: isNews(fact, previous), pauseMs: at - this.#seenAt });
    this.#seen = fact;
    this.#seenAt = at;
  }

  #eyes(at: number) {
    const { steamId } = this.#watching.player.truth;
    return { steamId: () => Promise.resolve(steamId), now: () => at, log: { error: fail } };
  }

  *#tell(
    fact: PresenceFact,
    { same, isNews, pauseMs }: { same: boolean; isNews: boolean; pauseMs: number },
  ): Generator<SeenFact> {
    if (!isNews) return;
    if (same && pauseMs < PAUSE_MS && this.#untoldLooks + 1 < LOOKS_TOLD) {
      this.#untold = fact;
      this.#untoldLooks += 1;
      return;
    }
    // A look that ends a stretch, or comes after a pause, needs the one before it.
    if (!same || pauseMs >= PAUSE_MS) yield* this.#tellUntold();
    this.#untold = null;
    this.#untoldLooks = 0;
    yield presenceFact(fact);
  }

  *#tellUntold(): Generator<SeenFact> {
    if (this.#untold !== null) yield presenceFact(this.#untold);
    this.#untold = null;
    this.#untoldLooks = 0;
  }
}

function presenceFact(data: PresenceFact): SeenFact {
  return { noun: "presence", at: Date.parse(data.observed_at), data };
}

function unless<T>(fails: boolean, answer: () => T): Promise<T> {
  if (!fails) return Promise.resolve(answer());
  const message = "Steam did not answer.";
  return Promise.reject(new SteamFailure("unreachable", { endpoint: "GetOwnedGames", message }));
}

function fail(message: string): never {
  throw new Error(message);
}
