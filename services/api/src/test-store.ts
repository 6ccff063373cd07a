import type { Answer } from "@tracker/bus";
import { type Game, type Job, type Scope, ServiceError, type Token } from "@tracker/contracts";
import { accessAnswers } from "./test-access.ts";
import { appAnswers } from "./test-apps.ts";
import { testGame } from "./test-data.ts";
import { gameAnswers } from "./test-games.ts";
import { historyAnswers } from "./test-history.ts";
import { operationAnswers } from "./test-operation.ts";
import { webhookAnswers } from "./test-webhooks.ts";

/** A store that keeps in memory what a test needs, behind the real conversations. */
export class TestStore {
  readonly games = new Map<number, Game>([[1, testGame({ id: 1 })]]);
  readonly access = new Map<string, readonly Scope[]>();
  readonly logins = new Set<string>();
  readonly tokens: Token[] = [];
  /** Of the tokens, by id. */
  readonly hashes = new Map<number, string>();
  readonly jobs = new Map<number, Job>();
  readonly requestIds = new Map<string, number>();
  /** What each list was asked, newest last. */
  readonly asked: unknown[] = [];
  /** What the feed was asked. */
  readonly fed: unknown[] = [];
  /** How an export ends. */
  exported: Partial<Job> = { state: "done", result: null };
  playing: (input: { app_id?: number; among?: number[] }) => Game | null = () => null;

  answers(): Answer[] {
    return [
      ...gameAnswers(this),
      ...historyAnswers(this),
      ...appAnswers(this),
      ...accessAnswers(this),
      ...operationAnswers(this),
      ...webhookAnswers(),
    ];
  }

  game(id: number): Game {
    return found(this.games, id, "game");
  }

  changeGame(id: number, changes: Partial<Game>): Game {
    const game = { ...this.game(id), ...changes };
    this.games.set(id, game);
    return game;
  }

  job(id: number): Job {
    return found(this.jobs, id, "job");
  }
}

function found<T>(all: ReadonlyMap<number, T>, id: number, what: string): T {
  const one = all.get(id);
  if (one === undefined) throw new ServiceError("NOT_FOUND", `no ${what} ${id}`);
  return one;
}
