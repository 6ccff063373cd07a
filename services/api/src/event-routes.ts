import { Elysia } from "elysia";
import type { Doorkeeper } from "./doorkeeper.ts";
import type { EventHub } from "./event-hub.ts";
import { eventResponse } from "./event-response.ts";
import { Problem } from "./problem.ts";

/** What happens, as it happens: a stream of server-sent events that resumes by Last-Event-ID. */
export function eventRoutes(hub: EventHub, doorkeeper: Doorkeeper) {
  return new Elysia({ name: "events" }).get(
    "/api/events",
    ({ request }) =>
      eventResponse(hub.open(lastEventId(request), doorkeeper.stayOf(request, "read"))),
    {
      detail: {
        tags: ["Events"],
        summary: "Server-sent events",
        description:
          "Every event of the bus as `id` (to resume by Last-Event-ID), `event` (such as session.started) and `data` (JSON). A comment comes every 15 s. `bus.lost` (without an id) says that no events can come for a while, `bus.recovered` that they do again. `bus.gap` says that what followed the Last-Event-ID is not there any more (or never was, as after a restore elsewhere), and its id where the stream goes on. A reader that does not keep up is cut off and resumes where it was.",
        responses: {
          200: { description: "A stream of events", content: { "text/event-stream": {} } },
        },
      },
    },
  );
}

function lastEventId(request: Request): number | null {
  const text = request.headers.get("last-event-id");
  if (text === null || text === "") return null;
  const id = Number(text);
  if (/^\d{1,15}$/.test(text) && Number.isSafeInteger(id)) return id;
  throw new Problem("INVALID", "Last-Event-ID: expected the id of an event, got something else", {
    field: "Last-Event-ID",
  });
}
