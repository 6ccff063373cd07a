import type { Work, WorkResult } from "@tracker/bus";
import type { Clock, Log } from "@tracker/service";
import {
  createSteamClient,
  type Permits,
  type SteamAccount,
  type SteamClient,
} from "@tracker/steam";
import { Account } from "./account.ts";
import type { PollerConfig } from "./config.ts";
import { type LibraryEyes, type LibraryFact, sampleLibrary } from "./library-sample.ts";
import { LibraryWatch } from "./library-watch.ts";
import type { Poller, PollerOptions, PresenceAnswer, StatusAnswer } from "./poller.ts";
import { observePresence, type PresenceEyes } from "./presence-look.ts";
import { PresenceWatch } from "./presence-watch.ts";
import { SampleCadence } from "./sample-cadence.ts";
import { SendTimes } from "./send-times.ts";

/** Longer lists are cut: the contract's bound, far above what anybody plays in two weeks. */
const RECENT_MAX = 1_000;

/** The two watches over one account, and what they answer to others. */
export class FollowedAccount implements Poller {
  readonly library: LibraryWatch;
  readonly presences: PresenceWatch;
  readonly #account: Account;
  readonly #source: PollerOptions["known"]["source"];
  readonly #quotas: PollerOptions["quotas"];
  readonly #facts: PollerOptions["facts"];
  readonly #log: Log;

  constructor(followed: SteamAccount, options: PollerOptions) {
    const { config, clock, facts, log, reachable, signal } = options;
    const see = (permits: Permits) => createEyes(followed.steam_api_key, config, permits, clock);
    this.#account = new Account(followed.steam_id, see(options.permits).steam);
    this.#source = options.known.source;
    this.#quotas = options.quotas;
    this.#facts = facts;
    this.#log = log;
    const steamId = (signal?: AbortSignal) => this.#account.resolve(signal);
    const libraryEyes: LibraryEyes = { ...see(options.permits), steamId, log };
    const presenceEyes: PresenceEyes = { ...see(options.permits), steamId, log };
    this.library = new LibraryWatch({
      clock,
      reachable,
      signal,
      cadence: new SampleCadence({
        clock,
        calendar: config.calendar,
        startupDelayMs: config.startupDelayMs,
        intervalMs: config.pollIntervalMs,
      }),
      sample: (occasion) => sampleLibrary(libraryEyes, occasion),
      publish: (data) => this.#publishSample(facts.add({ noun: "library", data }), data),
    });
    this.presences = new PresenceWatch({
      clock,
      reachable,
      signal,
      intervalMs: config.presenceIntervalMs,
      look: (previous, limit) => observePresence(presenceEyes, previous, limit),
      publish: (data) => void facts.add({ noun: "presence", data }),
      onEnded: () => this.library.presenceEnded(),
    });
  }

  /** What stands between the library and us, if anything does. */
  get detail(): string | undefined {
    return this.presences.state.reason ?? this.library.trouble ?? undefined;
  }

  async run(): Promise<void> {
    await Promise.all([this.library.run(), this.presences.run()]);
  }

  async presence(): Promise<PresenceAnswer> {
    const presence = await this.presences.answer();
    const { recent } = this.library;
    return {
      presence,
      recent: recent?.appIds.slice(0, RECENT_MAX) ?? null,
      recent_observed_at: recent?.observedAt ?? null,
    };
  }

  async status(): Promise<StatusAnswer> {
    const { outcome, reason, observedAt } = this.presences.state;
    return {
      configured: true,
      source: this.#source,
      steam_id: this.#account.steamId,
      presence: { outcome, reason, observed_at: observedAt },
      next_sample_at: new Date(this.library.nextSampleAt).toISOString(),
      facts_waiting: this.#facts.length,
      facts_waiting_since: this.#facts.since,
      quotas: await this.#quotas(),
    };
  }

  async poll({ job, signal }: Work): Promise<WorkResult> {
    const fact = await Promise.race([this.library.sampleForJob(job.id), untilAborted(signal)]);
    if (fact === null) return {};
    const { outcome, reason, games } = fact;
    if (outcome !== "ok" && outcome !== "partial") throw new Error(reason ?? outcome);
    return {
      run_id: fact.id,
      outcome,
      reason,
      games_seen: games.length,
      games_borrowed: games.filter((game) => game.source === "recent").length,
    };
  }

  #publishSample(published: Promise<boolean>, fact: LibraryFact): Promise<boolean> {
    const { trigger, outcome, reason, games } = fact;
    const fields = {
      trigger,
      outcome,
      games: games.length,
      ...(reason === null ? {} : { reason }),
    };
    if (outcome === "ok") this.#log.info("the library was sampled", fields);
    else this.#log.warn("a library sample shows less than all", fields);
    return published;
  }
}

interface Eyes {
  readonly steam: SteamClient;
  readonly now: () => number;
  readonly sentAt: () => number;
}

function createEyes(key: string, config: PollerConfig, permits: Permits, clock: Clock): Eyes {
  const now = () => clock.now();
  const times = new SendTimes(permits, now);
  const { apiUrl, retryAttempts } = config;
  const steam = createSteamClient({ apiUrl, key, permits: times, retryAttempts, now });
  return { steam, now, sentAt: () => times.sentAt };
}

function untilAborted(signal: AbortSignal): Promise<null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  signal.addEventListener("abort", () => resolve(null), { once: true });
  if (signal.aborted) resolve(null);
  return promise;
}
