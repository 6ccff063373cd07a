import { createHash } from "node:crypto";
import { request } from "@tracker/bus";
import { createToken, listTokens, revokeToken, type Scope, SCOPES } from "@tracker/contracts";
import type { Environment } from "@tracker/service";
import { connectOperator } from "./operator.ts";
import { UsageError } from "./usage.ts";

const EXPECTED = `expected: token create NAME [${SCOPES.join("|")}…] · token list · token revoke ID`;

/** Makes, lists and revokes bearer tokens of a running tracker. A new one is shown once; only its hash is stored. */
export async function tokenCommand(
  words: readonly string[],
  env: Environment,
  version: string,
): Promise<void> {
  const [verb, subject, ...rest] = words;
  if (verb === "create" && subject) return await create(subject, rest, env, version);
  if (verb === "list" && !subject) return await list(env, version);
  if (verb === "revoke" && subject && rest.length === 0) return await revoke(subject, env, version);
  throw new UsageError(EXPECTED);
}

async function create(name: string, words: readonly string[], env: Environment, version: string) {
  const scopes = new Set(words.length === 0 ? (["read"] as const) : words.map(scopeOf));
  await using bus = await connectOperator(env, version);
  const secret = `trk_${crypto.getRandomValues(new Uint8Array(32)).toBase64({ alphabet: "base64url", omitPadding: true })}`;
  const hash = createHash("sha256").update(secret).digest("hex");
  const token = await request(bus, createToken, { hash, name, scopes: [...scopes] });
  process.stdout.write(
    `token ${token.id} (${token.scopes.join(", ")}), shown only now:\n${secret}\n`,
  );
}

function scopeOf(word: string): Scope {
  const scope = SCOPES.find((known) => known === word);
  if (scope === undefined) throw new UsageError(`unknown scope ${word}; ${EXPECTED}`);
  return scope;
}

async function list(env: Environment, version: string): Promise<void> {
  await using bus = await connectOperator(env, version);
  const { items } = await request(bus, listTokens, {});
  for (const token of items) {
    const state = token.revoked_at
      ? `revoked ${token.revoked_at}`
      : `last used ${token.last_used_at ?? "never"}`;
    process.stdout.write(
      `${token.id}\t${inOneLine(token.name)}\t${token.scopes.join(",")}\t${state}\n`,
    );
  }
  if (items.length === 0) process.stdout.write("no tokens\n");
}

async function revoke(word: string, env: Environment, version: string): Promise<void> {
  const id = Number(word);
  if (!Number.isSafeInteger(id) || id < 1) throw new UsageError(EXPECTED);
  await using bus = await connectOperator(env, version);
  const token = await request(bus, revokeToken, { id });
  process.stdout.write(`token ${token.id} (${inOneLine(token.name)}) is revoked\n`);
}

/** A name of before names were held to one line may forge a row, or steer the terminal. */
function inOneLine(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, "�");
}
