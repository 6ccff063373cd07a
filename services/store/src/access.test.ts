import { expect, test } from "bun:test";
import { listTokens as contract, ServiceError } from "@tracker/contracts";
import {
  checkAccess,
  createLogin,
  createToken,
  listTokens,
  removeLogin,
  revokeToken,
} from "./access.ts";
import { type Database, openDatabase } from "./database.ts";
import { contractError, DAY_MS, MINUTE_MS, NOW } from "./question-fixture.ts";

const HASH = "a".repeat(64);
const OTHER = "b".repeat(64);
const NOBODY = { scopes: [], name: null };
const iso = (ms: number) => new Date(ms).toISOString();
const make = (database: Database, hash = HASH, name = "phone") =>
  createToken(database, { hash, name, scopes: ["read"] }, NOW);
const check = (database: Database, kind: "login" | "token", now = NOW, hash = HASH) =>
  checkAccess(database, { kind, hash }, now);

test("a login stands for the owner until it expires or is removed", () => {
  using database = openDatabase(":memory:");
  createLogin(database, { hash: HASH, expires_at: iso(NOW + DAY_MS) }, NOW);
  createLogin(database, { hash: HASH, expires_at: iso(NOW + DAY_MS) }, NOW);

  expect(check(database, "login")).toEqual({ scopes: ["admin"], name: null });
  expect(check(database, "login", NOW + DAY_MS)).toEqual(NOBODY);
  expect(check(database, "login", NOW, OTHER)).toEqual(NOBODY);
  expect(check(database, "token")).toEqual(NOBODY);

  removeLogin(database, { hash: HASH });
  expect(check(database, "login")).toEqual(NOBODY);
});

test("all logins are removed together, and nothing when none is meant", () => {
  using database = openDatabase(":memory:");
  for (const hash of [HASH, OTHER]) {
    createLogin(database, { hash, expires_at: iso(NOW + DAY_MS) }, NOW);
  }
  const known = () =>
    [HASH, OTHER].map((hash) => check(database, "login", NOW, hash).scopes.length);

  removeLogin(database, {});
  expect(known()).toEqual([1, 1]);
  removeLogin(database, { all: true });
  expect(known()).toEqual([0, 0]);
});

test("logins that have expired do not pile up", () => {
  using database = openDatabase(":memory:");
  createLogin(database, { hash: HASH, expires_at: iso(NOW + 1) }, NOW);
  createLogin(database, { hash: OTHER, expires_at: iso(NOW + DAY_MS) }, NOW + 2);

  expect(database.raw.query("SELECT hash FROM ui_sessions").values()).toEqual([[OTHER]]);
});

test("a token grants its scopes until it is revoked or expires", () => {
  using database = openDatabase(":memory:");
  const { id } = make(database);
  const brief = {
    hash: OTHER,
    name: "brief",
    scopes: ["widget" as const],
    expires_at: iso(NOW + 5),
  };
  createToken(database, brief, NOW);

  expect(check(database, "token")).toEqual({ scopes: ["read"], name: "phone" });
  expect(check(database, "token", NOW, OTHER)).toEqual({ scopes: ["widget"], name: "brief" });
  expect(check(database, "token", NOW + 5, OTHER)).toEqual(NOBODY);

  const revoked = revokeToken(database, { id }, NOW);
  expect(check(database, "token")).toEqual(NOBODY);
  expect(revokeToken(database, { id }, NOW + 1)).toEqual(revoked);
  expect(contractError(contract.output, listTokens(database))).toBeUndefined();
});

test("an active token's name is taken; a retry is harmless, and a revoked name is free again", () => {
  using database = openDatabase(":memory:");
  const token = make(database);

  expect(make(database)).toEqual(token);
  expect(() => make(database, OTHER)).toThrow("expected a name that no active token has");
  revokeToken(database, token, NOW);
  expect(make(database, OTHER).name).toBe("phone");
  expect(listTokens(database).items.map(({ id }) => id)).toEqual([1, 2]);
});

test("a token's name is kept without the blanks around it, and is taken with them too", () => {
  using database = openDatabase(":memory:");
  const named = (name: string, hash: string) =>
    createToken(database, { hash, name, scopes: ["read"] }, NOW);

  expect(named("  phone ", HASH).name).toBe("phone");
  expect(() => named("phone  ", OTHER)).toThrow("expected a name that no active token has");
});

test("a token's last use is written at most once a minute", () => {
  using database = openDatabase(":memory:");
  make(database);
  const used = () => listTokens(database).items[0]?.last_used_at;

  check(database, "token", NOW);
  check(database, "token", NOW + MINUTE_MS - 1);
  expect(used()).toBe(iso(NOW));
  check(database, "token", NOW + MINUTE_MS);
  expect(used()).toBe(iso(NOW + MINUTE_MS));
});

// With the disk full, the page that says so must still open.
test("a token works while the database cannot be written", () => {
  using database = openDatabase(":memory:");
  make(database);
  database.raw.run("PRAGMA query_only = ON");

  expect(check(database, "token")).toEqual({ scopes: ["read"], name: "phone" });
  database.raw.run("PRAGMA query_only = OFF");
});

// Whoever is to make room on a full disk must be able to look at what is wrong.
test("a login works while the database cannot be written, ends as any other, and is written down once it can", () => {
  using database = openDatabase(":memory:");
  database.raw.run("PRAGMA query_only = ON");
  const later = { hash: HASH, expires_at: iso(NOW + DAY_MS) };

  createLogin(database, later, NOW);
  createLogin(database, { ...later, hash: OTHER }, NOW);

  const owner = { scopes: ["admin"], name: null };
  expect(check(database, "login")).toEqual(owner as never);
  expect(check(database, "login", NOW + DAY_MS)).toEqual(NOBODY as never);
  removeLogin(database, { hash: OTHER });
  expect(check(database, "login", NOW, OTHER)).toEqual(NOBODY as never);
  database.raw.run("PRAGMA query_only = OFF");
  database.writeProblem = null;
  expect(check(database, "login")).toEqual(owner as never);
  expect(database.unkeptLogins.size).toBe(0);
  expect(check(database, "login")).toEqual(owner as never);
});

test("an unknown token cannot be revoked", () => {
  using database = openDatabase(":memory:");
  expect(() => revokeToken(database, { id: 1 }, NOW)).toThrow(ServiceError);
});
