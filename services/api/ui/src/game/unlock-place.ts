/** Where each unlocked achievement stands on the axis of time. */
import type { Achievement } from "@tracker/contracts";

/** Below it Steam itself calls an achievement rare. */
export const RARE_PERCENT = 10;
/** One alone needs no axis. */
export const DATES_MIN = 2;

export interface Mark {
  readonly item: Achievement;
  /** From 0 for the first unlock to 1 for the last. */
  readonly x: number;
}

export interface Placed {
  readonly dated: readonly Mark[];
  /** Steam says that they are unlocked, not when: spread over a band of their own. */
  readonly undated: readonly Mark[];
  /** Instants; undefined without any date. */
  readonly first: string | undefined;
  readonly last: string | undefined;
}

export function placeUnlocks(unlocked: readonly Achievement[]): Placed {
  const instants = unlocked
    .flatMap(({ unlocked_at: at }) => (at === null ? [] : [at]))
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  const [first, last] = [instants[0], instants.at(-1)];
  const from = first === undefined ? 0 : Date.parse(first);
  const length = last === undefined ? 0 : Date.parse(last) - from;
  const without = unlocked.filter(({ unlocked_at: at }) => at === null);
  return {
    dated: unlocked.flatMap((item) => {
      if (item.unlocked_at === null) return [];
      return [{ item, x: length === 0 ? 0.5 : (Date.parse(item.unlocked_at) - from) / length }];
    }),
    undated: without.map((item, index) => ({ item, x: (index + 1) / (without.length + 1) })),
    first,
    last,
  };
}
