/**
 * The history rules of the paper that this product began with, kept only to be measured beside its own: a snapshot of hours every night at
 * 00:05 at a fixed UTC−5, differences between one night and exactly the one before.
 */
import type { SimulatedPlayer } from "../steam-sim/player.ts";
import type { Random } from "../steam-sim/random.ts";
import type { Span } from "./history-span.ts";

const DAY_MS = 86_400_000;
const EST_MS = 5 * 3_600_000;
const AFTER_MIDNIGHT_MS = 5 * 60_000;
/** Smaller differences count as noise of the rounding. */
const THRESHOLD_HOURS = 0.09;

export interface SeedsNights {
  /** How likely a night's snapshot was not taken. */
  readonly missed: number;
  /** Dated with the day that has ended instead of the new one, as the paper has it. */
  readonly redated?: boolean;
  readonly random: Random;
}

/** Minutes by `day app-id`, as the paper's feed would have shown them. */
export function seedsDays(
  player: SimulatedPlayer,
  span: Span,
  { missed, redated = false, random }: SeedsNights,
): Map<string, number> {
  const shown = new Map<string, number>();
  let before: Map<number, number> | null = null;
  const first = Math.ceil((span.from - EST_MS - AFTER_MIDNIGHT_MS) / DAY_MS) * DAY_MS;
  for (let midnight = first; ; midnight += DAY_MS) {
    const at = midnight + EST_MS + AFTER_MIDNIGHT_MS;
    if (at > span.to) return shown;
    if (random.chance(missed)) {
      // A row that is not there counts as 0 hours; before the first night of all nothing is shown.
      before = before && new Map();
      continue;
    }
    const hours = hoursAt(player, at);
    const day = new Date(midnight - (redated ? DAY_MS : 0)).toISOString().slice(0, 10);
    for (const [appId, total] of hours) {
      const added = total - (before?.get(appId) ?? 0);
      if (before !== null && added > THRESHOLD_HOURS) shown.set(`${day} ${appId}`, added * 60);
    }
    before = hours;
  }
}

/** Hours to one decimal of the games with any; the paper asks for owned games only. */
function hoursAt(player: SimulatedPlayer, at: number): Map<number, number> {
  return new Map(
    player
      .ownedGamesAt(at)
      .map(({ appId, minutes }) => [appId, Math.round(minutes / 6) / 10] as const)
      .filter(([, hours]) => hours > 0),
  );
}
