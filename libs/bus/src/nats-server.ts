import { existsSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigError, type Log, wait } from "@tracker/service";
import { ensureCredentials } from "./credential.ts";
import { watchDisk } from "./disk-watch.ts";
import { serverConfiguration } from "./server-configuration.ts";

export interface NatsServerOptions {
  /** Holds `nats/` (streams, configuration, log) and `credentials/` (one nkey seed per user). */
  readonly dataDir: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly binary: string;
  readonly log: Log;
}

export interface NatsServer extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** Ends the server as a crash would; it is started again on the same port and files. For tests. */
  kill(): void;
}

const START_MS_MAX = 10_000;
const STOP_MS_MAX = 5_000;
const HOST = "127.0.0.1";

/**
 * Starts nats-server as a child, with JetStream on disk and one user per service, and starts it again should it end
 * by itself. A server left over from a run that was killed is ended first, since it holds the port and the files.
 */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  const folder = resolve(options.dataDir, "nats");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const configuration = `${folder}/nats.conf`;
  const pidFile = `${folder}/nats.pid`;
  await endLeftOver(pidFile, configuration);
  const binary = Bun.which(options.binary);
  if (binary === null) {
    throw new ConfigError(
      "nats-server is not there: set NATS_SERVER_BIN to it, or start ./tracker",
    );
  }
  const port = options.port || freePort();
  assertFree(port);
  const place = { host: HOST, port, storeDir: `${folder}/streams`, pidFile };
  writeFileSync(configuration, serverConfiguration(place, ensureCredentials(options.dataDir)), {
    mode: 0o600,
  });

  let child = await launch(binary, configuration, folder, port);
  let stopping = false;
  const end = () => child.kill("SIGTERM");
  process.on("exit", end);
  const supervised = (async () => {
    for (;;) {
      using _watch = watchDisk(folder, options.log, () => child.kill("SIGTERM"));
      await child.exited;
      if (stopping) return;
      options.log.warn("nats-server ended; starting it again");
      child = await launch(binary, configuration, folder, port);
    }
  })();
  return {
    url: `nats://${HOST}:${port}`,
    get pid() {
      return child.pid;
    },
    kill: () => child.kill("SIGKILL"),
    async [Symbol.asyncDispose]() {
      stopping = true;
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
      await supervised;
      clearTimeout(late);
      process.off("exit", end);
    },
  };
}

type Child = Bun.Subprocess<"ignore", number, number>;

async function launch(
  binary: string,
  configuration: string,
  folder: string,
  port: number,
): Promise<Child> {
  const log = `${folder}/nats.log`;
  const output = openSync(log, "a", 0o600);
  const saidBefore = statSync(log).size;
  const child: Child = Bun.spawn([binary, "-c", configuration], {
    stdin: "ignore",
    stdout: output,
    stderr: output,
    // A Ctrl-C in the terminal is ours alone: the server ends last, once everybody has left it.
    detached: true,
    // The server ignores container limits; this keeps its heap in bounds. https://docs.nats.io
    env: { GOMEMLIMIT: "96MiB" },
  });
  const deadline = performance.now() + START_MS_MAX;
  while (!(await answers(port))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      const words = lastWords(log, saidBefore);
      if (words === null) throw silentEnd(binary);
      throw new Error(`nats-server did not start: ${words}`);
    }
    if (performance.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(
        `nats-server did not start within ${START_MS_MAX / 1000} s; see ${folder}/nats.log`,
      );
    }
    await wait(10);
  }
  return child;
}

async function answers(port: number): Promise<boolean> {
  try {
    const socket = await Bun.connect({ hostname: HOST, port, socket: { data() {} } });
    socket.end();
    return true;
  } catch {
    return false; // Nobody listens yet.
  }
}

function freePort(): number {
  const listener = Bun.listen({ hostname: HOST, port: 0, socket: { data() {} } });
  const { port } = listener;
  listener.stop(true);
  return port;
}

function assertFree(port: number): void {
  try {
    Bun.listen({ hostname: HOST, port, socket: { data() {} } }).stop(true);
  } catch (error) {
    throw new ConfigError(
      `port ${port} for the embedded nats-server is taken: set NATS_PORT to a free one, or NATS_URL to use a server that runs`,
      { cause: error },
    );
  }
}

/** Ends the nats-server that an earlier run with this folder left behind, and no other process. */
async function endLeftOver(pidFile: string, configuration: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").trim());
  if (!Number.isSafeInteger(pid) || pid <= 1 || !commandOf(pid).includes(configuration)) return;
  process.kill(pid, "SIGTERM");
  const deadline = performance.now() + STOP_MS_MAX;
  while (commandOf(pid).includes(configuration)) {
    if (performance.now() > deadline) process.kill(pid, "SIGKILL");
    await wait(50);
  }
}

/** The command line of a process, empty when there is none; Linux without `ps` has /proc, macOS the other way round. */
function commandOf(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  if (existsSync("/proc/self/cmdline")) {
    return existsSync(file) ? readFileSync(file, "utf8").replaceAll("\0", " ") : "";
  }
  return Bun.spawnSync(["ps", "-o", "args=", "-p", String(pid)]).stdout.toString();
}

/** The last line that was written into a log after its first `from` bytes; null when nothing was. */
function lastWords(path: string, from: number): string | null {
  const said = readFileSync(path).subarray(from).toString().trim();
  return said === "" ? null : (said.split("\n").at(-1) ?? null);
}

function silentEnd(binary: string): ConfigError {
  return new ConfigError(
    `NATS_SERVER_BIN: expected a nats-server, got ${binary}, which ended at once and said nothing`,
  );
}
