import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { embeddedServerUrl } from "@tracker/bus";
import { until } from "./service-process.ts";
import { adminOf } from "./tracker-client.ts";

const MAIN = join(import.meta.dir, "../services/main.ts");
const READY_MS_MAX = 30_000;
const COMMAND_MS_MAX = 30_000;
/** What compose and systemd are told to wait for. */
const STOP_MS_MAX = 8_000;
export const PASSWORD = "a password of this test";

export type Variables = Readonly<Record<string, string>>;

/** How a process ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of `services/main.ts`, whatever it does. */
export interface TrackerProcess extends AsyncDisposable {
  readonly pid: number;
  /** The exit code; null while it runs. */
  readonly exitCode: number | null;
  /** Everything that it wrote to stdout and stderr. */
  output(): string;
  /** Sends SIGTERM and answers how it ended and how long that took. */
  stop(): Promise<{ readonly exitCode: number | null; readonly ms: number }>;
  kill(): Promise<void>;
}

/** A whole tracker in a process of its own, as `./tracker up` runs it. */
export interface RunningTracker extends TrackerProcess {
  readonly url: string;
  readonly dataDir: string;
  /** For a command or a client that is to find it: DATA_DIR and its NATS_URL. */
  readonly env: Variables;
  /** A request as its administrator. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The JSON that it answers; throws for anything but success. */
  get<T>(path: string): Promise<T>;
  /** The same for a request with a body. */
  send<T>(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<T>;
  /** Runs a command of `./tracker` against it. */
  command(...words: string[]): Promise<Ended>;
}

export interface TrackerOptions {
  readonly env?: Variables;
  /** A folder that is there already and stays; a temporary one unless told. */
  readonly dataDir?: string;
  /** Put before the command, as `setpriv …`. */
  readonly prefix?: readonly string[];
}

/** Starts `up` on free ports and waits until it says that it is ready. Disposing asks it to stop, which it must do with exit 0 in time. */
export async function startTracker(options: TrackerOptions = {}): Promise<RunningTracker> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "tracker-system-"));
  const own = { DATA_DIR: dataDir, PORT: "0", NATS_PORT: "0", ADMIN_PASSWORD: PASSWORD };
  const env = { ...own, ...options.env };
  const tracker = spawnTracker(["up"], env, options.prefix);
  const remove = () => {
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await until("the tracker to be ready", READY_MS_MAX, () => {
      if (tracker.exitCode !== null) throw new Error(`it ended: ${tracker.output()}`);
      return tracker.output().includes("Game Tracker is ready");
    });
  } catch (error) {
    await tracker.kill();
    remove();
    throw error;
  }
  const url = logged(tracker.output(), "listening", "url").replace(/\/$/, "");
  const natsUrl = options.env?.["NATS_URL"] ?? embeddedServerUrl(dataDir) ?? "";
  const reaching = { DATA_DIR: dataDir, NATS_URL: natsUrl };
  return {
    ...adminOf(url, env["ADMIN_PASSWORD"]),
    pid: tracker.pid,
    get exitCode() {
      return tracker.exitCode;
    },
    url,
    dataDir,
    env: reaching,
    output: () => tracker.output(),
    stop: () => tracker.stop(),
    kill: () => tracker.kill(),
    command: (...words) => runTracker(words, reaching),
    async [Symbol.asyncDispose]() {
      try {
        await tracker[Symbol.asyncDispose]();
      } finally {
        remove();
      }
    },
  };
}

/** Starts `services/main.ts` with these words and nothing in its environment but `env` and the tools. */
export function spawnTracker(
  words: readonly string[],
  env: Variables,
  prefix: readonly string[] = [],
): TrackerProcess {
  const command = [...prefix, process.execPath, "--no-env-file", MAIN, ...words];
  const child = Bun.spawn(command, {
    env: { ...tools(), ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const texts = [collect(child.stdout), collect(child.stderr)];
  const output = () => texts.map(({ text }) => text()).join("");
  const stop = async () => {
    const startedAt = performance.now();
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 2 * STOP_MS_MAX);
    await child.exited;
    clearTimeout(late);
    return { exitCode: child.exitCode, ms: performance.now() - startedAt };
  };
  return {
    pid: child.pid,
    get exitCode() {
      return child.exitCode;
    },
    output,
    stop,
    async kill() {
      child.kill("SIGKILL");
      await child.exited;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        const { exitCode, ms } = await stop();
        if (exitCode !== 0 || ms > STOP_MS_MAX)
          throw new Error(`it ended with ${exitCode} after ${Math.round(ms)} ms: ${output()}`);
      }
      await Promise.all(texts.map(({ ended }) => ended));
    },
  };
}

/** Runs `services/main.ts` with these words to its end, as `./tracker` does. */
export async function runTracker(
  words: readonly string[],
  env: Variables,
  { prefix = [], cwd }: { prefix?: readonly string[]; cwd?: string } = {},
): Promise<Ended> {
  const child = Bun.spawn([...prefix, process.execPath, "--no-env-file", MAIN, ...words], {
    env: { ...tools(), ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    timeout: COMMAND_MS_MAX,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  await child.exited;
  return { exitCode: child.exitCode, stdout, stderr };
}

/** What the process says to a person, without the log's JSON lines. */
export function wordsOf(output: string): string[] {
  return output.split("\n").filter((line) => line !== "" && !line.startsWith("{"));
}

/** Where nats-server lies. */
export function natsServerBinary(): string {
  const server = process.env["NATS_SERVER_BIN"] || Bun.which("nats-server");
  if (!server) throw new Error("no nats-server: set NATS_SERVER_BIN or run ./tracker test");
  return server;
}

/** Where the tools lie is all that a started process takes from the environment of the tests. */
function tools(): Record<string, string> {
  return { NATS_SERVER_BIN: natsServerBinary(), PATH: process.env["PATH"] ?? "" };
}

/** A field of the newest log line with that message. */
function logged(output: string, message: string, field: string): string {
  const lines = output.split("\n").filter((line) => line.startsWith("{"));
  const found = lines
    .map((line): Record<string, unknown> => JSON.parse(line))
    .findLast((line) => line["message"] === message);
  const value = found?.[field];
  if (typeof value !== "string") throw new Error(`no log line “${message}” with ${field}`);
  return value;
}

function collect(stream: ReadableStream<Uint8Array>) {
  let text = "";
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
  })();
  return { text: () => text, ended };
}
