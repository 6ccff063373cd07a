import { type Static, Type } from "@sinclair/typebox";

/** How the undocumented methods behave, of which the real ones have been seen to behave in several ways. */
export const SimSettings = Type.Object(
  {
    /** GetTopAchievementsForGames: it answers, wants an access token (401), or is gone (404). */
    topAchievements: Type.Union([Type.Literal("on"), Type.Literal(401), Type.Literal(404)]),
    /** GetUserYearInReview: where the months are, or an empty answer for every year. */
    yearInReview: Type.Union([
      Type.Literal("months_in_games"),
      Type.Literal("months_beside_games"),
      Type.Literal("months_in_both"),
      Type.Literal("off"),
    ]),
    /** Global percentages: a text with one decimal, or a float of single precision as in older answers. */
    percentages: Type.Union([Type.Literal("text"), Type.Literal("float")]),
    /** SteamSpy's pages: which share of a page's rows is of the page before, in place of apps that are then on no page. */
    steamSpyOverlap: Type.Number({ minimum: 0, maximum: 1 }),
  },
  { additionalProperties: false },
);
export type SimSettings = Static<typeof SimSettings>;

export const DEFAULT_SETTINGS: SimSettings = {
  topAchievements: "on",
  yearInReview: "months_in_games",
  percentages: "text",
  steamSpyOverlap: 0.05,
};
