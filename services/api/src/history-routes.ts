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
import {
  DAYS_EXAMPLE,
  DAY_EXAMPLE,
  FEED_EXAMPLE,
  SESSION_EXAMPLE,
  SNAPSHOT_EXAMPLE,
  pageOf,
} from "./answer-example.ts";
import type { Ask } from "./question.ts";
import { parameters, withExample } from "./schema.ts";

const tags = ["History"];
const ByDate = Strict({ date: Day });

/** What was played when: the feed, days, sessions and the nightly snapshots. */
export function historyRoutes(ask: Ask) {
  return new Elysia({ name: "history" })
    .get("/api/feed", ({ query }) => ask(listFeed, query), {
      query: parameters(listFeed.input),
      response: { 200: withExample(listFeed.output, pageOf(...FEED_EXAMPLE)) },
      detail: { tags, summary: "Activity feed", description: listFeed.description },
    })
    .get("/api/days", ({ query }) => ask(listDays, query), {
      query: parameters(listDays.input),
      response: { 200: withExample(listDays.output, DAYS_EXAMPLE) },
      detail: { tags, summary: "Minutes per day and game", description: listDays.description },
    })
    .get("/api/days/:date", ({ params }) => ask(getDay, { day: params.date }), {
      params: parameters(ByDate),
      response: { 200: withExample(getDay.output, DAY_EXAMPLE) },
      detail: { tags, summary: "One day", description: getDay.description },
    })
    .get("/api/sessions", ({ query }) => ask(listSessions, query), {
      query: parameters(listSessions.input),
      response: { 200: withExample(listSessions.output, pageOf(SESSION_EXAMPLE)) },
      detail: { tags, summary: "List sessions", description: listSessions.description },
    })
    .get("/api/snapshots", ({ query }) => ask(listSnapshots, query), {
      query: parameters(listSnapshots.input),
      response: { 200: withExample(listSnapshots.output, pageOf(SNAPSHOT_EXAMPLE)) },
      detail: { tags, summary: "List snapshots", description: listSnapshots.description },
    })
    .get("/api/snapshots/:date", ({ params }) => ask(getSnapshot, { date: params.date }), {
      params: parameters(ByDate),
      response: { 200: withExample(getSnapshot.output, { ...SNAPSHOT_EXAMPLE, games: [] }) },
      detail: { tags, summary: "One snapshot", description: getSnapshot.description },
    });
}
