import { type Claim, claimOf, type Settings, settingsOf, sortRows } from "./claim.ts";
import { splitIntoClusters } from "./cluster.ts";
import type { PlacedSession, PlacementOptions, PlayRow, PresenceInterval } from "./evidence.ts";
import { stretchesOf } from "./presence.ts";
import { sessionsOf } from "./session.ts";
import { chooseSlots, type Run } from "./slot-choice.ts";

/**
 * Turns one game's play rows and presence into sessions, oldest first; their minutes add up to the rows' minutes (design rules 4, 5 and 9).
 *
 * Time is cut into UTC minutes, and each minute of a row takes one of those in (previous sample − lag, sample]. Which ones is one
 * minimum-cost, order-preserving assignment over the whole sitting, found by dynamic programming (`assignment.ts`; the costs are in
 * `weight.ts`): no minute is counted twice, as few as possible are left over, and the rest lie where the evidence is best. Rows placed
 * one by one, each ending at its sample, left 3 % of simulated years without a place, because Steam's lag had pushed the first row's
 * minutes to where the second's belong. What Steam itself says was played before the window, and what no slot is left for, is a `gap`.
 */
export function placeSessions(
  rows: readonly PlayRow[],
  presence: readonly PresenceInterval[],
  options: PlacementOptions,
): PlacedSession[] {
  const settings = settingsOf(options);
  return splitIntoClusters(rows, presence, options).flatMap((cluster) =>
    placeCluster(cluster.rows, cluster.presence, settings),
  );
}

function placeCluster(
  rows: readonly PlayRow[],
  presence: readonly PresenceInterval[],
  settings: Settings,
): PlacedSession[] {
  const sorted = sortRows(rows);
  const claims = sorted.map((row, index) => claimOf(row, sorted[index - 1], settings));
  const stretches = stretchesOf(presence);
  const runs = chooseSlots(claims, stretches);
  const sessions = [...sessionsOf(runs, stretches, settings), ...gapsOf(claims, runs)];
  return sessions.sort((a, b) => a.startedAt - b.startedAt);
}

function gapsOf(claims: readonly Claim[], runs: readonly Run[]): PlacedSession[] {
  const placed = new Map<Claim, number>();
  for (const { claim, first, end } of runs) {
    placed.set(claim, (placed.get(claim) ?? 0) + end - first);
  }
  return claims.flatMap((claim) => {
    const leftOver = claim.row.minutes - claim.earlierMinutes - (placed.get(claim) ?? 0);
    const earlier = claim.earlierMinutes + (claim.playedEarlier ? leftOver : 0);
    const { observedAt } = claim.row;
    return [
      ...gap(claim.wideStart, observedAt, earlier),
      ...gap(claim.windowStart, observedAt, claim.playedEarlier ? 0 : leftOver),
    ];
  });
}

function gap(notBefore: number, notAfter: number, minutes: number): PlacedSession[] {
  if (minutes <= 0) return [];
  const window = { startedAt: notBefore, endedAt: notAfter, notBefore, notAfter };
  return [{ ...window, minutes, precision: "gap", days: [], stints: [] }];
}
