/** What every process needs: configuration, log, health, and a clean end. */
export { CALENDAR_VARIABLES } from "./calendar-variables.ts";
export { type Clock, deadline, systemClock } from "./clock.ts";
export { ConfigError, type Environment, parseEnv, readTogether, WrongVariables } from "./config.ts";
export { errorCode, messageOf } from "./error-text.ts";
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
export { writeSecretFile } from "./secret-file.ts";
export { VirtualClock } from "./virtual-clock.ts";
export { wait } from "./wait.ts";
