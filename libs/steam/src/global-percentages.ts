import { Type } from "@sinclair/typebox";
import { ACHIEVEMENT_APIS } from "./achievement-apis.ts";
import { defineEndpoint } from "./endpoint.ts";

/** How many of a game's players have an achievement. */
export interface AchievementPercentage {
  readonly apiName: string;
  /** 0 to 100, as exact as Steam tells it. */
  readonly percent: number;
}

const PERCENT_MAX = 100;

/** A text with one decimal today, a float of single precision in older answers. */
const Percent = Type.Union([
  Type.Number({ minimum: 0 }),
  Type.String({ pattern: String.raw`^\d{1,3}(\.\d+)?$` }),
]);

/** Takes no key. An app that is unknown or has no stats is a 403 with JSON; a 403 with a page is Steam's edge. */
export const getGlobalAchievementPercentages = defineEndpoint({
  name: "GetGlobalAchievementPercentagesForApp",
  path: "/ISteamUserStats/GetGlobalAchievementPercentagesForApp/v2/",
  apis: ACHIEVEMENT_APIS,
  exceptions: [{ status: 403, body: /^\s*\{/, kind: "no_stats" }],
  answer: Type.Object({
    achievementpercentages: Type.Object({
      achievements: Type.Array(
        Type.Object({ name: Type.String({ minLength: 1 }), percent: Percent }),
      ),
    }),
  }),
  data: ({ achievementpercentages }): readonly AchievementPercentage[] =>
    achievementpercentages.achievements.map(({ name, percent }) => ({
      apiName: name,
      percent: Math.min(PERCENT_MAX, Number(percent)),
    })),
});
