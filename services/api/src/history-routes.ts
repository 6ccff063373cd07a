import {
  getDay,
  getSnapshot,
  listDays,
  listFeed,
  listSessions,
  listSnapshots,
  Day,
  Strict,
} from "@tracker/contracts";
import { Elysia } from "elysia";
import type { Ask } from "./question.ts";
import { copy, parameters } from "./schema.ts";

const tags = ["History"];
const ByDate = Strict({ date: Day });

/** What was played when: the feed, days, sessions and the nightly snapshots. */
export function historyRoutes(ask: Ask) {
  return new Elysia({ name: "history" })
    .get("/api/feed", ({ query }) => ask(listFeed, query), {
      query: parameters(listFeed.input),
      response: { 200: copy(listFeed.output) },
      detail: { tags, summary: "Activity feed", description: listFeed.description },
    })
    .get("/api/days", ({ query }) => ask(listDays, query), {
      query: parameters(listDays.input),
      response: { 200: copy(listDays.output) },
      detail: { tags, summary: "Minutes per day and game", description: listDays.description },
    })
    .get("/api/days/:date", ({ params }) => ask(getDay, { day: params.date }), {
      params: parameters(ByDate),
      response: { 200: copy(getDay.output) },
      detail: { tags, summary: "One day", description: getDay.description },
    })
    .get("/api/sessions", ({ query }) => ask(listSessions, query), {
      query: parameters(listSessions.input),
      response: { 200: copy(listSessions.output) },
      detail: { tags, summary: "List sessions", description: listSessions.description },
    })
    .get("/api/snapshots", ({ query }) => ask(listSnapshots, query), {
      query: parameters(listSnapshots.input),
      response: { 200: copy(listSnapshots.output) },
      detail: { tags, summary: "List snapshots", description: listSnapshots.description },
    })
    .get("/api/snapshots/:date", ({ params }) => ask(getSnapshot, { date: params.date }), {
      params: parameters(ByDate),
      response: { 200: copy(getSnapshot.output) },
      detail: { tags, summary: "One snapshot", description: getSnapshot.description },
    });
}
