import type { Bus, Work, WorkResult } from "@tracker/bus";
import { type JobProgress, type PlannedGame } from "@tracker/contracts";
import type { Clock, Log } from "@tracker/service";
import { resolveSteamId, type SteamClient } from "@tracker/steam";
import { NOT_CONFIGURED } from "./config.ts";
import { importCovers } from "./cover-import.ts";
import { GameQueue } from "./game-queue.ts";
import { ImportProgress } from "./import-progress.ts";
import { createImportStore, type ImportStore } from "./import-store.ts";
import { SteamPatience } from "./steam-patience.ts";

export interface ImportParts {
  readonly steam: SteamClient;
  /** A SteamID64 or a vanity name. */
  readonly steamId: string;
  readonly store: ImportStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** A library that was sampled this lately need not be sampled again first. */
const SAMPLE_FRESH_MS = 10 * 60_000;
/** How long a sample that was taken may be on its way into the database. */
const SAMPLE_APPLIED_MS_MAX = 15_000;
const LOOK_MS = 100;
const OVERVIEW_BATCH = 100;
const ESTIMATE_MS = 900;

/** What the jobs of this process have in common. */
interface ImportContext {
  readonly bus: Bus;
  readonly steam: SteamClient;
  /** Null when no Steam account is set up. */
  readonly account: string | null;
  readonly clock: Clock;
  readonly log: Log;
}

/** Works on an `import` job. Its failure is the job's. */
export function importLibrary(work: Work, context: ImportContext): Promise<WorkResult> {
  const { bus, steam, account, clock, log } = context;
  if (account === null) return Promise.reject(new Error(NOT_CONFIGURED));
  const store = createImportStore(bus, clock, work.signal);
  return runImport({ steam, steamId: account, store, clock, log }, work);
}

/**
 * Imports what a job's plan says: the library where it is not fresh, covers, an overview of all achievements, then game by
 * game, each in one commit of the store's. Everything that is done is in the plan of whoever takes the job up again.
 */
async function runImport(parts: ImportParts, work: Work): Promise<WorkResult> {
  const { store, clock, log } = parts;
  const { job, signal } = work;
  const told = new JobTeller(work);
  const library = await ensureLibrary(parts, work, told);
  let plan = await store.plan(job.id);
  if (plan.library === 0) {
    throw new Error(
      library ?? "Steam lists no games for this account: there is nothing to import.",
    );
  }
  const progress = new ImportProgress(clock, sum(plan.done));
  const queue = { current: null as GameQueue | null };
  const estimate = atMostEvery(ESTIMATE_MS, clock, (left: readonly PlannedGame[]) =>
    progress.estimate(left),
  );
  const patience = new SteamPatience({
    clock,
    log,
    signal,
    beforeRequest: () => told.tell(queue.current === null ? {} : estimate(queue.current.left)),
    onAway: async ({ message, kind }) => {
      await told.tell({ message });
      await queue.current?.noteAway(kind === "limited" ? "limited" : "unreachable", message);
    },
  });
  const steamId = await resolveSteamId(parts.steamId, (name) =>
    patience.ask((options) => parts.steam.resolveVanityUrl(name, options)),
  );
  await importCovers(parts, patience, plan.covers);
  while (plan.games.length > 0) {
    const games = await overview(parts, patience, steamId, plan.games);
    const source = { steam: parts.steam, steamId, patience: counting(patience, progress) };
    queue.current = new GameQueue(games, {
      source,
      store,
      clock,
      log,
      signal,
      job,
      progress,
      told,
    });
    await queue.current.run();
    plan = await store.plan(job.id);
  }
  await told.tell({ ...progress.report([], null), eta_seconds: 0 });
  return { games: sum(plan.done), outcomes: plan.done, library };
}

/** A report with changes is an event, so there is at most one about every second. */
function atMostEvery<I, O extends object>(ms: number, clock: Clock, work: (input: I) => O) {
  let last = -Infinity;
  return (input: I): O | Record<string, never> => {
    const now = clock.monotonic();
    if (now - last < ms) return {};
    last = now;
    return work(input);
  };
}

/** The same patience, with its achievement requests counted: they determine how long the import takes. */
function counting(patience: SteamPatience, progress: ImportProgress): Pick<SteamPatience, "ask"> {
  return {
    ask: (call) =>
      patience.ask((options) => {
        progress.requested();
        return call(options);
      }),
  };
}

/** Tells the store how far the import is; its answer says whether to go on. */
export class JobTeller {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async tell(change: Partial<JobProgress>): Promise<void> {
    await this.#work.tell(change);
    this.#work.signal.throwIfAborted();
  }
}

/** Null when the library is there as Steam has it, else why it may not be. */
async function ensureLibrary(
  { store, clock, log }: ImportParts,
  { job, signal }: Work,
  told: JobTeller,
): Promise<string | null> {
  const before = await store.plan(job.id);
  const sampledAt = before.sampled_at === null ? -Infinity : Date.parse(before.sampled_at);
  const isNamed = job.arguments["app_ids"] !== undefined;
  if (isNamed || Math.abs(clock.now() - sampledAt) < SAMPLE_FRESH_MS) return null;
  await told.tell({ message: "sampling the library" });
  const reason = await store.sampleLibrary();
  if (reason !== null) {
    log.warn("the library could not be sampled before the import", { reason });
    return reason;
  }
  const latest = clock.monotonic() + SAMPLE_APPLIED_MS_MAX;
  while (clock.monotonic() < latest) {
    if ((await store.plan(job.id)).sampled_at !== before.sampled_at) break;
    await clock.wait(LOOK_MS, signal);
    signal.throwIfAborted();
  }
  return null;
}

/** Counts unlocked achievements of new games in a few requests; without them the time left is only estimated worse. */
async function overview(
  { steam, store }: ImportParts,
  patience: SteamPatience,
  steamId: string,
  games: readonly PlannedGame[],
): Promise<readonly PlannedGame[]> {
  const totals = new Map<number, number>();
  const wanted = games.filter((game) => !game.overviewed && game.known === 0);
  for (let first = 0; first < wanted.length; first += OVERVIEW_BATCH) {
    const appIds = wanted.slice(first, first + OVERVIEW_BATCH).map((game) => game.app_id);
    const told = await patience.ask((options) => steam.achievementCounts(steamId, appIds, options));
    if (told === null) break;
    for (const { appId, total } of told) totals.set(appId, total);
    const items = told.map(({ appId, total, unlocked }) => {
      return { app_id: appId, counts: { total, unlocked } };
    });
    await store.overview(items);
  }
  return games.map((game) => {
    const total = totals.get(game.app_id);
    return total === undefined ? game : { ...game, overview_total: total };
  });
}

function sum(done: Readonly<Record<string, number>>): number {
  return Object.values(done).reduce((total, count) => total + count, 0);
}
