import { type Bus, publishFact } from "@tracker/bus";
import { librarySampled, presenceObserved } from "@tracker/contracts";
import { type Calendar, dayEnd, dayOf } from "@tracker/playtime";
import { createSteamClient, unlimitedPermits } from "@tracker/steam";
import {
  isNews,
  observePresence,
  type PresenceFact,
  sampleLibrary,
} from "@tracker/steam-poller/sampling";
import { createSteamSimControl } from "./steam-sim/control.ts";
import { SIM_KEY } from "./steam-sim/sim.ts";
import type { Sitting, Truth } from "./steam-sim/truth.ts";

/** One look that the poller would have taken. `previousAt` is the look at presence before it, which need not be replayed itself. */
export interface ReplayStep {
  readonly at: number;
  readonly look: "library" | "presence";
  readonly previousAt: number;
}

export interface ReplayPlan {
  readonly truth: Truth;
  readonly from: number;
  readonly to: number;
  readonly calendar: Calendar;
}

const MINUTE_MS = 60_000;
const SAMPLE_MS = 30 * MINUTE_MS;
const PRESENCE_MS = MINUTE_MS;
/** In game the poller tells every look; a replay tells one in so many, and the first and last. */
const LOOKS_TOLD = 4;

/**
 * The looks that matter of all those that a poller would have taken: presence every minute, the library every half hour,
 * at each end of day and a minute after a game is closed. Looks that would have shown nothing new are left out.
 */
export function planReplay({ truth, from, to, calendar }: ReplayPlan): readonly ReplayStep[] {
  const steps = new Map<string, ReplayStep>();
  const add = (look: ReplayStep["look"], at: number) => {
    if (at < from || at > to) return;
    steps.set(`${look} ${at}`, { at, look, previousAt: at - PRESENCE_MS });
  };
  const grid = (at: number, stepMs: number) => from + Math.ceil((at - from) / stepMs) * stepMs;

  add("library", from);
  add("presence", from);
  for (
    let at = dayEnd(dayOf(from, calendar), calendar);
    at <= to;
    at = dayEnd(dayOf(at, calendar), calendar)
  ) {
    add("library", at);
  }
  for (const at of truth.reconnects) add("library", grid(at, SAMPLE_MS));
  for (const { startedAt, endedAt, mode } of truth.sittings as readonly Sitting[]) {
    const end = endedAt ?? to;
    // One more sample after the end: Steam's last minutes are told at exit.
    for (let at = grid(startedAt, SAMPLE_MS); at <= end + SAMPLE_MS; at += SAMPLE_MS)
      add("library", at);
    if (mode !== "online") continue;
    const first = grid(startedAt, PRESENCE_MS);
    const after = grid(end, PRESENCE_MS);
    for (let at = first; at < after; at += LOOKS_TOLD * PRESENCE_MS) add("presence", at);
    add("presence", after - PRESENCE_MS);
    add("presence", after);
    add("library", after + MINUTE_MS);
  }
  return [...steps.values()].sort((one, other) => one.at - other.at);
}

export interface ReplayOptions {
  readonly simUrl: string;
  readonly steamId: string;
  /** Connected as the poller. */
  readonly bus: Bus;
  readonly signal: AbortSignal;
  /** Called before each step with the number of steps done. */
  readonly onStep?: (done: number) => void;
}

/**
 * Lives the steps through the real pipeline: sets the simulated Steam's clock to each instant, looks as the poller does,
 * and publishes what was seen as facts. Leaves the clock at the last step.
 */
export async function replay(steps: readonly ReplayStep[], options: ReplayOptions): Promise<void> {
  const { simUrl, bus, signal } = options;
  const sim = createSteamSimControl(simUrl);
  let now = 0;
  const eyes = {
    steam: createSteamClient({ apiUrl: simUrl, key: SIM_KEY, permits: unlimitedPermits }),
    steamId: () => Promise.resolve(options.steamId),
    now: () => now,
    log: bus.log,
  };
  let seen: PresenceFact | null = null;
  for (const [done, step] of steps.entries()) {
    if (signal.aborted) return;
    options.onStep?.(done);
    now = step.at;
    await sim.setClock(now);
    if (step.look === "library") {
      const { fact } = await sampleLibrary(eyes, { trigger: "replay" });
      await publishFact(bus, librarySampled, fact, signal);
      continue;
    }
    const previous: PresenceFact | null = seen && {
      ...seen,
      observed_at: new Date(Math.max(step.previousAt, Date.parse(seen.observed_at))).toISOString(),
    };
    const fact = await observePresence(eyes, previous);
    if ("outcome" in fact) throw new Error(`the simulated Steam refused: ${fact.reason}`);
    if (isNews(fact, previous)) await publishFact(bus, presenceObserved, fact, signal);
    seen = fact;
  }
}
