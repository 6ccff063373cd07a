/** The catalogue's answers as the OpenAPI document shows them, and as the store of the tests gives them. */
import type { App, AppSummary } from "@tracker/contracts";

const AT = "2026-11-20T22:30:00.000Z";

export const APP_SUMMARY_EXAMPLE: AppSummary = {
  app_id: 1_001,
  name: "Game 1",
  type: "game",
  is_active: true,
  is_free: false,
  coming_soon: false,
  release_date: "2011-04-18",
  price: { currency: "USD", initial: 999, final: 499, discount_percent: 50 },
  owners: { low: 20_000, high: 50_000 },
  reviews: { positive: 90, negative: 10, percent_positive: 90 },
  ccu: 12,
  header_url: null,
  game_id: 1,
};

export const APP_EXAMPLE: App = {
  ...APP_SUMMARY_EXAMPLE,
  developers: ["A Studio"],
  publishers: [],
  genres: ["Indie"],
  tags: [{ name: "Puzzle", weight: 5 }],
  languages: ["English"],
  playtime: {
    average_forever: null,
    average_2weeks: null,
    median_forever: null,
    median_2weeks: null,
  },
  first_seen_at: AT,
  left_at: null,
  absences: [],
  sources: [],
};

export const APP_CHANGE_EXAMPLE = {
  at: AT,
  owners: APP_EXAMPLE.owners,
  ccu: APP_EXAMPLE.ccu,
  price: APP_EXAMPLE.price,
  reviews: null,
};
