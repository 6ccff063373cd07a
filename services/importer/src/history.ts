import { type Bus, request, type Work, type WorkResult } from "@tracker/bus";
import { listReviewedYears, recordHistory, type ReviewedYear } from "@tracker/contracts";
import type { Clock, Log } from "@tracker/service";
import { resolveSteamId, type SteamClient, SteamFailure } from "@tracker/steam";
import { NOT_CONFIGURED } from "./config.ts";
import { failureOf, isFinal, resultOf, yearsToAsk, type YearResult } from "./history-year.ts";
import { SteamPatience } from "./steam-patience.ts";

/** What importing a history takes. */
export interface HistoryContext {
  readonly bus: Bus;
  readonly steam: Pick<SteamClient, "yearInReview" | "resolveVanityUrl">;
  /** A SteamID64 or a vanity name; null where none is configured. */
  readonly account: string | null;
  readonly clock: Clock;
  readonly log: Log;
}

/** About nine minutes: a store that restarts must not make us ask Steam for the same year twice. */
const STORE_ATTEMPTS = 60;

/**
 * Works on a `history` job: asks Steam for each year that may have a review and records it, one commit a year. A resumed job
 * skips the years that it has recorded. It fails with Steam's reason when Steam gave no year at all.
 */
export async function importHistory(work: Work, context: HistoryContext): Promise<WorkResult> {
  const { signal, job } = work;
  const patience = patienceOf(work, context);
  const steamId = await findSteamId(context, patience);
  const known = await readYears(context, steamId, signal);
  const years = yearsToAsk(known, { now: context.clock.now(), jobId: job.id });
  const recorded = known.filter((each) => each.job_id === job.id).length;
  const total = recorded + years.length;
  for (const [index, year] of years.entries()) {
    await work.tell({ done: recorded + index, total, message: `asking Steam for ${year}` });
    signal.throwIfAborted();
    const result = await askYear(context, patience, steamId, year);
    await recordYear(work, context, { steamId, year, result });
    if (isFinal(result)) break;
  }
  const asked = await readYears(context, steamId, signal);
  const own = asked.filter((each) => each.job_id === job.id);
  const result = conclude(own);
  await work.tell({ done: own.length, total, message: summarize(own) });
  return result;
}

function patienceOf(work: Work, { clock, log }: HistoryContext): SteamPatience {
  const { signal } = work;
  const beforeRequest = () => work.tell({});
  const onAway = ({ message }: SteamFailure) => work.tell({ message });
  return new SteamPatience({ clock, log, signal, beforeRequest, onAway });
}

async function findSteamId(
  { account, steam }: HistoryContext,
  patience: SteamPatience,
): Promise<string> {
  if (account === null) throw new Error(NOT_CONFIGURED);
  return resolveSteamId(account, (name) =>
    patience.ask((options) => steam.resolveVanityUrl(name, options)),
  );
}

async function askYear(
  { steam }: HistoryContext,
  patience: SteamPatience,
  steamId: string,
  year: number,
): Promise<YearResult> {
  try {
    return resultOf(await patience.ask((options) => steam.yearInReview(steamId, year, options)));
  } catch (error) {
    if (error instanceof SteamFailure) return failureOf(error);
    throw error;
  }
}

async function recordYear(
  { job, signal }: Work,
  { bus, clock }: HistoryContext,
  { steamId, year, result }: { steamId: string; year: number; result: YearResult },
): Promise<void> {
  const told = { steam_id: steamId, year, job_id: job.id, ...result };
  const askedAt = new Date(clock.now()).toISOString();
  const options = { attempts: STORE_ATTEMPTS, signal };
  await request(bus, recordHistory, { ...told, asked_at: askedAt }, options);
}

async function readYears(
  { bus }: HistoryContext,
  steamId: string,
  signal: AbortSignal,
): Promise<readonly ReviewedYear[]> {
  const options = { attempts: STORE_ATTEMPTS, signal };
  const { items } = await request(bus, listReviewedYears, { steam_id: steamId }, options);
  return items;
}

/** The job's result, year by year. Throws Steam's reason when it gave no year: nothing was imported then. */
function conclude(years: readonly ReviewedYear[]): WorkResult {
  const last = years.at(-1);
  if (last !== undefined && years.every(({ outcome }) => outcome !== "ok")) {
    throw new Error(last.reason ?? `Steam told no year: ${last.outcome}`);
  }
  return {
    years: years.map(({ year, outcome, reason, games, months }) => {
      return { year, outcome, reason, games, months };
    }),
  };
}

function summarize(years: readonly ReviewedYear[]): string {
  const told = years.filter(({ outcome }) => outcome === "ok");
  const silent = years.filter(({ outcome }) => outcome !== "ok");
  const months = told.reduce((sum, year) => sum + year.months, 0);
  const parts = silent.map(({ year, reason, outcome }) => `${year}: ${reason ?? outcome}`);
  return [`${months} months of play in ${told.length} years`, ...parts].join("; ");
}
