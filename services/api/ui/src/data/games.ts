import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Game } from "@tracker/contracts";
import { announce } from "../kit/notice.ts";
import type { BodyOf, Client } from "../../../src/client.ts";
import { answerOf, api, isSignedOut, present } from "./client.ts";
import type { GamesWanted } from "./game-page.ts";
import { doneBefore, inTurn } from "./in-turn.ts";
import { KEYS } from "./key.ts";

const PAGE_SIZE = 1_000;

/** Every game of a list: 10,000 are ten answers. */
export function allGames(wanted: GamesWanted) {
  return queryOptions({
    queryKey: [KEYS.games, "all", wanted],
    queryFn: async ({ signal }) => {
      const games: Game[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page: { items: Game[]; next_cursor: string | null } = await answerOf(
          api.games.get({
            query: present({ ...wanted, limit: PAGE_SIZE, cursor }),
            fetch: { signal },
          }),
        );
        games.push(...page.items);
        cursor = page.next_cursor;
      }
      return games;
    },
    placeholderData: keepPreviousData,
  });
}

export type GamePatch = BodyOf<ReturnType<Client["api"]["games"]>["patch"]>;

export interface Edit {
  readonly game: Game;
  readonly patch: GamePatch;
}

/** Edits of one or many games: shown at once, taken back with a message where the tracker refuses; a form says it itself. */
export function useEditGames({ inForm = false } = {}) {
  const client = useQueryClient();
  return useMutation({
    meta: { tellsItself: inForm },
    mutationFn: (edits: readonly Edit[]) =>
      inTurn(edits, async ({ game, patch }) => {
        // A form that is saved as it was asks for nothing, which the API refuses.
        if (Object.keys(patch).length > 0) await answerOf(api.games({ id: game.id }).patch(patch));
      }),
    onMutate: async (edits) => {
      await client.cancelQueries({ queryKey: [KEYS.games] });
      const before = client.getQueriesData({ queryKey: [KEYS.games] });
      const patches = new Map(edits.map(({ game, patch }) => [game.id, patch]));
      client.setQueriesData<unknown>({ queryKey: [KEYS.games] }, (data: unknown) =>
        patched(data, patches),
      );
      return { before };
    },
    onError: (_error, _edits, context) => {
      for (const [key, data] of context?.before ?? []) client.setQueryData(key, data);
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: [KEYS.tags] });
      return client.invalidateQueries({ queryKey: [KEYS.games] });
    },
  });
}

/** The same answer with some games changed, whatever shape it has: a game, a list, or a page of one. */
function patched(data: unknown, patches: ReadonlyMap<number, GamePatch>): unknown {
  if (Array.isArray(data)) return data.map((each) => patched(each, patches));
  if (typeof data !== "object" || data === null) return data;
  if ("items" in data) return { ...data, items: patched(data.items, patches) };
  const patch = "id" in data ? patches.get(Number(data.id)) : undefined;
  return patch === undefined ? data : { ...data, ...patch };
}

/** A game as an edit makes it; a name that is given back to Steam is not known yet. */
export function edited({ game, patch }: Edit): Game {
  const { title, platform, ...rest } = patch;
  return { ...game, ...rest, title: title ?? game.title, platform: platform ?? game.platform };
}

/** What takes edits back: each game's own values of what was changed. */
export function reverse(edits: readonly Edit[]): Edit[] {
  return edits.map(({ game, patch }) => {
    const before: { [name: string]: unknown } & GamePatch = {};
    for (const name of Object.keys(patch)) {
      before[name] = name === "archived" ? game.archived_at !== null : game[name as keyof Game];
    }
    return { game, patch: before };
  });
}

/** Takes games out of the library; the notice offers to bring them back. */
export function useArchiveGames() {
  const client = useQueryClient();
  const edit = useEditGames();
  const bringBack = (games: readonly Game[]) => () =>
    edit.mutate(games.map((game) => ({ game, patch: { archived: false } })));
  return useMutation({
    // It says itself what was refused, with the undo of what was not.
    meta: { tellsItself: true },
    mutationFn: (games: readonly Game[]) =>
      inTurn(games, ({ id }) => answerOf(api.games({ id }).delete())),
    onSuccess: (_, games) => {
      const [first] = games;
      const what =
        games.length === 1 && first !== undefined ? first.title : `${games.length} games`;
      announce({ text: `${what} archived. Its history stays.`, undo: bringBack(games) });
    },
    onError: (error, games) => {
      const done = games.slice(0, doneBefore(error));
      if (isSignedOut(error) && done.length === 0) return;
      announce({
        text: error.message,
        tone: "bad",
        ...(done.length > 0 && { undo: bringBack(done) }),
      });
    },
    onSettled: () => client.invalidateQueries({ queryKey: [KEYS.games] }),
  });
}

export const tags = queryOptions({
  queryKey: [KEYS.tags],
  queryFn: ({ signal }) => answerOf(api.tags.get({ fetch: { signal } })),
});

/** Adds a game that no sync brings. */
export function addGame(game: BodyOf<Client["api"]["games"]["post"]>): Promise<Game> {
  return answerOf(api.games.post(game));
}

/** Deletes an archived game with its whole history. There is no way back. */
export async function purgeGame(id: number): Promise<void> {
  await answerOf(api.games({ id }).delete(undefined, { query: { purge: true } }));
}
