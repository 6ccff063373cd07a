import type { Input, recordHistory } from "@tracker/contracts";

export type YearAnswer = Input<typeof recordHistory>;

/** A year as the importer records it: minutes by app and month. */
export function yearAnswer(
  year: number,
  games: Readonly<Record<number, Readonly<Record<string, number>>>>,
  rest: Partial<YearAnswer> = {},
): YearAnswer {
  return {
    steam_id: "76561190000000001",
    year,
    asked_at: "2026-11-20T22:30:00.000Z",
    job_id: null,
    outcome: "ok",
    reason: null,
    games: Object.entries(games).map(([appId, months]) => ({
      app_id: Number(appId),
      months: Object.entries(months).map(([month, minutes]) => ({
        month: `${year}-${month}`,
        seconds: minutes * 60,
        sessions: 1,
      })),
    })),
    ...rest,
  };
}
