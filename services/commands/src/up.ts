import { mkdirSync } from "node:fs";
import { Type } from "@sinclair/typebox";
import { ensureCredentials, startNatsServer } from "@tracker/bus";
import type { ServiceName } from "@tracker/contracts";
import {
  ConfigError,
  createHost,
  createLog,
  type Environment,
  errorCode,
  LOG_LEVELS,
  type OwnedHost,
  parseEnv,
  readTogether,
  type RunService,
  serveHealth,
  SHUTDOWN_MS_MAX,
  untilStopped,
  wait,
} from "@tracker/service";
import { lockDataDir, notWritable } from "./data-dir-lock.ts";
import { UsageError } from "./usage.ts";

const UpConfig = Type.Object({
  DATA_DIR: Type.String({ default: "./data", description: "a folder" }),
  NATS_URL: Type.Optional(Type.String({ description: "an address such as nats://127.0.0.1:4222" })),
  NATS_PORT: Type.Integer({ default: 4222, minimum: 0, maximum: 65_535, description: "a port" }),
  NATS_SERVER_BIN: Type.String({ default: "nats-server", description: "the path of nats-server" }),
  HEALTH_HOST: Type.String({ default: "127.0.0.1", description: "an address of this machine" }),
  HEALTH_PORT: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 65_535, description: "a port for /health" }),
  ),
  LOG_LEVEL: Type.Union(
    LOG_LEVELS.map((level) => Type.Literal(level)),
    { default: "info", description: `one of ${LOG_LEVELS.join(", ")}` },
  ),
});

/** A service as it is started here. */
export interface Service {
  readonly run: RunService;
  /** Reads its configuration, so that everything wrong in it is reported before anything is started. */
  readonly readConfig: (env: Environment) => unknown;
}

/** How each service is loaded. */
export type Services = Readonly<Record<ServiceName, () => Promise<Service>>>;

/** What to start, and with what. */
export interface UpOptions {
  readonly services: Services;
  /** Which of them to run here; all when empty. */
  readonly names: readonly string[];
  readonly env: Environment;
  readonly version: string;
  /** Called once everything here is ready. */
  readonly onReady?: (host: OwnedHost) => void;
}

/**
 * Runs services in this process until it is told to stop, next to an embedded nats-server where `NATS_URL` is not set.
 * An error in any of them stops all: a supervisor starts the process again, and what was acknowledged is on disk.
 */
export async function up(options: UpOptions): Promise<void> {
  const { env, version } = options;
  // From here on a stop lets go of what is held, also while services are loaded and a server is being started.
  const stopped = untilStopped();
  stopped.catch(() => {});
  const services = await load(options);
  readTogether(env, [
    (env) => parseEnv(UpConfig, env),
    ...services.map(({ readConfig }) => readConfig),
  ]);
  const config = parseEnv(UpConfig, env);
  makeDataDir(config.DATA_DIR);
  const log = createLog("tracker", config.LOG_LEVEL);
  using _lock = config.NATS_URL === undefined ? lockDataDir(config.DATA_DIR) : undefined;
  await using nats =
    config.NATS_URL === undefined
      ? await startNatsServer({
          dataDir: config.DATA_DIR,
          port: config.NATS_PORT,
          binary: config.NATS_SERVER_BIN,
          log,
        })
      : undefined;
  const host = createHost({
    env: { ...env, DATA_DIR: config.DATA_DIR, NATS_URL: config.NATS_URL ?? nats?.url },
    version,
    logLevel: config.LOG_LEVEL,
  });
  using _health =
    config.HEALTH_PORT === undefined
      ? undefined
      : serveHealth(host.health, config.HEALTH_HOST, config.HEALTH_PORT);
  await runAll(
    host,
    services.map(({ run }) => run),
    { stopped, onReady: () => options.onReady?.(host) },
  );
}

async function load({ services, names }: UpOptions): Promise<Service[]> {
  const known = new Map<string, () => Promise<Service>>(Object.entries(services));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new UsageError(
      `unknown service ${unknown.join(", ")}; expected some of ${[...known.keys()].join(", ")}`,
    );
  }
  const wanted = names.length > 0 ? names : [...known.keys()];
  return Promise.all(wanted.flatMap((name) => known.get(name)?.() ?? []));
}

async function runAll(
  host: OwnedHost,
  runs: readonly RunService[],
  { stopped, onReady }: { stopped: Promise<void>; onReady: () => void },
): Promise<void> {
  const started = runs.map((run) => run(host));
  const running = Promise.all(started);
  void announceReady(host, runs.length, onReady);
  try {
    await Promise.race([stopped, running]);
  } finally {
    host.stop();
    // Those that did not fail leave their scopes: answers are sent, files closed. A hang must not hold the exit.
    await Promise.race([Promise.allSettled(started), wait(SHUTDOWN_MS_MAX)]);
  }
}

async function announceReady(host: OwnedHost, count: number, onReady: () => void): Promise<void> {
  while (!host.signal.aborted) {
    const report = host.health.report();
    if (report.status === "ready" && Object.keys(report.services).length >= count) {
      onReady();
      return;
    }
    await wait(20, host.signal);
  }
}

/** Makes DATA_DIR, and in it the credentials that a nats-server needs. */
export function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    ensureCredentials(dataDir);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code = errorCode(error) || "unknown";
    throw notWritable(code, error);
  }
}
