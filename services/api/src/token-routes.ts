import {
  createToken,
  listTokens,
  Nullable,
  Instant,
  revokeToken,
  Strict,
  Token,
} from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { TOKEN_EXAMPLE } from "./operation-example.ts";
import { hashOf, newToken } from "./credential.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import { Problem } from "./problem.ts";
import type { Ask } from "./question.ts";
import { copy, parameters, withExample } from "./schema.ts";

const tags = ["Access"];
const { name, scopes } = createToken.input.properties;
const NewToken = Strict({
  name: copy(name),
  scopes: copy({ ...scopes, description: "1 to 4 different scopes of widget, read, write, admin" }),
  /** Null or absent: it does not expire. */
  expires_at: Type.Optional(Nullable(Instant)),
});
const CreatedToken = Type.Object({
  ...Token.properties,
  token: Type.String({ description: "The secret itself, shown this once" }),
});

/** Bearer tokens for scripts and widgets. The secret is shown once; only its hash is kept. */
export function tokenRoutes(ask: Ask, doorkeeper: Doorkeeper) {
  return new Elysia({ name: "tokens" })
    .get("/api/tokens", () => ask(listTokens, {}), {
      response: { 200: withExample(listTokens.output, { items: [TOKEN_EXAMPLE] }) },
      detail: { tags, summary: "List tokens", description: listTokens.description },
    })
    .post(
      "/api/tokens",
      async ({ body, set }) => {
        assertFuture(body.expires_at ?? null);
        const token = newToken();
        const created = await ask(createToken, { ...body, hash: hashOf(token) });
        set.status = 201;
        return { ...created, token };
      },
      {
        body: NewToken,
        response: { 201: withExample(CreatedToken, { ...TOKEN_EXAMPLE, token: "trk_…" }) },
        detail: {
          tags,
          summary: "Create a token",
          description:
            "The secret is in this answer and nowhere else. CONFLICT when an active token has that name.",
        },
      },
    )
    .delete(
      "/api/tokens/:id",
      async ({ params }) => {
        const revoked = await ask(revokeToken, params);
        doorkeeper.forget();
        return revoked;
      },
      {
        params: parameters(revokeToken.input),
        response: { 200: withExample(Token, TOKEN_EXAMPLE) },
        detail: { tags, summary: "Revoke a token", description: revokeToken.description },
      },
    );
}

function assertFuture(expiresAt: string | null): void {
  if (expiresAt === null || Date.parse(expiresAt) > Date.now()) return;
  throw new Problem("INVALID", `/expires_at: expected an instant to come, got ${expiresAt}`, {
    field: "/expires_at",
  });
}
