/** Starts the named services in one process (all of them when none is named), and runs the operator's commands. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  adoptCommand,
  crawlCommand,
  exportCommand,
  importArchiveCommand,
  importCommand,
  initCommand,
  type Services,
  startJobCommand,
  statusCommand,
  tokenCommand,
  up,
  USAGE,
  UsageError,
} from "@tracker/commands";
import { ConfigError, type Environment, messageOf } from "@tracker/service";
import manifest from "../package.json" with { type: "json" };

/** Each is loaded when it is started, so that a process holds no more than what it runs: 10 MB less for each of the six. */
const SERVICES: Services = {
  store: async () => {
    const { runStore, readConfig } = await import("@tracker/store");
    return { run: runStore, readConfig };
  },
  "steam-poller": async () => {
    const { runSteamPoller, readConfig } = await import("@tracker/steam-poller");
    return { run: runSteamPoller, readConfig };
  },
  scheduler: async () => {
    const { runScheduler, readSchedules } = await import("@tracker/scheduler");
    return { run: runScheduler, readConfig: readSchedules };
  },
  importer: async () => {
    const { runImporter, readConfig } = await import("@tracker/importer");
    return { run: runImporter, readConfig };
  },
  "steamspy-collector": async () => {
    const { runSteamspyCollector, readConfig } = await import("@tracker/steamspy-collector");
    return { run: runSteamspyCollector, readConfig };
  },
  api: async () => {
    const { runApi, readConfig } = await import("@tracker/api");
    return { run: runApi, readConfig };
  },
};

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_CONFIG = 78;

const HELP: ReadonlySet<string> = new Set(["--help", "-h"]);
const PRIVATE: ReadonlySet<string> = new Set([
  "up",
  "restore",
  "adopt",
  "export",
  "import-archive",
]);

type Command = (words: readonly string[], env: Environment, version: string) => unknown;

const COMMANDS: Readonly<Record<string, Command>> = {
  up: (names, env, version) => {
    const onReady = () => sayReady(names, env);
    return up({ services: SERVICES, names, env, version, onReady });
  },
  init: (_words, env) => initCommand(env),
  status: statusCommand,
  import: importCommand,
  poll: (words, env, version) => startJobCommand("poll", words, env, version),
  crawl: crawlCommand,
  snapshot: (words, env, version) => startJobCommand("snapshot", words, env, version),
  history: (words, env, version) => startJobCommand("history", words, env, version),
  backup: (words, env, version) => startJobCommand("backup", words, env, version),
  restore: (words, env) => restore(words, env),
  export: async (words, env, version) =>
    exportCommand(words, env, version, (await import("@tracker/store")).exportStopped),
  "import-archive": async (words, env) =>
    importArchiveCommand(words, env, (await import("@tracker/store")).importArchive),
  adopt: async (words, env) =>
    adoptCommand(words, env, (await import("@tracker/store")).adoptDatabase),
  token: tokenCommand,
  // What only a checkout has is loaded only when asked for: the image has no tests.
  demo: async (words, env, version) =>
    (await import("../tests/demo/main.ts")).demo(SERVICES, words, env, version),
  test: async (words) => (await import("../tests/run.ts")).test(words),
  bench: async (words) => (await import("../tests/bench/main.ts")).bench(words),
  screenshots: async (words) => (await import("../tests/screenshots/main.ts")).screenshots(words),
  "--version": (_words, _env, version) => void process.stdout.write(`Game Tracker ${version}\n`),
  help: () => void process.stdout.write(`${USAGE}\n`),
};

function sayReady(names: readonly string[], env: Environment): void {
  const address = `http://${env["HOST"] || "127.0.0.1"}:${env["PORT"] || 8080}`;
  const isWhole = names.length === 0 || names.includes("api");
  const what = isWhole ? `Game Tracker is ready: ${address}` : `ready: ${names.join(", ")}`;
  process.stdout.write(`${what}\n`);
}

/** A file that is not there under its name is looked for among the backups, whose names `backup --follow` prints. */
async function restore(words: readonly string[], env: Environment): Promise<void> {
  const [name, ...rest] = words;
  if (name === undefined || rest.length > 0) throw new UsageError("expected: restore FILE");
  const dataDir = env["DATA_DIR"] || "./data";
  const kept = join(dataDir, "backups", name);
  const file = !existsSync(name) && existsSync(kept) ? kept : name;
  const { restoreDatabase } = await import("@tracker/store");
  try {
    process.stdout.write(`${restoreDatabase(dataDir, file)}\n`);
  } catch (error) {
    // What cannot be put back is no wrong configuration.
    throw error instanceof ConfigError ? new Error(error.message, { cause: error }) : error;
  }
}

async function main([name = "help", ...words]: readonly string[]): Promise<number> {
  const asksForHelp = HELP.has(name) || words.some((word) => HELP.has(word));
  const command = Object.hasOwn(COMMANDS, asksForHelp ? "help" : name)
    ? COMMANDS[asksForHelp ? "help" : name]
    : undefined;
  try {
    if (command === undefined) throw new UsageError(`unknown command ${name}`);
    // What these write is a person's whole history: nobody else reads it, whatever folder it lies in.
    if (PRIVATE.has(name)) process.umask(0o077);
    const code = await command(words, process.env, manifest.version);
    return typeof code === "number" ? code : 0;
  } catch (error) {
    return explain(error);
  }
}

/** One line for a person; what a developer needs is in the log. */
function explain(error: unknown): number {
  const message = messageOf(error);
  process.stderr.write(`tracker: ${message}\n`);
  if (error instanceof UsageError) {
    process.stderr.write("see ./tracker help\n");
    return EXIT_USAGE;
  }
  if (error instanceof ConfigError) return EXIT_CONFIG;
  if (process.env["LOG_LEVEL"] === "debug" && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ""}\n`);
  }
  return EXIT_FAILED;
}

process.exit(await main(process.argv.slice(2)));
