import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { Choice, Empty, Id, Instant, Line, Nullable, Strict } from "./primitive.ts";

/** What a bearer token may do: `write` includes `read`, `admin` includes every scope, `widget` includes no other. */
export const SCOPES = ["widget", "read", "write", "admin"] as const;
export const Scope = Choice(SCOPES);
export type Scope = Static<typeof Scope>;

/** SHA-256 of a secret, in hex: the secret itself never leaves the api process. */
const Hash = Type.String({ pattern: "^[0-9a-f]{64}$" });

export const createLogin = defineRequest({
  subject: "store.logins.create",
  description: "Remembers a browser's login by the hash of its cookie.",
  input: Strict({ hash: Hash, expires_at: Instant }),
  output: Empty,
});
export const removeLogin = defineRequest({
  subject: "store.logins.remove",
  description: "Forgets a browser's login, or, with `all`, every one.",
  input: Strict({
    hash: Type.Optional(Hash),
    all: Type.Optional(Type.Boolean({ description: "true or false" })),
  }),
  output: Empty,
});

export const Token = Type.Object({
  id: Id,
  name: Type.String(),
  scopes: Type.Array(Scope),
  created_at: Instant,
  expires_at: Nullable(Instant),
  last_used_at: Nullable(Instant),
  revoked_at: Nullable(Instant),
});
export type Token = Static<typeof Token>;

export const createToken = defineRequest({
  subject: "store.tokens.create",
  description: "Remembers a bearer token by its hash. CONFLICT when an active one has that name.",
  input: Strict({
    hash: Hash,
    name: Line(100),
    scopes: Type.Array(Scope, { minItems: 1, maxItems: 4, uniqueItems: true }),
    expires_at: Type.Optional(Nullable(Instant)),
  }),
  output: Token,
});
export const listTokens = defineRequest({
  subject: "store.tokens.list",
  description: "Every token, the revoked ones too; never a secret.",
  input: Empty,
  output: Type.Object({ items: Type.Array(Token) }),
});
export const revokeToken = defineRequest({
  subject: "store.tokens.revoke",
  description: "Ends a token at once.",
  input: Strict({ id: Id }),
  output: Token,
});

export const checkAccess = defineRequest({
  subject: "store.access.check",
  description:
    "Whom a cookie or bearer token stands for: its scopes, or none when it is unknown, expired or revoked.",
  input: Strict({ kind: Choice(["login", "token"] as const), hash: Hash }),
  output: Type.Object({
    scopes: Type.Array(Scope),
    name: Nullable(Type.String()),
  }),
});
