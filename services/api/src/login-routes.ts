import { createLogin, removeLogin, Strict } from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { type AdminPassword, verifyPassword } from "./admin-password.ts";
import { LOGIN_SECONDS, loginCookie, loginHashOf, newSecret } from "./credential.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import type { LoginThrottle } from "./login-throttle.ts";
import { Problem } from "./problem.ts";
import type { Ask } from "./question.ts";
import { withExample } from "./schema.ts";
import { visitorOf } from "./visitor.ts";

const tags = ["Access"];
const Login = Strict({
  password: Type.String({ maxLength: 1_000, description: "a text of at most 1,000 characters" }),
});

export interface LoginParts {
  readonly ask: Ask;
  readonly doorkeeper: Doorkeeper;
  readonly throttle: LoginThrottle;
  readonly password: AdminPassword;
}

/** A person's way in: the password for a cookie that a page's scripts cannot read. The store keeps only its hash. */
export function loginRoutes({ ask, doorkeeper, throttle, password }: LoginParts) {
  return new Elysia({ name: "login" })
    .post(
      "/api/login",
      async ({ body, request, set }) => {
        const visitor = visitorOf(request);
        const right = await throttle.attempt(visitor.address, () =>
          verifyPassword(body.password, password.hash),
        );
        if (!right)
          throw new Problem("UNAUTHORIZED", "the password is wrong", { field: "/password" });
        const secret = newSecret();
        const expiresAt = new Date(Date.now() + LOGIN_SECONDS * 1_000).toISOString();
        await ask(createLogin, {
          hash: loginHashOf(secret, password.loginKey),
          expires_at: expiresAt,
        });
        set.headers["set-cookie"] = loginCookie(secret, visitor.secure);
        return { expires_at: expiresAt };
      },
      {
        body: Login,
        response: {
          200: withExample(Type.Object({ expires_at: Type.String() }), {
            expires_at: "2026-12-20T22:30:00.000Z",
          }),
        },
        detail: {
          tags,
          summary: "Log in",
          description:
            "Sets the session cookie. LIMITED after several wrong passwords from one address.",
        },
      },
    )
    .post(
      "/api/logout",
      async ({ request, query, set }) => {
        const credential = doorkeeper.credentialOf(request);
        if (query.everywhere === true) {
          await doorkeeper.admit(request, visitorOf(request), "POST /api/logout", "admin");
          await ask(removeLogin, { all: true });
        } else if (credential?.kind === "login") await ask(removeLogin, { hash: credential.hash });
        doorkeeper.forget();
        set.headers["set-cookie"] = loginCookie("", visitorOf(request).secure);
        set.status = 204;
        return undefined;
      },
      {
        query: Strict({
          everywhere: Type.Optional(Type.Boolean({ description: "true or false" })),
        }),
        response: { 204: Type.Void({ description: "The session is over" }) },
        detail: {
          tags,
          summary: "Log out",
          description:
            "Ends the session and takes the cookie back. With everywhere=true, which needs the scope `admin`, every browser's; another password ends them too. Tokens stay: revoke them one by one.",
        },
      },
    );
}
