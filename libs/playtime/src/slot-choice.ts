import { assign, type Demand, tableSize } from "./assignment.ts";
import type { Claim } from "./claim.ts";
import type { Stretch } from "./presence.ts";
import type { Slot } from "./slot.ts";
import { type Weight, weigh } from "./weight.ts";

/** Bounds the memory of one assignment (a byte a cell): about half a year of idling in one go. */
const CELLS_MAX = 16_000_000;
/** Windows up to this long are offered whole; longer ones only as far as their minutes can reach. */
const WIDE_SLOTS = 256;

/** A minute that has found its place. */
export interface Choice {
  readonly slot: Slot;
  readonly claim: Claim;
  readonly weight: Weight;
}

interface Candidate {
  readonly slot: Slot;
  readonly cost: number;
}

/** Gives each claim its slots: as many minutes as possible, and of all ways to do that the likeliest. Claims are in order of observation. */
export function chooseSlots(claims: readonly Claim[], stretches: readonly Stretch[]): Choice[] {
  const choices: Choice[] = [];
  const taken = new Set<Slot>();
  const wanting = claims.filter((claim) => claim.minutes > 0);
  const candidates = wanting.map((claim) => candidatesOf(claim, wanting, stretches));
  chooseRange(0, wanting.length);
  return choices.sort((a, b) => a.slot - b.slot);

  /** A table too large is cut in two, the older half first: its slots are then taken. */
  function chooseRange(from: number, to: number): void {
    const part = candidates
      .slice(from, to)
      .map((list) => list.filter(({ slot }) => !taken.has(slot)));
    const slots = [...new Set(part.flat().map((candidate) => candidate.slot))].sort(
      (a, b) => a - b,
    );
    const demands = demandsOf(wanting.slice(from, to), part, slots);
    if (to - from > 1 && tableSize(demands) > CELLS_MAX) {
      const middle = (from + to) >> 1;
      chooseRange(from, middle);
      chooseRange(middle, to);
      return;
    }
    for (const [k, positions] of assign(demands, slots.length).entries()) {
      const claim = wanting[from + k];
      for (const position of positions) take(claim, slots[position]);
    }
  }

  function take(claim: Claim | undefined, slot: Slot | undefined): void {
    const weight = claim && slot !== undefined ? weigh(claim, slot, stretches) : null;
    if (claim === undefined || slot === undefined || weight === null) return;
    taken.add(slot);
    choices.push({ slot, claim, weight });
  }
}

/**
 * The slots a claim may come to have, ascending. Where its window is long, only its cheapest: as many as its own minutes and those
 * that others may take from it, for a minute placed further out would find a cheaper slot free.
 */
function candidatesOf(
  claim: Claim,
  claims: readonly Claim[],
  stretches: readonly Stretch[],
): Candidate[] {
  const candidates: Candidate[] = [];
  for (let slot = claim.first; slot < claim.end; slot += 1) {
    const weight = weigh(claim, slot, stretches);
    if (weight !== null) candidates.push({ slot, cost: weight.cost });
  }
  if (candidates.length <= WIDE_SLOTS) return candidates;
  const reach = claims
    .filter((other) => other.first < claim.end && claim.first < other.end)
    .reduce((minutes, other) => minutes + other.minutes, 0);
  if (candidates.length <= reach) return candidates;
  return candidates
    .sort((a, b) => a.cost - b.cost || a.slot - b.slot)
    .slice(0, reach)
    .sort((a, b) => a.slot - b.slot);
}

function demandsOf(
  claims: readonly Claim[],
  candidates: readonly (readonly Candidate[])[],
  slots: readonly Slot[],
): Demand[] {
  const positions = new Map(slots.map((slot, position) => [slot, position]));
  let end = 0;
  return claims.map((claim, k) => {
    const own = (candidates[k] ?? []).map(({ slot, cost }) => ({
      position: positions.get(slot) ?? 0,
      cost,
    }));
    // Without candidates, an empty band where the claim before ended: all its minutes are left out.
    const first = own[0]?.position ?? end;
    end = Math.max(end, (own.at(-1)?.position ?? -1) + 1);
    const costs = new Float64Array(end - first).fill(Infinity);
    for (const { position, cost } of own) costs[position - first] = cost;
    return { units: own.length === 0 ? 0 : claim.minutes, first, end, costs };
  });
}
