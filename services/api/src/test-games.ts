import { answer, type Answer } from "@tracker/bus";
import {
  archiveGame,
  createGame,
  findPlaying,
  getGame,
  listAchievements,
  listGames,
  listTags,
  purgeGame,
  ServiceError,
  updateGame,
} from "@tracker/contracts";
import { ACHIEVEMENTS_EXAMPLE, TAGS_EXAMPLE } from "./answer-example.ts";
import { APP_SUMMARY_EXAMPLE } from "./catalogue-example.ts";
import { testGame } from "./test-data.ts";
import type { TestStore } from "./test-store.ts";

/** The library in memory. */
export function gameAnswers(store: TestStore): Answer[] {
  return [
    answer(listGames, (input) => {
      store.asked.push(input);
      return { items: [...store.games.values()], next_cursor: null };
    }),
    answer(getGame, ({ id }) => ({
      ...store.game(id),
      app: id === 1 ? APP_SUMMARY_EXAMPLE : null,
    })),
    answer(listAchievements, ({ game_id: id }) => ({
      ...ACHIEVEMENTS_EXAMPLE,
      unlocked: store.game(id).id,
    })),
    answer(createGame, ({ request_id: requestId, game }) => {
      const before = store.requestIds.get(requestId);
      if (before !== undefined) {
        if (store.game(before).title === game.title) return store.game(before);
        throw new ServiceError("INVALID", "/request_id: expected the same game", {
          field: "/request_id",
        });
      }
      const taken = [...store.games.values()].some(
        (other) => other.steam_app_id === game.steam_app_id,
      );
      if (taken)
        throw new ServiceError("CONFLICT", "that steam_app_id is taken", {
          field: "/steam_app_id",
        });
      const id = store.games.size + 1;
      const { playtime_minutes: minutes = 0, ...rest } = game;
      store.games.set(id, testGame({ steam_app_id: null, ...rest, id, playtime_minutes: minutes }));
      store.requestIds.set(requestId, id);
      return store.game(id);
    }),
    answer(updateGame, ({ id, patch: { archived, title, platform, ...patch } }) =>
      store.changeGame(id, {
        ...patch,
        ...(archived === false ? { archived_at: null } : {}),
        ...(title == null ? {} : { title }),
        ...(platform == null ? {} : { platform }),
      }),
    ),
    answer(archiveGame, ({ id }) =>
      store.changeGame(id, { archived_at: "2026-11-21T00:00:00.000Z" }),
    ),
    answer(purgeGame, ({ id }) => {
      if (store.game(id).archived_at === null) {
        throw new ServiceError("CONFLICT", "expected an archived game, got one in the library");
      }
      store.games.delete(id);
      return {};
    }),
    answer(listTags, () => TAGS_EXAMPLE),
    answer(findPlaying, (input) => ({ game: store.playing(input), playing_since: null })),
  ];
}
