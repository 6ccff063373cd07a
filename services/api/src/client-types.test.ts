import { expect, expectTypeOf, test } from "bun:test";
import type {
  addSession,
  Game,
  GamePatch,
  getApp,
  getAppHistory,
  getDay,
  getGame,
  getGameHistory,
  getHeatmap,
  getSnapshot,
  getStatistics,
  getYearReview,
  Input,
  Job,
  listAchievements,
  listDays,
  listFeed,
  listGames,
  listJobs,
  listPlayedYears,
  listRuns,
  listSessionEdits,
  listSessions,
  listSnapshots,
  listTags,
  listTokens,
  mergeSessions,
  moveSession,
  NewGame,
  NowPlaying,
  Output,
  searchApps,
  SessionEditOutcome,
  splitSession,
  StartedJob,
  Token,
} from "@tracker/contracts";
import type { Static } from "@sinclair/typebox";
import type { App } from "./app.ts";
import { answerOf, createClient, present } from "./client.ts";
import type { Status } from "./status.ts";

/** Every route of the app: its method and path, and what the client takes and gives. */
type Flat<R, Path extends string = ""> = {
  [K in keyof R & string]: R[K] extends { body: infer B; query: infer Q; response: infer A }
    ? { key: `${Uppercase<K>} ${Path}`; body: B; query: Q; answer: Success<A> }
    : Flat<R[K], `${Path}/${K}`>;
}[keyof R & string];
type Route = Flat<App["~Routes"]>;
type Success<A> = A[Extract<keyof A, 200 | 201 | 202 | 204>];
type Of<K extends Route["key"]> = Extract<Route, { key: K }>;

type IsAny<T> = 0 extends 1 & T ? true : false;
type Same<A, B> = true extends IsAny<A> | IsAny<B>
  ? false
  : [A] extends [B]
    ? [B] extends [A]
      ? true
      : false
    : false;

/** Routes by what they answer. */
interface Answers {
  "GET /api/now-playing": NowPlaying;
  "GET /api/games": Output<typeof listGames>;
  "POST /api/games": Game;
  "GET /api/games/:id": Output<typeof getGame>;
  "PATCH /api/games/:id": Game;
  "DELETE /api/games/:id": Game | void;
  "GET /api/games/:id/sessions": Output<typeof listSessions>;
  "GET /api/games/:id/achievements": Output<typeof listAchievements>;
  "GET /api/games/:id/history": Output<typeof getGameHistory>;
  "GET /api/tags": Output<typeof listTags>;
  "GET /api/feed": Output<typeof listFeed>;
  "GET /api/days": Output<typeof listDays>;
  "GET /api/days/:date": Output<typeof getDay>;
  "GET /api/sessions": Output<typeof listSessions>;
  "POST /api/sessions": SessionEditOutcome;
  "GET /api/sessions/edits": Output<typeof listSessionEdits>;
  "POST /api/sessions/edits/:id/undo": SessionEditOutcome;
  "POST /api/sessions/merge": SessionEditOutcome;
  "PATCH /api/sessions/:id": SessionEditOutcome;
  "DELETE /api/sessions/:id": SessionEditOutcome;
  "POST /api/sessions/:id/split": SessionEditOutcome;
  "GET /api/stats": Output<typeof getStatistics>;
  "GET /api/stats/years": Output<typeof listPlayedYears>;
  "GET /api/stats/years/:year": Output<typeof getYearReview>;
  "GET /api/heatmap": Output<typeof getHeatmap>;
  "GET /api/snapshots": Output<typeof listSnapshots>;
  "GET /api/snapshots/:date": Output<typeof getSnapshot>;
  "GET /api/apps": Output<typeof searchApps>;
  "GET /api/apps/:app_id": Output<typeof getApp>;
  "GET /api/apps/:app_id/history": Output<typeof getAppHistory>;
  "GET /api/status": Status;
  "GET /api/runs": Output<typeof listRuns>;
  "GET /api/jobs": Output<typeof listJobs>;
  "POST /api/jobs": StartedJob;
  "GET /api/jobs/:id": Job;
  "POST /api/jobs/:id/pause": Job;
  "POST /api/jobs/:id/resume": Job;
  "POST /api/jobs/:id/cancel": Job;
  "GET /api/tokens": Output<typeof listTokens>;
  "POST /api/tokens": Token & { token: string };
  "DELETE /api/tokens/:id": Token;
  "POST /api/login": { expires_at: string };
  "POST /api/logout": void;
  "DELETE /api/setup": void;
  "GET /api/export": Response;
  "GET /api/exports/:name": Response;
  "GET /api/events": Response;
  "GET /api/widgets/badge.svg": Response;
}

