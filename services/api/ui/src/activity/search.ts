/** What the address of the activity page holds. */
import type { Session } from "@tracker/contracts";

export const PRECISIONS = [
  "presence",
  "last_played",
  "poll",
  "gap",
  "manual",
] as const satisfies readonly Session["precision"][];

export interface ActivitySearch {
  readonly view?: "month" | undefined;
  readonly year?: number | undefined;
  /** Such as 2026-11; without one the month of the day is shown. */
  readonly month?: string | undefined;
  readonly day?: string | undefined;
  /** Only the play of this game, or of games with this tag. */
  readonly game?: number | undefined;
  readonly tag?: string | undefined;
  /** These narrow the list of sessions. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly precision?: (typeof PRECISIONS)[number] | undefined;
  readonly corrected?: boolean | undefined;
}

/** Reads an address that anybody may have typed: what does not fit is left out. */
export function readActivitySearch(given: Record<string, unknown>): ActivitySearch {
  const { year, month, game, tag, corrected } = given;
  const search: Record<string, unknown> = {
    view: given["view"] === "month" ? "month" : undefined,
    year: typeof year === "number" && year >= 2000 && year < 2100 ? year : undefined,
    month:
      typeof month === "string" && /^20\d\d-(?:0[1-9]|1[0-2])$/.test(month) ? month : undefined,
    day: readDay(given["day"]),
    game: typeof game === "number" && Number.isSafeInteger(game) && game > 0 ? game : undefined,
    tag: typeof tag === "string" && tag !== "" ? tag : undefined,
    from: readDay(given["from"]),
    to: readDay(given["to"]),
    precision: PRECISIONS.find((precision) => precision === given["precision"]),
    corrected: typeof corrected === "boolean" ? corrected : undefined,
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

/** Undefined for a day that there is not: the tracker would refuse it, and every panel with it. */
function readDay(value: unknown): string | undefined {
  if (typeof value !== "string" || !/^2\d{3}-\d\d-\d\d$/.test(value)) return undefined;
  const at = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== value ? undefined : value;
}
