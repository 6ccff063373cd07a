import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, type Host } from "@tracker/service";
import { nkeys } from "nats";
import type { BusOptions } from "./connect.ts";
import { permissions } from "./permission.ts";

/** The part of the nkeys library that is used here; the client exports it without types. */
interface KeyPair {
  getPublicKey(): string;
  getSeed(): Uint8Array;
}
const keys = nkeys as { createUser(): KeyPair; fromSeed(seed: Uint8Array): KeyPair };

const SEED_FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Where the seed of a user's nkey is kept. */
export function seedPath(dataDir: string, user: string): string {
  return join(dataDir, "credentials", `${user}.nk`);
}

/**
 * Makes an nkey for each user of the bus that has none yet, and answers their public keys. The server's configuration
 * holds public keys only; the seeds stay in `DATA_DIR/credentials`, readable by their owner alone.
 */
export function ensureCredentials(dataDir: string): ReadonlyMap<string, string> {
  mkdirSync(join(dataDir, "credentials"), { recursive: true, mode: FOLDER_MODE });
  return new Map(
    [...permissions().keys()].map((user) => [user, publicKey(seedPath(dataDir, user))]),
  );
}

function publicKey(path: string): string {
  if (existsSync(path)) {
    try {
      return keys.fromSeed(readSeed(path)).getPublicKey();
    } catch (error) {
      throw new ConfigError(
        `DATA_DIR: ${path} holds no key of a bus user: delete it, and a new one is made`,
        { cause: error },
      );
    }
  }
  const pair = keys.createUser();
  writeFileSync(path, `${new TextDecoder().decode(pair.getSeed())}\n`, { mode: SEED_FILE_MODE });
  chmodSync(path, SEED_FILE_MODE);
  return pair.getPublicKey();
}

function readSeed(path: string): Uint8Array {
  return new TextEncoder().encode(readFileSync(path, "utf8").trim());
}

/**
 * How the named service reaches the bus: `NATS_URL`, and its own seed from `DATA_DIR/credentials` where there is one.
 * An address that names a user needs no seed.
 */
export function busOptions(host: Host, name: string): BusOptions {
  const url = host.env["NATS_URL"] || "nats://127.0.0.1:4222";
  const path = seedPath(host.env["DATA_DIR"] || "./data", name);
  const seed = !url.includes("@") && existsSync(path) ? readSeed(path) : undefined;
  const { version, signal, health } = host;
  return { url, name, version, log: host.log(name), signal, health, seed };
}
