import { drawJourneys, isWithin, planOf } from "./day-plan.ts";
import { createRandom, type Random } from "./random.ts";
import { createShelf, type Interest, YEAR_DAYS } from "./shelf.ts";
import type { Sitting, SittingMode, Truth } from "./truth.ts";

const MINUTE_MS = 60_000;

export interface YearOptions {
  /** The same seed, end and zone give the same year. */
  readonly seed: number;
  /** Epoch milliseconds: "now", at which a game is being played. */
  readonly endsAt: number;
  /** Where the player lives; `America/New_York` unless told. */
  readonly timeZone?: string;
  /** SteamID64; 76561190000000001 unless told. */
  readonly steamId?: string;
}

/**
 * A believable year of an invented player with about forty invented games: evenings and long weekends, play past midnight,
 * a few games that take whole weeks and many that last a day, purchases, a borrowed game, trips offline. It ends in
 * the middle of a sitting.
 */
export function yearOfPlay(options: YearOptions): Truth {
  const { seed, endsAt, timeZone = "America/New_York" } = options;
  const random = createRandom(seed);
  const firstDay = Temporal.Instant.fromEpochMilliseconds(endsAt)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .subtract({ days: YEAR_DAYS });
  const instantOf = (day: number, hour: number) =>
    firstDay.add({ days: day }).toZonedDateTime({ timeZone, plainTime: "12:00" })
      .epochMilliseconds +
    (hour - 12) * 60 * MINUTE_MS;

  const shelf = createShelf(random, instantOf);
  const journeys = drawJourneys(random);
  const diary = new Diary(random, shelf);
  for (let day = 0; day <= YEAR_DAYS; day += 1) {
    const plan = planOf(day, firstDay.add({ days: day }), journeys);
    if (!random.chance(plan.playChance)) continue;
    const hour = random.between(...plan.firstHour) + random.next();
    const latest = instantOf(day, plan.lastHour);
    diary.skipTo(instantOf(day, hour));
    for (let left = random.between(...plan.sittings); left > 0; left -= 1) {
      if (diary.at < latest) diary.play(day, plan.mode);
    }
  }
  const reconnects = journeys.offline.map(([, until]) => instantOf(until, 17));
  return {
    steamId: options.steamId ?? "76561190000000001",
    personaName: "Simulated Player",
    games: shelf.map(({ game }) => game),
    sittings: diary.endInPlay(endsAt),
    reconnects: reconnects.filter((at) => at < endsAt),
  };
}

/** Writes sitting after sitting; its time only goes forward, so that no two overlap. */
class Diary {
  readonly #random: Random;
  readonly #shelf: readonly Interest[];
  readonly #sittings: Sitting[] = [];
  #last: Interest | null = null;
  #at = -Infinity;

  constructor(random: Random, shelf: readonly Interest[]) {
    this.#random = random;
    this.#shelf = shelf;
  }

  get at(): number {
    return this.#at;
  }

  skipTo(at: number): void {
    this.#at = Math.max(this.#at, Math.round(at));
  }

  /** One sitting from now on, and the break after it. */
  play(day: number, mode: SittingMode): void {
    const interest = this.#choose(day, mode);
    if (!interest) return;
    const random = this.#random;
    const { appId } = interest.game;
    const startedAt = this.#at;
    const endedAt = startedAt + this.#lengthMs(interest);
    const shown = mode === "online" && random.chance(0.04) ? "invisible" : mode;
    this.#sittings.push({ appId, startedAt, endedAt, mode: shown });
    this.#last = interest;
    // Half of the breaks are a quick restart or a cup of tea, the others a meal.
    const breakMinutes = random.chance(0.5) ? 1 + random.next() * 9 : 20 + random.next() * 100;
    this.#at = endedAt + Math.round(breakMinutes * MINUTE_MS);
  }

  /** The year's sittings before `endsAt`, the last of which is running then. */
  endInPlay(endsAt: number): Sitting[] {
    const startedAt = endsAt - this.#random.between(41, 75) * MINUTE_MS;
    const before = this.#sittings.filter(
      ({ endedAt }) => endedAt !== null && endedAt < startedAt - MINUTE_MS,
    );
    this.#at = startedAt;
    const latest = this.#choose(YEAR_DAYS - 1, "online");
    if (!latest) return before;
    const { appId } = latest.game;
    return [...before, { appId, startedAt, endedAt: null, mode: "online" }];
  }

  /** Often the game of the sitting before; a game that is borrowed or not Steam's only online. */
  #choose(day: number, mode: SittingMode): Interest | undefined {
    const isOpen = ({ game, fromDay, untilDay, weight }: Interest) =>
      weight > 0 &&
      isWithin(day, [[fromDay, untilDay]]) &&
      (game.acquiredAt ?? -Infinity) < this.#at &&
      (mode !== "offline" || game.kind === "owned");
    if (this.#last && isOpen(this.#last) && this.#random.chance(0.4)) return this.#last;
    return this.#random.weighted(this.#shelf.filter(isOpen), ({ weight }) => weight);
  }

  /** Around the game's usual length, now and then less than a minute: started by mistake. */
  #lengthMs({ sittingMinutes }: Interest): number {
    const random = this.#random;
    if (random.chance(0.03)) return random.between(5_000, 55_000);
    const spread = 0.3 + random.next() + random.next() ** 3;
    return Math.round(sittingMinutes * spread * MINUTE_MS);
  }
}
