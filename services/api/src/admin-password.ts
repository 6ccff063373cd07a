import { createHash, scryptSync } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, errorCode } from "@tracker/service";

const GENERATED_BYTES = 15;
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

export interface PasswordSource {
  readonly password: string | undefined;
  readonly dataDir: string;
  /** Shows the generated password to a person, once; never the log. */
  print(text: string): void;
}

export interface AdminPassword {
  /** Its argon2id hash. */
  readonly hash: string;
  /** Goes into the hash of each login made with it: with another password they are not known any more. */
  readonly loginKey: Uint8Array;
}

const KEY_BYTES = 32;
const KEY_SALT = "game tracker login key";

/** The administrator's password: the given one, or one made at the first start. */
export async function readAdminPassword(source: PasswordSource): Promise<AdminPassword> {
  const { password } = source;
  const hash = await adminPasswordHash(source);
  // A given password is hashed with a new salt at each start, hence a slow key of its own that stays the same.
  const loginKey =
    password === undefined
      ? createHash("sha256").update(hash).digest()
      : scryptSync(password, KEY_SALT, KEY_BYTES);
  return { hash, loginKey };
}

/** The argon2id hash of the administrator's password: the given one's, or that of one made at the first start. */
async function adminPasswordHash(source: PasswordSource): Promise<string> {
  if (source.password !== undefined) return hashPassword(source.password);
  const folder = join(source.dataDir, "credentials");
  const path = join(folder, "admin-password.hash");
  if (existsSync(path)) return readHash(path);
  const password = crypto.getRandomValues(new Uint8Array(GENERATED_BYTES)).toBase64({
    alphabet: "base64url",
  });
  const hash = await hashPassword(password);
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    writeFileSync(path, `${hash}\n`, { mode: FILE_MODE, flag: "wx" });
    chmodSync(path, FILE_MODE);
  } catch (error) {
    throw new ConfigError(
      `DATA_DIR: cannot write credentials/admin-password.hash (${errorCode(error) || "unknown"}); make the folder writable or set ADMIN_PASSWORD`,
      { cause: error },
    );
  }
  source.print(
    `Admin password (made now, shown only this once): ${password}\nTo choose your own, set ADMIN_PASSWORD; for a new one, delete ${path} and start again.\n`,
  );
  return hash;
}

export function verifyPassword(password: string, hash: string): Promise<boolean> {
  return Bun.password.verify(password, hash);
}

function hashPassword(password: string): Promise<string> {
  return Bun.password.hash(password, { algorithm: "argon2id" });
}

function readHash(path: string): string {
  try {
    const hash = readFileSync(path, "utf8").trim();
    if (hash.startsWith("$argon2id$")) return hash;
  } catch (error) {
    throw new ConfigError(`DATA_DIR: cannot read ${path} (${errorCode(error) || "unknown"})`, {
      cause: error,
    });
  }
  throw new ConfigError(
    `DATA_DIR: ${path} does not hold an argon2id hash; delete it to have a new password made, or set ADMIN_PASSWORD`,
  );
}
