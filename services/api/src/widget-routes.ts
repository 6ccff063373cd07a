import { listDays } from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import type { PlayingNow } from "./playing-now.ts";
import type { Ask } from "./question.ts";
import {
  drawBadge,
  drawHeatmap,
  drawNowPlaying,
  WIDGET_THEMES,
  type WidgetTheme,
} from "./widget-picture.ts";

const tags = ["Public"];
const WIDTH_DEFAULT = 495;
const Theme = Type.Optional(
  Type.Union(
    WIDGET_THEMES.map((theme) => Type.Literal(theme)),
    {
      description: "auto (as the reader's system has it), light or dark",
      default: "auto",
    },
  ),
);
const Width = Type.Optional(
  Type.Number({
    minimum: 200,
    maximum: 1_200,
    multipleOf: 1,
    description: "pixels, 200 to 1200",
    default: WIDTH_DEFAULT,
  }),
);
const Year = Type.Optional(
  Type.Number({
    minimum: 2_000,
    maximum: 2_099,
    multipleOf: 1,
    description: "a year from 2000 to 2099; default this one",
  }),
);
const strict = { additionalProperties: false };
const svg = { 200: { description: "A picture", content: { "image/svg+xml": {} } } };

/** Pictures for a portfolio page or a readme: they show what the public may see, and nothing else. */
export function widgetRoutes(ask: Ask, playing: PlayingNow) {
  return new Elysia({ name: "widgets" })
    .get(
      "/api/widgets/now-playing.svg",
      async ({ query }) =>
        picture(drawNowPlaying(await playing.get(), themeOf(query), query.width ?? WIDTH_DEFAULT)),
      {
        query: Type.Object({ theme: Theme, width: Width }, strict),
        detail: {
          tags,
          summary: "What is being played, as a picture",
          description: "Or what was played last, as GET /api/now-playing tells it.",
          responses: svg,
        },
      },
    )
    .get(
      "/api/widgets/badge.svg",
      async ({ query }) => picture(drawBadge(await playing.get(), themeOf(query))),
      {
        query: Type.Object({ theme: Theme }, strict),
        detail: {
          tags,
          summary: "What is being played, as a badge",
          description: "As small as the badges of a readme.",
          responses: svg,
        },
      },
    )
    .get(
      "/api/widgets/heatmap.svg",
      async ({ query }) => {
        const year = query.year ?? Temporal.Now.plainDateISO("UTC").year;
        const { items } = await ask(listDays, {
          from: `${year}-01-01`,
          to: `${year}-12-31`,
          visibility: "public",
        });
        const minutesOf = new Map(items.map(({ day, minutes }) => [day, minutes]));
        return picture(drawHeatmap(year, minutesOf, themeOf(query), query.width ?? WIDTH_DEFAULT));
      },
      {
        query: Type.Object({ theme: Theme, width: Width, year: Year }, strict),
        detail: {
          tags,
          summary: "A year of play, as a picture",
          description:
            "Of games whose visibility is `public`: of the others nobody learns when they were played.",
          responses: svg,
        },
      },
    );
}

function themeOf({ theme }: { theme?: WidgetTheme | undefined }): WidgetTheme {
  return theme ?? "auto";
}

function picture(text: string): Response {
  return new Response(text, {
    headers: {
      "content-type": "image/svg+xml; charset=utf-8",
      "cache-control": "public, max-age=60",
      // Opened by itself it may show its own colours, and nothing else.
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
  });
}
