import type { KnownGame, LedgerEntry } from "@tracker/playtime";

/** What the ledger gains, and the game's state, when Steam first shows a game that a person had added with minutes of its own. */
export interface FittedTotal {
  readonly entries: readonly LedgerEntry[];
  readonly game: KnownGame;
}

/**
 * Fits Steam's first total onto minutes that a person had entered: they stay the baseline, Steam adds what is more, and a
 * lower total is "Steam reports less". So baseline + play stays the stored total.
 */
export function fitHandTotal(
  personMinutes: number,
  entries: readonly LedgerEntry[],
  game: KnownGame,
): FittedTotal {
  if (personMinutes === 0) return { entries, game };
  const sampled = game.minutes;
  if (sampled <= personMinutes) return reportsLess(personMinutes, entries, game);
  const play = entries.find((entry) => entry.kind === "play");
  const more = sampled - personMinutes;
  const played = Math.min(play?.minutes ?? 0, more);
  const fitted = entries.map((entry) => {
    if (entry.kind === "baseline") {
      return { ...entry, minutes: more - played, totalAfter: sampled - played };
    }
    const offlineMinutes = Math.min(entry.offlineMinutes, played);
    return { ...entry, minutes: played, offlineMinutes };
  });
  return { entries: fitted.filter((entry) => entry.minutes > 0), game };
}

function reportsLess(
  personMinutes: number,
  entries: readonly LedgerEntry[],
  game: KnownGame,
): FittedTotal {
  const less = game.minutes < personMinutes;
  const [first] = entries;
  const correction: LedgerEntry[] =
    less && first !== undefined
      ? [
          {
            ...first,
            kind: "correction",
            minutes: game.minutes - personMinutes,
            totalAfter: personMinutes,
            offlineMinutes: 0,
          },
        ]
      : [];
  return {
    entries: correction,
    game: { ...game, minutes: personMinutes, reportedMinutes: less ? game.minutes : null },
  };
}
