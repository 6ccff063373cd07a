import { assign, type Demand } from "./assignment.ts";
import type { Claim } from "./claim.ts";
import type { Stretch } from "./presence.ts";
import type { Slot } from "./slot.ts";
import { type Weight, weigh } from "./weight.ts";

/** Bounds time and memory of one assignment (a byte a cell): about six weeks of idling in one go. */
const CELLS_MAX = 4_000_000;
/** Windows up to this long are offered whole; longer ones only as far as their minutes can reach. */
const WIDE_SLOTS = 256;

/** Minutes in a row that one claim has found, the slots [first, end), all resting on the same evidence. */
export interface Run {
  readonly first: Slot;
  readonly end: Slot;
  readonly claim: Claim;
  readonly precision: Weight["precision"];
  readonly stretch: Stretch | null;
}

interface Candidate {
  readonly slot: Slot;
  readonly cost: number;
}

/** Gives each claim its slots: as many minutes as possible, and of all ways to do that the likeliest. Claims are in order of observation. */
export function chooseSlots(claims: readonly Claim[], stretches: readonly Stretch[]): Run[] {
  const wanting = claims.filter((claim) => claim.minutes > 0);
  const taken = new Set<Slot>();
  const runs: Run[] = [];
  for (const part of portionsOf(wanting)) {
    const candidates = part.map((claim) => candidatesOf(claim, wanting, stretches, taken));
    const slots = [...new Set(candidates.flat().map(({ slot }) => slot))].sort((a, b) => a - b);
    const assigned = assign(demandsOf(part, candidates, slots), slots.length);
    for (const [k, claim] of part.entries()) {
      const own = (assigned[k] ?? []).flatMap((position) => slots[position] ?? []);
      for (const slot of own) taken.add(slot);
      runs.push(...runsOf(claim, own, stretches));
    }
  }
  return runs.sort((a, b) => a.first - b.first);
}

/** Cuts what would be too large a table into portions, oldest first: the slots of one are then taken for the next. */
function portionsOf(claims: readonly Claim[]): Claim[][] {
  const portions: Claim[][] = [];
  let cells = 0;
  for (const claim of claims) {
    const own = claim.minutes * (claim.end - claim.first);
    cells += own;
    if (portions.length === 0 || cells > CELLS_MAX) {
      portions.push([claim]);
      cells = own;
    } else {
      portions.at(-1)?.push(claim);
    }
  }
  return portions;
}

/**
 * The slots a claim may come to have, ascending. Where its window is long, only its cheapest: as many as its own minutes and those
 * that others may take from it, for a minute placed further out would find a cheaper slot free.
 */
function candidatesOf(
  claim: Claim,
  claims: readonly Claim[],
  stretches: readonly Stretch[],
  taken: ReadonlySet<Slot>,
): Candidate[] {
  const candidates: Candidate[] = [];
  for (let slot = claim.first; slot < claim.end; slot += 1) {
    const weight = taken.has(slot) ? null : weigh(claim, slot, stretches);
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
    return { units: Math.min(claim.minutes, own.length), first, end, costs };
  });
}

function runsOf(claim: Claim, slots: readonly Slot[], stretches: readonly Stretch[]): Run[] {
  const runs: Run[] = [];
  for (const slot of slots) {
    const weight = weigh(claim, slot, stretches);
    if (weight === null) continue;
    const { precision, stretch } = weight;
    const last = runs.at(-1);
    if (last?.end === slot && last.precision === precision && last.stretch === stretch) {
      runs[runs.length - 1] = { ...last, end: slot + 1 };
    } else {
      runs.push({ first: slot, end: slot + 1, claim, precision, stretch });
    }
  }
  return runs;
}
