import { getApp, getAppHistory, searchApps, Strict } from "@tracker/contracts";
import { Elysia } from "elysia";
import { pageOf } from "./answer-example.ts";
import { APP_CHANGE_EXAMPLE, APP_EXAMPLE, APP_SUMMARY_EXAMPLE } from "./catalogue-example.ts";
import type { Ask } from "./question.ts";
import { parameters, withExample } from "./schema.ts";

const ById = parameters(getApp.input);
const tags = ["Catalogue"];

/** All of Steam: search, one app, and how its figures changed. */
export function appRoutes(ask: Ask) {
  const { app_id: _, ...page } = getAppHistory.input.properties;
  return new Elysia({ name: "apps" })
    .get("/api/apps", ({ query }) => ask(searchApps, query), {
      query: parameters(searchApps.input),
      response: { 200: withExample(searchApps.output, pageOf(APP_SUMMARY_EXAMPLE)) },
      detail: { tags, summary: "Search apps", description: searchApps.description },
    })
    .get("/api/apps/:app_id", ({ params }) => ask(getApp, params), {
      params: ById,
      response: { 200: withExample(getApp.output, APP_EXAMPLE) },
      detail: { tags, summary: "Get an app", description: getApp.description },
    })
    .get(
      "/api/apps/:app_id/history",
      ({ params, query }) => ask(getAppHistory, { ...query, ...params }),
      {
        params: ById,
        query: parameters(Strict(page)),
        response: { 200: withExample(getAppHistory.output, pageOf(APP_CHANGE_EXAMPLE)) },
        detail: { tags, summary: "History of an app", description: getAppHistory.description },
      },
    );
}