interface Queries {
  "GET /api/games": Input<typeof listGames>;
  "DELETE /api/games/:id": { purge?: boolean };
  "GET /api/games/:id/sessions": Omit<Input<typeof listSessions>, "game_id">;
  "GET /api/feed": Input<typeof listFeed>;
  "GET /api/days": Input<typeof listDays>;
  "GET /api/sessions": Input<typeof listSessions>;
  "GET /api/sessions/edits": Input<typeof listSessionEdits>;
  "GET /api/stats": Input<typeof getStatistics>;
  "GET /api/heatmap": Input<typeof getHeatmap>;
  "GET /api/snapshots": Input<typeof listSnapshots>;
  "GET /api/apps": Input<typeof searchApps>;
  "GET /api/apps/:app_id/history": Omit<Input<typeof getAppHistory>, "app_id">;
  "GET /api/runs": Input<typeof listRuns>;
  "GET /api/jobs": Input<typeof listJobs>;
  "POST /api/logout": { everywhere?: boolean };
}

interface Bodies {
  "POST /api/games": Static<typeof NewGame>;
  "PATCH /api/games/:id": Static<typeof GamePatch>;
  "POST /api/sessions": Input<typeof addSession>;
  "POST /api/sessions/merge": Input<typeof mergeSessions>;
  "PATCH /api/sessions/:id": Omit<Input<typeof moveSession>, "id">;
  "POST /api/sessions/:id/split": Omit<Input<typeof splitSession>, "id">;
  "POST /api/jobs": { kind: Job["kind"]; arguments?: Record<string, unknown> };
  "POST /api/login": { password: string };
  "POST /api/tokens": { name: string; scopes: Token["scopes"]; expires_at?: string | null };
  "POST /api/setup": { steam_api_key: string; steam_id: string };
}

/** The routes whose part is not what is expected of it, by name; never when all are. */
type Wrong<Expected, Part extends "answer" | "query" | "body"> = {
  [K in keyof Expected]: K extends Route["key"]
    ? Same<Expected[K], Of<K>[Part]> extends true
      ? never
      : K
    : K;
}[keyof Expected];
/** The routes of which a program would be told nothing, or anything. */
type Untold = {
  [K in Route["key"]]: K extends `${string} /api/${string}`
    ? true extends IsAny<Of<K>["answer"]> | IsAny<Of<K>["query"]> | IsAny<Of<K>["body"]>
      ? K
      : unknown extends Of<K>["answer"]
        ? K
        : never
    : never;
}[Route["key"]];

// Checked by tsc; at run time nothing of it is left. Types that come out as `any` would let every mistake through.
test("the client's types say of each route what it takes and answers", () => {
  expectTypeOf<Untold>().toEqualTypeOf<never>();
  expectTypeOf<Wrong<Answers, "answer">>().toEqualTypeOf<never>();
  expectTypeOf<Wrong<Queries, "query">>().toEqualTypeOf<never>();
  expectTypeOf<Wrong<Bodies, "body">>().toEqualTypeOf<never>();
});

test("a wrong field, word, type or route does not compile", () => {
  const { api } = createClient("http://127.0.0.1:1");
  const wrong = [
    // @ts-expect-error the status is misspelled
    () => api.games.get({ query: { status: "Plying" } }),
    // @ts-expect-error there is no such parameter
    () => api.games.get({ query: { statsu: "Playing" } }),
    // @ts-expect-error a parameter that is built up is held to the route as well
    () => api.games.get({ query: present({ statsu: "Playing" }) }),
    // @ts-expect-error the title is missing
    () => api.games.post({ platform: "PC" }),
    // @ts-expect-error there is no such property
    () => api.games({ id: 1 }).patch({ ratings: 5 }),
    // @ts-expect-error minutes are a number
    () => api.sessions({ id: 1 }).patch({ idle_minutes: "5" }),
    // @ts-expect-error a game has no such figure
    async () => (await answerOf(api.games({ id: 1 }).get())).hours,
    // @ts-expect-error nothing is at this path
    () => api.game.get(),
    // @ts-expect-error a game is not put
    () => api.games({ id: 1 }).put({}),
  ];
  expect(wrong).toHaveLength(9);
});
