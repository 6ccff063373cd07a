import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeSecretFile } from "@tracker/service";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

const SECRET_BYTES = 32;
const SECRET_PREFIX = "whsec_";

/** The parts of a webhook that only this process knows. An address may be secret too: Discord's lets anybody post. */
const WebhookSecret = Type.Object({ url: Type.String(), secret: Type.String() });
export type WebhookSecret = Static<typeof WebhookSecret>;

/** A new signing secret, as the Standard Webhooks specification writes one. */
export function newSigningSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return `${SECRET_PREFIX}${bytes.toBase64()}`;
}

/** The bytes that sign. */
export function signingKey(secret: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(secret.slice(SECRET_PREFIX.length));
}

export function writeWebhookSecret(dataDir: string, key: string, secret: WebhookSecret): void {
  writeSecretFile(pathOf(dataDir, key), `${JSON.stringify(secret)}\n`);
}

/** Null where it is missing, as after a restore elsewhere: credentials are in no backup. */
export function readWebhookSecret(dataDir: string, key: string): WebhookSecret | null {
  try {
    const told: unknown = JSON.parse(readFileSync(pathOf(dataDir, key), "utf8"));
    return Value.Check(WebhookSecret, told) ? told : null;
  } catch {
    return null;
  }
}

export function removeWebhookSecret(dataDir: string, key: string): void {
  rmSync(pathOf(dataDir, key), { force: true });
}

function pathOf(dataDir: string, key: string): string {
  return join(dataDir, "credentials", `webhook-${key}.json`);
}
