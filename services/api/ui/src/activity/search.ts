/** What the address of the activity page holds. */
export interface ActivitySearch {
  readonly year?: number;
  readonly day?: string;
}

/** Reads an address that anybody may have typed: what does not fit is left out. */
export function readActivitySearch(given: Record<string, unknown>): ActivitySearch {
  const { year, day } = given;
  return {
    ...(typeof year === "number" && year >= 2000 && year < 2100 ? { year } : {}),
    ...(typeof day === "string" && /^\d{4}-\d\d-\d\d$/.test(day) ? { day } : {}),
  };
}
