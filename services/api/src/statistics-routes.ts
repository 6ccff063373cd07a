import { getHeatmap, getStatistics, getYearReview, listPlayedYears } from "@tracker/contracts";
import { Elysia } from "elysia";
import type { Ask } from "./question.ts";
import { parameters, withExample } from "./schema.ts";
import {
  HEATMAP_EXAMPLE,
  PLAYED_YEARS_EXAMPLE,
  STATISTICS_EXAMPLE,
  YEAR_REVIEW_EXAMPLE,
} from "./statistics-example.ts";

const tags = ["Statistics"];

/** What the history amounts to: of any range, year by year, and day by day. docs/api.md says what the figures mean. */
export function statisticsRoutes(ask: Ask) {
  return new Elysia({ name: "statistics" })
    .get("/api/stats", ({ query }) => ask(getStatistics, query), {
      query: parameters(getStatistics.input),
      response: { 200: withExample(getStatistics.output, STATISTICS_EXAMPLE) },
      detail: { tags, summary: "Statistics of a range", description: getStatistics.description },
    })
    .get("/api/stats/years", () => ask(listPlayedYears, {}), {
      response: { 200: withExample(listPlayedYears.output, PLAYED_YEARS_EXAMPLE) },
      detail: { tags, summary: "Years with play", description: listPlayedYears.description },
    })
    .get("/api/stats/years/:year", ({ params }) => ask(getYearReview, params), {
      params: parameters(getYearReview.input),
      response: { 200: withExample(getYearReview.output, YEAR_REVIEW_EXAMPLE) },
      detail: { tags, summary: "A year in review", description: getYearReview.description },
    })
    .get("/api/heatmap", ({ query }) => ask(getHeatmap, query), {
      query: parameters(getHeatmap.input),
      response: { 200: withExample(getHeatmap.output, HEATMAP_EXAMPLE) },
      detail: {
        tags,
        summary: "Minutes on each day of a year",
        description: getHeatmap.description,
      },
    });
}
