import { listDays } from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import type { PlayingNow } from "./playing-now.ts";
import type { Ask } from "./question.ts";
import { DATED_PUBLICLY } from "./visibility.ts";
import { drawCard } from "./widget-card.ts";
import { WIDGET_THEMES, type WidgetTheme } from "./widget-frame.ts";
import { drawBadge, drawHeatmap, drawNowPlaying } from "./widget-picture.ts";

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
      "/api/widgets/card.svg",
      async ({ query }) => {
        const [answer, week] = await Promise.all([playing.get(), minutesOfWeek(ask)]);
        return picture(drawCard(answer, week, themeOf(query), query.width ?? WIDTH_DEFAULT));
      },
      {
        query: Type.Object({ theme: Theme, width: Width }, strict),
        detail: {
          tags,
          summary: "What is being played, as a card",
          description:
            "With its hours and achievements, and the hours of the last seven days of all games whose visibility is `public`. The cover is drawn from the title, because a picture in a page loads nothing from elsewhere.",
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
          ...DATED_PUBLICLY,
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

/** Of the last seven days up to today; null while the store is away, for the rest of the card is known without it. */
async function minutesOfWeek(ask: Ask): Promise<number | null> {
  try {
    const { items, to } = await ask(listDays, DATED_PUBLICLY);
    const from = Temporal.PlainDate.from(to).subtract({ days: 6 }).toString();
    return items.reduce((sum, { day, minutes }) => sum + (day >= from ? minutes : 0), 0);
  } catch {
    return null;
  }
}

function themeOf({ theme }: { theme?: WidgetTheme | undefined }): WidgetTheme {
  return theme ?? "auto";
}

function picture(text: string): Response {
  return new Response(text, {
    headers: {
      "content-type": "image/svg+xml; charset=utf-8",
      // Opened by itself it may show its own colours, and nothing else.
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
  });
}
