/** What every process needs: configuration, log, health, and a clean end. */
export { ConfigError, type Environment, parseEnv } from "./config.ts";
export { Health, type HealthCheck, type HealthReport, serveHealth } from "./health.ts";
export {
  createHost,
  type Host,
  type HostOptions,
  type OwnedHost,
  type RunService,
} from "./host.ts";
export { SHUTDOWN_MS_MAX, untilStopped } from "./lifecycle.ts";
export {
  createLog,
  type Log,
  type LogFields,
  type LogLevel,
  LOG_LEVELS,
  traceparent,
  withTrace,
} from "./log.ts";
export { wait } from "./wait.ts";
