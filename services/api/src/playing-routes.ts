import { NowPlaying } from "@tracker/contracts";
import { Elysia } from "elysia";
import type { Access } from "./access.ts";
import { NOW_PLAYING_EXAMPLE } from "./answer-example.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import { eventResponse } from "./event-response.ts";
import type { PlayingNow } from "./playing-now.ts";
import type { PlayingStream } from "./playing-stream.ts";
import { withExample } from "./schema.ts";

export interface PlayingParts {
  readonly playing: PlayingNow;
  readonly playingStream: PlayingStream;
  readonly doorkeeper: Doorkeeper;
  readonly access: Access;
}

/** The public answer for a portfolio page, once or as it changes. */
export function playingRoutes({ playing, playingStream, doorkeeper, access }: PlayingParts) {
  const routes = new Elysia({ name: "now-playing" }).get("/api/now-playing", () => playing.get(), {
    response: { 200: withExample(NowPlaying, NOW_PLAYING_EXAMPLE) },
    detail: {
      tags: ["Public"],
      summary: "What is being played",
      description:
        "Tier 1: presence, the only one that says `playing`. Tier 2: the last played of what Steam lists as recent. Tier 3: the last played in the library. `stale` says that Steam could not be asked in time; where no Steam account is followed it is false. Answered anew every 15 s at most.",
    },
  });
  return routes.get(
    "/api/now-playing/events",
    async ({ request }) => {
      const rule = access["GET /api/now-playing/events"] ?? "public";
      return eventResponse(await playingStream.open(doorkeeper.stayOf(request, rule)));
    },
    {
      detail: {
        tags: ["Public"],
        summary: "What is being played, as it changes",
        description:
          "Server-sent events for an EventSource: `data` is what GET /api/now-playing answers, at once and then whenever it says something else (not for `as_of`, nor `last_played_at` of a game in hand), within about 15 s. A comment comes every 15 s. A reader that does not keep up is cut off and gets the present answer when it comes back.",
        responses: {
          200: { description: "A stream of events", content: { "text/event-stream": {} } },
        },
      },
    },
  );
}
