import { FINAL_JOB_STATES, getJob, type Job } from "@tracker/contracts";
import { request } from "@tracker/bus";
import { wait } from "@tracker/service";
import { importTracker, playedLibrary } from "./importing-tracker.ts";
import { ACHIEVEMENT_ENDPOINTS } from "./steam-sim/fault.ts";

export interface PaceOptions {
  readonly games: number;
  readonly limit: number;
}

export interface Pace {
  readonly job: Job;
  readonly requests: number;
  /** The most achievement requests in any rolling second, as Steam saw them. */
  readonly mostInASecond: number;
  /** From the first to the last request, by the least that the quota leaves for so many. */
  readonly overFloor: number;
  /** The worst estimate of the time that was left, from halfway on, as a share of it; the last seconds count as 10. */
  readonly worstEta: number;
  /** Apps by how often they were asked for, status rows that are not complete. */
  readonly askedTwice: number;
  readonly incomplete: number;
  readonly seconds: number;
}

const LOOK_MS = 100;
const ETA_MS_MIN = 10_000;

/** Imports a library while looking at the job as a progress bar does, and judges what Steam and the person saw. */
export async function measurePace({ games, limit }: PaceOptions): Promise<Pace> {
  const env = { STEAM_ACHIEVEMENTS_LIMIT: `${limit}/second` };
  await using tracker = await importTracker(playedLibrary(games), env);
  const id = await tracker.start();
  const looks: { at: number; job: Job }[] = [];
  for (;;) {
    const job = await request(tracker.api, getJob, { id });
    looks.push({ at: performance.now(), job });
    if (FINAL_JOB_STATES.includes(job.state)) break;
    await wait(LOOK_MS);
  }
  const seen = tracker.sim.requests(ACHIEVEMENT_ENDPOINTS);
  const spanMs = (seen.at(-1)?.atMs ?? 0) - (seen[0]?.atMs ?? 0);
  const floorMs = (Math.ceil(seen.length / limit) - 1) * 1_000;
  const asked = tracker.sim.requests("GetPlayerAchievements").map(({ appId }) => appId);
  const incomplete = tracker.query<{ count: number }>(
    `SELECT count(*) AS count FROM games g LEFT JOIN steam_import_status s ON s.steam_app_id = g.steam_app_id
     WHERE s.game_imported IS NOT 1 OR s.achievements_imported IS NOT 1 OR s.error_message IS NOT NULL`,
  );
  const last = looks.at(-1);
  if (last === undefined) throw new Error("the job was never looked at");
  return {
    job: last.job,
    requests: seen.length,
    mostInASecond: tracker.sim.largestWindow(ACHIEVEMENT_ENDPOINTS, 1_000),
    overFloor: spanMs / floorMs,
    worstEta: worstEta(looks, last.at, games),
    askedTwice: asked.length - new Set(asked).size,
    incomplete: incomplete[0]?.count ?? -1,
    seconds: spanMs / 1_000,
  };
}

function worstEta(
  looks: readonly { at: number; job: Job }[],
  endedAt: number,
  games: number,
): number {
  const shares = looks.flatMap(({ at, job: { progress, state } }) => {
    const { done, eta_seconds: eta } = progress;
    if (state !== "running" || eta === null || done < games / 2) return [];
    const leftMs = endedAt - at;
    return Math.abs(eta * 1_000 - leftMs) / Math.max(leftMs, ETA_MS_MIN);
  });
  return Math.max(0, ...shares);
}
