import { AsyncLocalStorage } from "node:async_hooks";

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Facts about one line; values end up as JSON. Never pass a secret: there is no filter behind this. */
export type LogFields = Readonly<Record<string, unknown>>;

/** JSON lines on stderr: `{"time","level","service","message",…fields,"trace_id"?}`. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const currentTrace = new AsyncLocalStorage<string>();

/** The W3C `traceparent` of the work in hand, if any: https://www.w3.org/TR/trace-context/ */
export function traceparent(): string | undefined {
  return currentTrace.getStore();
}

/** Runs `work` under the given traceparent, or under a new one, so that its log lines and messages carry it. */
export function withTrace<T>(parent: string | undefined, work: () => T): T {
  return currentTrace.run(parent ?? newTraceparent(), work);
}

function newTraceparent(): string {
  const hex = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)).toHex();
  return `00-${hex(16)}-${hex(8)}-01`;
}

/** Makes the log of one service. `write` is for tests; lines go to stderr, as stdout belongs to commands. */
export function createLog(
  service: string,
  level: LogLevel,
  write: (line: string) => void = (line) => void process.stderr.write(line),
): Log {
  const lowest = LOG_LEVELS.indexOf(level);
  const at = (name: LogLevel) => {
    if (LOG_LEVELS.indexOf(name) < lowest) return () => {};
    return (message: string, fields: LogFields = {}) => {
      const trace = traceparent();
      const line = {
        time: new Date().toISOString(),
        level: name,
        service,
        message,
        ...describeErrors(fields),
        ...(trace === undefined ? {} : { trace_id: trace.split("-")[1] }),
      };
      write(`${JSON.stringify(line)}\n`);
    };
  };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
  };
}

/** JSON turns an Error into `{}`; its message, code and stack are what a reader needs. */
function describeErrors(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value instanceof Error ? describe(value) : value,
    ]),
  );
}

function describe(error: Error): LogFields {
  return {
    name: error.name,
    message: error.message,
    ...("code" in error ? { code: error.code } : {}),
    stack: error.stack
      ?.split("\n")
      .slice(1, 6)
      .map((line) => line.trim()),
    ...(error.cause instanceof Error ? { cause: describe(error.cause) } : {}),
  };
}
