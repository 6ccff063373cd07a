import {
  type checkAccess as check,
  type createLogin as login,
  type createToken as creation,
  type Input,
  isUnavailable,
  type listTokens as list,
  type Output,
  type removeLogin as logout,
  type Scope,
  ServiceError,
  type Token,
} from "@tracker/contracts";
import { and, eq, gt, isNull, lte, or } from "drizzle-orm";
import { type Database, inTransaction } from "./database.ts";
import { instantOf, instantOrNull, readInstant } from "./instant.ts";
import { apiTokens, uiSessions } from "./schema.ts";
import { isRemembered, orInMemory } from "./unkept-login.ts";

type TokenRow = typeof apiTokens.$inferSelect;
type Nothing = Record<string, never>;

/** A browser stands for the owner, who may do anything; a token for what it was made for. */
const LOGIN_SCOPES: readonly Scope[] = ["admin"];
/** Resolution of last_used_at: at most one write a minute per token. */
const LAST_USED_STEP_MS = 60_000;

/** Remembers a browser's login by the hash of its cookie, and forgets those that have expired. */
export function createLogin(database: Database, input: Input<typeof login>, now: number): Nothing {
  const expiresAt = readInstant(input.expires_at, "/expires_at");
  keepLogin(database, { hash: input.hash, expiresAt }, now);
  return {};
}

function keepLogin(
  database: Database,
  login: { readonly hash: string; readonly expiresAt: number },
  now: number,
): void {
  const { hash, expiresAt } = login;
  orInMemory(database, login, () => {
    inTransaction(database, () => {
      database.drizzle.delete(uiSessions).where(lte(uiSessions.expiresAt, now)).run();
      database.drizzle
        .insert(uiSessions)
        .values({ hash, createdAt: now, expiresAt })
        .onConflictDoUpdate({ target: uiSessions.hash, set: { expiresAt } })
        .run();
    });
  });
}

/** Forgets one browser's login, or every one. */
export function removeLogin(database: Database, { hash, all }: Input<typeof logout>): Nothing {
  if (all === true) database.unkeptLogins.clear();
  else if (database.unkeptLogins.delete(hash ?? "")) return {};
  const meant = all === true ? undefined : eq(uiSessions.hash, hash ?? "");
  inTransaction(database, () => {
    database.drizzle.delete(uiSessions).where(meant).run();
  });
  return {};
}

/** Remembers a token by its hash. Sent twice it is made once; CONFLICT when another active one has that name. */
export function createToken(
  database: Database,
  { hash, name: given, scopes, expires_at: expires }: Input<typeof creation>,
  now: number,
): Token {
  const expiresAt = expires == null ? null : readInstant(expires, "/expires_at");
  const name = given.trim();
  return inTransaction(database, () => {
    const known = tokenOf(database, hash);
    if (known !== undefined) return toToken(known);
    const [taken] = database.drizzle
      .select({ id: apiTokens.id })
      .from(apiTokens)
      .where(and(eq(apiTokens.name, name), isActive(now)))
      .limit(1)
      .all();
    if (taken !== undefined) {
      const message = `/name: expected a name that no active token has, got ${name}, which token ${taken.id} has`;
      throw new ServiceError("CONFLICT", message, { field: "/name" });
    }
    const values = { hash, name, scopes: JSON.stringify(scopes), createdAt: now, expiresAt };
    return toToken(database.drizzle.insert(apiTokens).values(values).returning().get());
  });
}

/** Every token, oldest first, the revoked ones too. */
export function listTokens(database: Database): Output<typeof list> {
  const rows = database.drizzle.select().from(apiTokens).orderBy(apiTokens.id).all();
  return { items: rows.map(toToken) };
}

/** Ends a token at once. Doing it again changes nothing. */
export function revokeToken(database: Database, { id }: { id: number }, now: number): Token {
  return inTransaction(database, () => {
    database.drizzle
      .update(apiTokens)
      .set({ revokedAt: now })
      .where(and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt)))
      .run();
    const row = database.drizzle.select().from(apiTokens).where(eq(apiTokens.id, id)).get();
    if (row === undefined) throw new ServiceError("NOT_FOUND", `there is no token ${id}`);
    return toToken(row);
  });
}

/** The scopes that a cookie or token stands for; none when it is unknown, expired or revoked. */
export function checkAccess(
  database: Database,
  { kind, hash }: Input<typeof check>,
  now: number,
): Output<typeof check> {
  if (kind === "login") {
    const active = and(eq(uiSessions.hash, hash), gt(uiSessions.expiresAt, now));
    const row = database.drizzle.select().from(uiSessions).where(active).get();
    const holds =
      row !== undefined ||
      isRemembered(database, hash, now, (expiresAt) =>
        keepLogin(database, { hash, expiresAt }, now),
      );
    return { scopes: holds ? [...LOGIN_SCOPES] : [], name: null };
  }
  const row = tokenOf(database, hash, now);
  if (row === undefined) return { scopes: [], name: null };
  if (row.lastUsedAt === null || row.lastUsedAt <= now - LAST_USED_STEP_MS)
    noteUse(database, row, now);
  return { scopes: scopesOf(row), name: row.name };
}

/** A disk that is full must not keep its owner from looking at what is wrong. */
function noteUse(database: Database, { id }: TokenRow, now: number): void {
  try {
    inTransaction(database, () => {
      database.drizzle.update(apiTokens).set({ lastUsedAt: now }).where(eq(apiTokens.id, id)).run();
    });
  } catch (error) {
    if (!isUnavailable(error)) throw error;
  }
}

/** The token of that hash; only an active one when told the time. */
function tokenOf(database: Database, hash: string, now?: number): TokenRow | undefined {
  const active = now === undefined ? undefined : isActive(now);
  return database.drizzle
    .select()
    .from(apiTokens)
    .where(and(eq(apiTokens.hash, hash), active))
    .get();
}

function isActive(now: number) {
  return and(
    isNull(apiTokens.revokedAt),
    or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now)),
  );
}

function scopesOf({ scopes }: TokenRow): Scope[] {
  return JSON.parse(scopes) as Scope[];
}

function toToken(row: TokenRow): Token {
  return {
    id: row.id,
    name: row.name,
    scopes: scopesOf(row),
    created_at: instantOf(row.createdAt),
    expires_at: instantOrNull(row.expiresAt),
    last_used_at: instantOrNull(row.lastUsedAt),
    revoked_at: instantOrNull(row.revokedAt),
  };
}
