import { createLogin, removeLogin, Strict } from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { verifyPassword } from "./admin-password.ts";
import { credentialOf, hashOf, LOGIN_SECONDS, loginCookie, newSecret } from "./credential.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import type { LoginThrottle } from "./login-throttle.ts";
import { Problem } from "./problem.ts";
import type { Ask } from "./question.ts";
import { visitorOf } from "./visitor.ts";

const tags = ["Access"];
const Login = Strict({
  password: Type.String({ maxLength: 1_000, description: "a text of at most 1,000 characters" }),
});

export interface LoginParts {
  readonly ask: Ask;
  readonly doorkeeper: Doorkeeper;
  readonly throttle: LoginThrottle;
  readonly passwordHash: string;
}

/** A person's way in: the password for a cookie that a page's scripts cannot read. The store keeps only its hash. */
export function loginRoutes({ ask, doorkeeper, throttle, passwordHash }: LoginParts) {
  return new Elysia({ name: "login" })
    .post(
      "/api/login",
      async ({ body, request, set }) => {
        const visitor = visitorOf(request);
        const right = await throttle.attempt(visitor.address, () =>
          verifyPassword(body.password, passwordHash),
        );
        if (!right)
          throw new Problem("UNAUTHORIZED", "the password is wrong", { field: "/password" });
        const secret = newSecret();
        const expiresAt = new Date(Date.now() + LOGIN_SECONDS * 1_000).toISOString();
        await ask(createLogin, { hash: hashOf(secret), expires_at: expiresAt });
        set.headers["set-cookie"] = loginCookie(secret, visitor.secure);
        return { expires_at: expiresAt };
      },
      {
        body: Login,
        response: { 200: Type.Object({ expires_at: Type.String() }) },
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
      async ({ request, set }) => {
        const credential = credentialOf(request);
        if (credential?.kind === "login") await ask(removeLogin, { hash: credential.hash });
        doorkeeper.forget();
        set.headers["set-cookie"] = loginCookie("", visitorOf(request).secure);
        set.status = 204;
        return undefined;
      },
      {
        response: { 204: Type.Void({ description: "The session is over" }) },
        detail: {
          tags,
          summary: "Log out",
          description: "Ends the session and takes the cookie back.",
        },
      },
    );
}
