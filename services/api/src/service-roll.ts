import {
  Choice,
  getServiceHealth,
  Instant,
  Nullable,
  ServiceError,
  SERVICES,
  ServiceHealth,
  type ServiceName,
} from "@tracker/contracts";
import { wait } from "@tracker/service";
import { type Static, Type } from "@sinclair/typebox";
import type { Ask } from "./question.ts";

const ANSWER_MS_MAX = 1_500;
/** Between requests for the status, services are called this often; so precise is the time since which one is missing. */
const LOOK_MS = 15_000;
const { version, ready: _ready, ...Figures } = ServiceHealth.properties;

/** A service as it answered, or since when it does not. */
export const ServiceState = Type.Object({
  name: Choice(SERVICES),
  state: Choice(["ready", "not_ready", "missing"] as const),
  /** Null while it was never seen. */
  version: Nullable(version),
  /** The last moment at which it answered, or at which this api began to look; null while it answers. */
  missing_since: Nullable(Instant),
  /** Null while it is missing. */
  health: Nullable(Type.Object(Figures)),
});
export type ServiceState = Static<typeof ServiceState>;

interface Sighting {
  readonly at: number;
  readonly version: string | null;
}

/** Calls every service by name, and remembers when each was there last. */
export class ServiceRoll {
  readonly #ask: Ask;
  readonly #own: () => ServiceHealth;
  readonly #seen: Map<ServiceName, Sighting>;

  /** `own` is what this service says of itself, which needs no bus. */
  constructor(ask: Ask, own: () => ServiceHealth) {
    this.#ask = ask;
    this.#own = own;
    const start = { at: Date.now(), version: null };
    this.#seen = new Map(SERVICES.map((name) => [name, start]));
  }

  call(): Promise<ServiceState[]> {
    return Promise.all(SERVICES.map((name) => this.#callOne(name)));
  }

  /** Calls until the signal is aborted. */
  async keepCalling(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.call();
      await wait(LOOK_MS, signal);
    }
  }

  async #callOne(name: ServiceName): Promise<ServiceState> {
    const answer = name === "api" ? this.#own() : await this.#healthOf(name);
    if (answer === null) {
      const { at = Date.now(), version = null } = this.#seen.get(name) ?? {};
      const missing_since = new Date(at).toISOString();
      return { name, state: "missing", version, missing_since, health: null };
    }
    const { version, ready, ...health } = answer;
    this.#seen.set(name, { at: Date.now(), version });
    return { name, state: ready ? "ready" : "not_ready", version, missing_since: null, health };
  }

  async #healthOf(name: ServiceName): Promise<ServiceHealth | null> {
    try {
      const patience = { attempts: 1, timeoutMs: ANSWER_MS_MAX };
      return await this.#ask(getServiceHealth(name), {}, patience);
    } catch (error) {
      if (error instanceof ServiceError) return null;
      throw error;
    }
  }
}
