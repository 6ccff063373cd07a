import { Type } from "@sinclair/typebox";
import { defineEndpoint, METHOD_REFUSED } from "./endpoint.ts";
import { instantMs, Uint32, WholeMinutes } from "./field.ts";

/** When a game was played first and last. */
export interface LastPlayedTimes {
  readonly appId: number;
  /** playtime_forever, in whole minutes. */
  readonly minutes: number;
  /** Epoch milliseconds; null when Steam does not know. */
  readonly firstPlayedAt: number | null;
  readonly lastPlayedAt: number | null;
}

/** Made for Steam's own client, and it takes no SteamID: it tells of the key's account. Most plain keys are refused. */
export const clientGetLastPlayedTimes = defineEndpoint({
  name: "ClientGetLastPlayedTimes",
  path: "/IPlayerService/ClientGetLastPlayedTimes/v1/",
  apis: ["steam-web-api"],
  exceptions: [METHOD_REFUSED],
  answer: Type.Object({
    response: Type.Object({
      games: Type.Optional(
        Type.Array(
          Type.Object({
            appid: Uint32,
            playtime_forever: WholeMinutes,
            first_playtime: Type.Optional(Uint32),
            last_playtime: Type.Optional(Uint32),
          }),
        ),
      ),
    }),
  }),
  absence: ({ response }) => (response.games ? null : "empty"),
  data: ({ response }): readonly LastPlayedTimes[] =>
    (response.games ?? []).map((game) => ({
      appId: game.appid,
      minutes: game.playtime_forever,
      firstPlayedAt: instantMs(game.first_playtime),
      lastPlayedAt: instantMs(game.last_playtime),
    })),
});
