import { expect, test } from "bun:test";
import { type Game, GAME_SORTS } from "@tracker/contracts";
import { shownGames } from "@tracker/ui/shown-games";
import { startTracker } from "./running-tracker.ts";

const TITLES = [
  "Éclair Straße",
  "eclair",
  "ВЕДЬМАК 3",
  "İstanbul",
  "ポケモン",
  "Σίσυφος",
  "100%",
  "it's",
  "Zelda",
  "zelda",
  "Àngel",
  "angel 2",
  "9 Lives",
  "_under",
];
const FILTERS = [
  {},
  { q: "E" },
  { q: "strasse" },
  { q: " zelda " },
  { q: "%" },
  { q: "nowhere" },
  { status: "Completed" },
  { platform: "switch" },
  { tag: "COSY" },
  { favorite: true },
  { q: "a", status: "Backlog" },
] as const;
const ORDERS = [undefined, "asc", "desc"] as const;

// The page finds among what it holds, so that nothing is waited for; a script that asks the API must find the same.
test("the library page finds and sorts as the API does, whatever is asked for", async () => {
  await using tracker = await startTracker();
  for (const [index, title] of TITLES.entries()) {
    const { id } = await tracker.send<Game>("POST", "/api/games", {
      title,
      playtime_minutes: (index * 37) % 50,
      platform: index % 3 === 0 ? "Switch" : "PC",
      status: index % 4 === 0 ? "Completed" : "Backlog",
    });
    await tracker.send("PATCH", `/api/games/${id}`, {
      is_favorite: index % 5 === 0,
      ...(index % 2 === 0 ? { rating: (index % 6) + 0.5 } : {}),
      ...(index % 3 === 1 ? { tags: ["Cosy", "long"] } : {}),
    });
  }
  const ask = async (query: Record<string, string>) => {
    const asked = new URLSearchParams({ ...query, limit: "1000" }).toString();
    return (await tracker.get<{ items: Game[] }>(`/api/games?${asked}`)).items;
  };
  const games = await ask({});

  const differing: string[] = [];
  let found = 0;
  for (const filter of FILTERS) {
    for (const sort of GAME_SORTS) {
      for (const order of ORDERS) {
        const wanted = { ...filter, sort, ...(order === undefined ? {} : { order }) };
        const query = Object.entries(wanted).map(([name, value]) => [name, String(value)]);
        const asked = (await ask(Object.fromEntries(query))).map(({ title }) => title);
        const shown = shownGames(games, wanted).map(({ title }) => title);
        found += asked.length;
        if (!Bun.deepEquals(shown, asked)) {
          differing.push(`${JSON.stringify(wanted)}: ${shown.join()} instead of ${asked.join()}`);
        }
      }
    }
  }

  expect(games).toHaveLength(TITLES.length);
  expect(found).toBeGreaterThan(500);
  expect(differing).toEqual([]);
}, 60_000);
