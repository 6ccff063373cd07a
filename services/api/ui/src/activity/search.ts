/** What the address of the activity page holds. */
import type { Session } from "@tracker/contracts";
import { readDay } from "../kit/civil-day.ts";

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

/** Names every part, also one that is undefined: see kit/address.ts. */
export function readActivitySearch(given: Record<string, unknown>): ActivitySearch {
  const { year, month, game, tag, corrected } = given;
  const [from, to] = [readDay(given["from"]), readDay(given["to"])];
  const isBackwards = from !== undefined && to !== undefined && from > to;
  return {
    view: given["view"] === "month" ? "month" : undefined,
    year: typeof year === "number" && year >= 2000 && year < 2100 ? Math.trunc(year) : undefined,
    month:
      typeof month === "string" && /^20\d\d-(?:0[1-9]|1[0-2])$/.test(month) ? month : undefined,
    day: readDay(given["day"]),
    game: typeof game === "number" && Number.isSafeInteger(game) && game > 0 ? game : undefined,
    tag: typeof tag === "string" && tag !== "" ? tag : undefined,
    from: isBackwards ? undefined : from,
    to: isBackwards ? undefined : to,
    precision: PRECISIONS.find((precision) => precision === given["precision"]),
    corrected: typeof corrected === "boolean" ? corrected : undefined,
  };
}
