import type { Game, Job } from "@tracker/contracts";
import { GAME_EXAMPLE } from "./answer-example.ts";
import { JOB_EXAMPLE } from "./operation-example.ts";

export function testGame(changes: Partial<Game> & { id: number }): Game {
  const { id } = changes;
  return { ...GAME_EXAMPLE, title: `Game ${id}`, steam_app_id: 1_000 + id, ...changes };
}

export function testJob(changes: Partial<Job>): Job {
  return { ...JOB_EXAMPLE, ...changes };
}
