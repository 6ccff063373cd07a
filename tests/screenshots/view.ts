/** What is photographed: every page of the web UI, in every state and look. */
import type { APIRequestContext, Page } from "playwright-core";

export const STATES = ["filled", "empty", "failing"] as const;
export type State = (typeof STATES)[number];

export const WIDTHS = [1280, 390] as const;
export const THEMES = ["light", "dark"] as const;

export interface View {
  readonly name: string;
  readonly path: string;
  /** In these states the page is of a thing that is not there, which Chromium says on the console too. */
  readonly missingIn?: readonly State[];
  /** Opens what is on no address of its own. */
  readonly open?: (page: Page) => Promise<void>;
}

/** What a tracker has to show: its most played game, and an app that its catalogue knows. */
export interface Subjects {
  readonly gameId: number;
  readonly appId: number;
}

/** Asks the tracker, as whoever is signed in, for what the pages of one thing are to show. */
export async function subjectsOf(request: APIRequestContext, url: string): Promise<Subjects> {
  const first = async (path: string) => {
    const response = await request.get(`${url}${path}`);
    const { items } = (await response.json()) as { items: readonly Record<string, unknown>[] };
    return items[0];
  };
  const game = await first("/api/games?sort=hours_played&order=desc&limit=1");
  const app = await first("/api/apps?owned=true&limit=1");
  return { gameId: Number(game?.["id"] ?? 1), appId: Number(app?.["app_id"] ?? 620) };
}

/** Every page, and what opens over one. */
export function viewsOf({ gameId, appId }: Subjects, year: number): View[] {
  return [
    { name: "now", path: "/" },
    { name: "library", path: "/library" },
    { name: "library-table", path: "/library?view=table" },
    { name: "game", path: `/games/${gameId}`, missingIn: ["empty"] },
    { name: "activity", path: "/activity" },
    { name: "statistics", path: "/statistics?range=year" },
    { name: "year", path: `/years/${year}` },
    { name: "catalogue", path: "/catalogue" },
    { name: "app", path: `/catalogue/${appId}`, missingIn: ["empty"] },
    { name: "operations", path: "/operations" },
    { name: "setup", path: "/setup" },
    { name: "embed", path: "/embed" },
    { name: "reference", path: "/reference" },
    { name: "not-found", path: "/nowhere-at-all", missingIn: STATES },
    {
      name: "palette",
      path: "/",
      open: async (page) => {
        await page.keyboard.press("/");
        await page.getByRole("combobox", { name: "Find a page" }).waitFor();
      },
    },
    {
      name: "shortcuts",
      path: "/",
      open: async (page) => {
        await page.keyboard.press("?");
        await page.getByRole("dialog").waitFor();
      },
    },
  ];
}
