import { NowPlaying } from "@tracker/contracts";
import { Elysia } from "elysia";
import { NOW_PLAYING_EXAMPLE } from "./answer-example.ts";
import type { PlayingNow } from "./playing-now.ts";
import { withExample } from "./schema.ts";

/** The public answer for a portfolio page. */
export function playingRoutes(playing: PlayingNow) {
  return new Elysia({ name: "now-playing" }).get(
    "/api/now-playing",
    ({ set }) => {
      set.headers["cache-control"] = "public, max-age=15";
      return playing.get();
    },
    {
      response: { 200: withExample(NowPlaying, NOW_PLAYING_EXAMPLE) },
      detail: {
        tags: ["Public"],
        summary: "What is being played",
        description:
          "Tier 1: presence, the only one that says `playing`. Tier 2: the last played of what Steam lists as recent. Tier 3: the last played in the library. `stale` says that Steam could not be asked in time; where no Steam account is followed it is false. Answered anew every 15 s at most.",
      },
    },
  );
}
