/** A demand for `units` of the slots [first, end), given as positions in one shared list; `costs[i]` is the cost of slot first + i, Infinity where forbidden. */
export interface Demand {
  readonly units: number;
  readonly first: number;
  readonly end: number;
  readonly costs: Float64Array;
}

const CARRY = 0;
const TAKE = 1;
const SKIP = 2;

/**
 * The cheapest order-preserving assignment of units to slots, no two on one slot, with as few units left out as possible
 * (leaving one out costs more than all slots together). Demands are in order of their `end`; the answer lists, per demand, the slots taken, ascending.
 *
 * By dynamic programming over units j and slots s, in each unit's band only:
 * F(j, s) = min(F(j, s − 1), F(j − 1, s − 1) + cost(j, s), F(j − 1, s) + skip).
 * A greedy choice row by row cannot do this: 30 + 45 + 15 minutes of one sitting fit only when the first row makes room for the second.
 */
export function assign(demands: readonly Demand[], slotCount: number): number[][] {
  const skipCost = skipCostOf(demands);
  const bands = bandsOf(demands);
  const choices = new Uint8Array(
    bands.reduce((cells, band, k) => cells + band.width * unitsOf(demands, k), 0),
  );
  // Position i + 1 holds F(j, i); position `first` of a band therefore holds "no slot of the band yet".
  let before = new Float64Array(slotCount + 1);
  let current = new Float64Array(slotCount + 1);
  let filled = bands[0]?.first ?? 0;
  let offset = 0;
  for (const [k, demand] of demands.entries()) {
    const band = bands[k];
    if (band === undefined) continue;
    for (let unit = 0; unit < demand.units; unit += 1) {
      if (band.end > filled) before.fill(before[filled] ?? 0, filled + 1, band.end + 1);
      filled = band.end;
      fillBand(demand, band, before, current, choices, offset, skipCost);
      [before, current] = [current, before];
      offset += band.width;
    }
  }
  return trace(demands, bands, choices);
}

interface Band {
  readonly first: number;
  readonly end: number;
  readonly width: number;
}

function unitsOf(demands: readonly Demand[], k: number): number {
  return demands[k]?.units ?? 0;
}

/** Bands never move backwards, so that each unit finds its predecessor's values: a demand whose window begins late starts its band where a later demand's does. */
function bandsOf(demands: readonly Demand[]): Band[] {
  const bands: Band[] = [];
  let first = Infinity;
  for (const demand of demands.toReversed()) {
    first = Math.min(first, demand.first);
    bands.push({ first, end: demand.end, width: demand.end - first });
  }
  return bands.reverse();
}

function skipCostOf(demands: readonly Demand[]): number {
  let units = 0;
  let highest = 0;
  for (const demand of demands) {
    units += demand.units;
    for (const cost of demand.costs) if (cost !== Infinity && cost > highest) highest = cost;
  }
  return units * highest + 1;
}

function fillBand(
  demand: Demand,
  band: Band,
  before: Float64Array,
  current: Float64Array,
  choices: Uint8Array,
  offset: number,
  skipCost: number,
): void {
  const { costs } = demand;
  const shift = demand.first;
  let best = (before[band.first] ?? 0) + skipCost;
  current[band.first] = best;
  for (let slot = band.first; slot < band.end; slot += 1) {
    const cost = slot < shift ? Infinity : (costs[slot - shift] ?? Infinity);
    const take = (before[slot] ?? 0) + cost;
    const skip = (before[slot + 1] ?? 0) + skipCost;
    let choice = CARRY;
    if (take < best) {
      best = take;
      choice = TAKE;
    }
    if (skip < best) {
      best = skip;
      choice = SKIP;
    }
    current[slot + 1] = best;
    choices[offset + slot - band.first] = choice;
  }
}

/** Walks the choices back from the last unit and the last slot. */
function trace(
  demands: readonly Demand[],
  bands: readonly Band[],
  choices: Uint8Array,
): number[][] {
  const taken: number[][] = demands.map(() => []);
  let offset = choices.length;
  let slot = (bands.at(-1)?.end ?? 0) - 1;
  for (let k = demands.length - 1; k >= 0; k -= 1) {
    const band = bands[k];
    if (band === undefined) continue;
    for (let unit = unitsOf(demands, k); unit > 0; unit -= 1) {
      offset -= band.width;
      slot = Math.min(slot, band.end - 1);
      while (slot >= band.first && choices[offset + slot - band.first] === CARRY) slot -= 1;
      if (slot < band.first || choices[offset + slot - band.first] === SKIP) continue;
      taken[k]?.push(slot);
      slot -= 1;
    }
    taken[k]?.reverse();
  }
  return taken;
}
