/** Starts the named services in one process (all of them when none is named), and runs the operator's commands. */
import {
  crawlCommand,
  initCommand,
  startJobCommand,
  statusCommand,
  tokenCommand,
  up,
  USAGE,
  UsageError,
} from "@tracker/commands";
import { ConfigError, type Environment, type RunService } from "@tracker/service";
import manifest from "../package.json" with { type: "json" };

/** Each is loaded when it is started, so that a process holds no more than what it runs: 10 MB less for each of the six. */
const SERVICES: Readonly<Record<string, RunService>> = {
  store: async (host) => (await import("@tracker/store")).runStore(host),
  "steam-poller": async (host) => (await import("@tracker/steam-poller")).runSteamPoller(host),
  scheduler: async (host) => (await import("@tracker/scheduler")).runScheduler(host),
  importer: async (host) => (await import("@tracker/importer")).runImporter(host),
  "steamspy-collector": async (host) =>
    (await import("@tracker/steamspy-collector")).runSteamspyCollector(host),
  api: async (host) => (await import("@tracker/api")).runApi(host),
};

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_CONFIG = 78;

type Command = (words: readonly string[], env: Environment, version: string) => unknown;

const COMMANDS: Readonly<Record<string, Command>> = {
  up: (names, env, version) =>
    up({ services: SERVICES, names, env, version, onReady: sayReady(env) }),
  init: (_words, env) => initCommand(env),
  status: statusCommand,
  poll: (words, env, version) => startJobCommand("poll", words, env, version),
  crawl: crawlCommand,
  snapshot: (words, env, version) => startJobCommand("snapshot", words, env, version),
  backup: (words, env, version) => startJobCommand("backup", words, env, version),
  restore: (words, env) => restore(words, env),
  token: tokenCommand,
  // What only a checkout has is loaded only when asked for: the image has no tests.
  demo: async (words, env, version) =>
    (await import("../tests/demo/main.ts")).demo(SERVICES, words, env, version),
  test: async (words) => (await import("../tests/run.ts")).test(words),
  bench: async (words) => (await import("../tests/bench/main.ts")).bench(words),
  help: () => void process.stdout.write(`${USAGE}\n`),
};

function sayReady(env: Environment): () => void {
  const host = env["HOST"] || "127.0.0.1";
  return () =>
    void process.stdout.write(`Game Tracker is ready: http://${host}:${env["PORT"] || 8080}\n`);
}

async function restore(words: readonly string[], env: Environment): Promise<void> {
  const [file, ...rest] = words;
  if (file === undefined || rest.length > 0) throw new UsageError("expected: restore FILE");
  const { restoreDatabase } = await import("@tracker/store");
  process.stdout.write(`${restoreDatabase(env["DATA_DIR"] || "./data", file)}\n`);
}

async function main([name = "help", ...words]: readonly string[]): Promise<number> {
  const command = name.startsWith("-") ? COMMANDS["help"] : COMMANDS[name];
  try {
    if (command === undefined) throw new UsageError(`unknown command ${name}`);
    const code = await command(words, process.env, manifest.version);
    return typeof code === "number" ? code : 0;
  } catch (error) {
    return explain(error);
  }
}

/** One line for a person; what a developer needs is in the log. */
function explain(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`tracker: ${message}\n`);
  if (error instanceof UsageError) {
    process.stderr.write(`${USAGE}\n`);
    return EXIT_USAGE;
  }
  if (error instanceof ConfigError) return EXIT_CONFIG;
  if (process.env["LOG_LEVEL"] === "debug" && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ""}\n`);
  }
  return EXIT_FAILED;
}

process.exit(await main(process.argv.slice(2)));
