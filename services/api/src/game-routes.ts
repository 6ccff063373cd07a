import {
  archiveGame,
  createGame,
  Game,
  GamePatch,
  getGame,
  listAchievements,
  getGameHistory,
  listGames,
  listSessions,
  listTags,
  NewGame,
  purgeGame,
  Strict,
  updateGame,
} from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import {
  ACHIEVEMENTS_EXAMPLE,
  GAME_EXAMPLE,
  HISTORY_EXAMPLE,
  SESSION_EXAMPLE,
  TAGS_EXAMPLE,
  pageOf,
} from "./answer-example.ts";
import { APP_SUMMARY_EXAMPLE } from "./catalogue-example.ts";
import { Problem } from "./problem.ts";
import type { Ask } from "./question.ts";
import { copy, parameters, withExample } from "./schema.ts";

const ById = parameters(getGame.input);
const tags = ["Games"];
const GUARD =
  "With an If-Match header that is not the ETag which GET answers now, nothing is done (412).";
const REQUEST_ID = /^[\w-]{8,64}$/;

/** The library: games of any platform, and what a person says about them. */
export function gameRoutes(ask: Ask) {
  return new Elysia({ name: "games" })
    .get("/api/games", ({ query }) => ask(listGames, query), {
      query: parameters(listGames.input),
      response: { 200: withExample(listGames.output, pageOf(GAME_EXAMPLE)) },
      detail: { tags, summary: "List games", description: listGames.description },
    })
    .post(
      "/api/games",
      async ({ body, request, set }) => {
        const game = await ask(createGame, { request_id: requestId(request), game: body });
        set.status = 201;
        set.headers["location"] = `/api/games/${game.id}`;
        return game;
      },
      {
        body: copy(NewGame),
        response: { 201: withExample(Game, GAME_EXAMPLE) },
        detail: {
          tags,
          summary: "Add a game",
          description: `${createGame.description} With an Idempotency-Key header (8 to 64 of A–Z, a–z, 0–9, _ and -) it may be sent again without adding the game twice: the answer is that game as it is now. The same key with another body is refused (422).`,
        },
      },
    )
    .get("/api/games/:id", ({ params }) => ask(getGame, params), {
      params: ById,
      response: { 200: withExample(getGame.output, { ...GAME_EXAMPLE, app: APP_SUMMARY_EXAMPLE }) },
      detail: { tags, summary: "Get a game", description: getGame.description },
    })
    .patch("/api/games/:id", ({ params, body }) => ask(updateGame, { ...params, patch: body }), {
      params: ById,
      body: copy(GamePatch),
      response: { 200: withExample(Game, GAME_EXAMPLE) },
      detail: {
        tags,
        summary: "Change a game",
        description: `${updateGame.description} ${GUARD}`,
      },
    })
    .delete(
      "/api/games/:id",
      async ({ params, query, set }) => {
        if (query.purge !== true) return ask(archiveGame, params);
        await ask(purgeGame, params);
        set.status = 204;
        return undefined;
      },
      {
        params: ById,
        query: Strict({
          purge: Type.Optional(Type.Boolean({ description: "true or false" })),
        }),
        response: {
          200: withExample(Game, GAME_EXAMPLE),
          204: Type.Void({ description: "The game is gone" }),
        },
        detail: {
          tags,
          summary: "Archive or purge a game",
          description: `${archiveGame.description} With purge=true: ${purgeGame.description} ${GUARD}`,
        },
      },
    );
}

/** What belongs to one game, and what all games share. */
export function gameDetailRoutes(ask: Ask) {
  const { game_id: _, ...filter } = listSessions.input.properties;
  return new Elysia({ name: "game-details" })
    .get(
      "/api/games/:id/sessions",
      async ({ params, query }) => {
        const [, page] = await Promise.all([
          ask(getGame, params), // NOT_FOUND for a game that is not there, rather than no sessions.
          ask(listSessions, { ...query, game_id: params.id }),
        ]);
        return page;
      },
      {
        params: ById,
        query: parameters(Strict(filter)),
        response: { 200: withExample(listSessions.output, pageOf(SESSION_EXAMPLE)) },
        detail: { tags, summary: "Sessions of a game", description: listSessions.description },
      },
    )
    .get("/api/games/:id/history", ({ params }) => ask(getGameHistory, params), {
      params: ById,
      response: { 200: withExample(getGameHistory.output, HISTORY_EXAMPLE) },
      detail: { tags, summary: "History of a game", description: getGameHistory.description },
    })
    .get(
      "/api/games/:id/achievements",
      ({ params }) => ask(listAchievements, { game_id: params.id }),
      {
        params: ById,
        response: { 200: withExample(listAchievements.output, ACHIEVEMENTS_EXAMPLE) },
        detail: {
          tags,
          summary: "Achievements of a game",
          description: listAchievements.description,
        },
      },
    )
    .get("/api/tags", () => ask(listTags, {}), {
      response: { 200: withExample(listTags.output, TAGS_EXAMPLE) },
      detail: { tags, summary: "List tags", description: listTags.description },
    });
}

function requestId(request: Request): string {
  const key = request.headers.get("idempotency-key");
  if (key === null) return crypto.randomUUID();
  if (REQUEST_ID.test(key)) return key;
  throw new Problem(
    "INVALID",
    "Idempotency-Key: expected 8 to 64 letters, digits, _ and -, got something else",
    { field: "Idempotency-Key" },
  );
}
