import { Type } from "@sinclair/typebox";
import { defineEndpoint } from "./endpoint.ts";

/** Steam's word for "no match"; the HTTP status is 200. */
const NO_MATCH = 42;

export const resolveVanityUrl = defineEndpoint({
  name: "ResolveVanityURL",
  path: "/ISteamUser/ResolveVanityURL/v1/",
  apis: ["steam-web-api"],
  answer: Type.Object({
    response: Type.Object({
      success: Type.Integer(),
      steamid: Type.Optional(Type.String({ pattern: String.raw`^\d{17}$` })),
    }),
  }),
  absence: ({ response: { success, steamid } }) => {
    if (steamid !== undefined) return null;
    return success === NO_MATCH ? "bad_steam_id" : "malformed";
  },
  data: ({ response }) => response.steamid ?? "",
});
