import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ensureCredentials, serverConfiguration } from "@tracker/bus";
import type { Environment } from "@tracker/service";
import { makeDataDir } from "./up.ts";

/** Where compose's nats-server listens: inside its own network; only 127.0.0.1 of the machine is published. */
const LISTEN = { host: "0.0.0.0", port: 4222 };

/**
 * Prepares DATA_DIR for a nats-server in a container of its own: one nkey per user, and the configuration that names
 * them. Doing it again keeps the keys.
 */
export function initCommand(env: Environment): void {
  const dataDir = resolve(env["DATA_DIR"] || "./data");
  makeDataDir(dataDir);
  const folder = join(dataDir, "nats");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const place = { ...LISTEN, storeDir: join(folder, "streams") };
  const configuration = serverConfiguration(place, ensureCredentials(dataDir));
  writeFileSync(join(folder, "nats.conf"), configuration, { mode: 0o600 });
  process.stdout.write("tracker: credentials and nats.conf are in place\n");
}
