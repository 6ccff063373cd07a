import { expect, test } from "bun:test";
import type { NowPlaying } from "@tracker/contracts";
import * as fc from "fast-check";
import { checkMarkup } from "./test-markup.ts";
import { drawCard } from "./widget-card.ts";
import { WIDGET_THEMES } from "./widget-frame.ts";
import { drawBadge, drawHeatmap, drawNowPlaying } from "./widget-picture.ts";
import { fitText } from "./widget-text.ts";

function playing(title: string): NowPlaying {
  return {
    playing: true,
    tier: 1,
    game: {
      id: 1,
      title,
      steam_app_id: 10,
      cover_url: null,
      hours_played: 12.5,
      unlocked_achievements: 3,
      total_achievements: 10,
      completion_percentage: 30,
      last_played_at: null,
    },
    since: "2026-11-20T20:00:00.000Z",
    as_of: "2026-11-20T22:00:00.000Z",
    stale: false,
  };
}

const ELEMENTS = ["svg", "title", "style", "rect", "path", "text"];

test("whatever a game is called, its pictures are well-formed, hold no script and no address", () => {
  const title = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.constantFrom(
      `<script>alert(1)</script>`,
      `"><img onerror=x>`,
      `]]>`,
      `&amp;`,
      `塞尔达传说`,
      `أسطورة زيلدا`,
      `🎮👨‍👩‍👧`,
    ),
  );
  fc.assert(
    fc.property(
      title,
      fc.constantFrom(...WIDGET_THEMES),
      fc.integer({ min: 200, max: 1_200 }),
      (name, theme, width) => {
        const pictures = [
          drawNowPlaying(playing(name), theme, width),
          drawCard(playing(name), 260, theme, width),
          drawBadge(playing(name), theme),
        ];

        for (const svg of pictures) {
          checkMarkup(svg, ELEMENTS);
          expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/href=|url\(|<script/);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("a title that is too long ends with an ellipsis, and no emoji is torn", () => {
  expect(fitText("Portal", 18, 200)).toBe("Portal");
  expect(fitText("a".repeat(100), 10, 100)).toMatch(/^a{10,16}…$/);
  expect(fitText("👨‍👩‍👧".repeat(20), 10, 100)).toMatch(/^(?:👨‍👩‍👧){5,9}…$/u);
  expect(fitText("漢".repeat(50), 10, 100)).toMatch(/^漢{5,9}…$/u);
});

test("a heatmap has a cell for every day of its year, also of a leap year, and tells its sum", () => {
  const svg = drawHeatmap(2024, new Map([["2024-02-29", 120]]), "auto", 495);

  checkMarkup(svg, ELEMENTS);
  expect(svg.match(/class="h\d"/g)).toHaveLength(366);
  expect(svg.match(/class="h3"/g)).toHaveLength(1);
  expect(svg).toContain("2 h on 1 day of 2024");
});
