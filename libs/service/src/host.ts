import type { Environment } from "./config.ts";
import { Health } from "./health.ts";
import { createLog, type Log, type LogLevel } from "./log.ts";

/** What the process gives to each service that runs in it. */
export interface Host {
  readonly env: Environment;
  readonly health: Health;
  readonly version: string;
  /** Resolves when the process is asked to stop; a service then leaves its scope, which disposes what it holds. */
  readonly stopped: Promise<void>;
  /** Aborted at the same moment, for whatever waits. */
  readonly signal: AbortSignal;
  log(service: string): Log;
  /** Says that a service waits for NATS, until the handle is disposed or the service registers what it says itself. */
  starting(service: string): Disposable;
}

/** A service: runs until the host is stopped; a rejection means that the process must not go on. */
export type RunService = (host: Host) => Promise<void>;

/** A host that its owner stops: one per process, and one per service in tests. */
export interface OwnedHost extends Host {
  stop(): void;
}

export interface HostOptions {
  readonly env: Environment;
  readonly version: string;
  readonly logLevel: LogLevel;
  readonly write?: (line: string) => void;
}

export function createHost({ env, version, logLevel, write }: HostOptions): OwnedHost {
  const controller = new AbortController();
  const health = new Health(version);
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    env,
    health,
    version,
    stopped: promise,
    signal: controller.signal,
    log: (service) => createLog(service, logLevel, write),
    starting: (name) =>
      health.register({ name, ready: () => false, detail: () => "waiting for NATS" }),
    stop() {
      health.stopping();
      controller.abort();
      resolve();
    },
  };
}
