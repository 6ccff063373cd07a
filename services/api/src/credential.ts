import { Problem } from "./problem.ts";

/** What a caller shows to be let in: by its hash alone, the secret itself goes no further. */
export interface Credential {
  readonly kind: "login" | "token";
  readonly hash: string;
}

const COOKIE = "tracker_session";
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const TOKEN_PREFIX = "trk_";
const SECRET_BYTES = 32;

export const LOGIN_SECONDS = 30 * 86_400;

export function newSecret(): string {
  return crypto.getRandomValues(new Uint8Array(SECRET_BYTES)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
}

export function newToken(): string {
  return `${TOKEN_PREFIX}${newSecret()}`;
}

export function hashOf(secret: string): string {
  return new Bun.CryptoHasher("sha256").update(secret).digest("hex");
}

/** What the store keeps of a login. It depends on the current password: a new password ends every login. */
export function loginHashOf(secret: string, loginKey: Uint8Array): string {
  return new Bun.CryptoHasher("sha256", loginKey).update(secret).digest("hex");
}

/**
 * The bearer token or the session cookie of a request. A token wins, so that a script is never taken for the browser
 * that it runs in. A value that cannot be ours counts as none; an Authorization that is not Bearer is refused with the reason.
 */
export function credentialOf(request: Request, loginKey: Uint8Array): Credential | undefined {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const token = /^bearer +(\S+)$/i.exec(authorization.trim())?.[1];
    return tokenCredential(token, `Authorization: Bearer ${TOKEN_PREFIX}…`);
  }
  const secret = cookieOf(request);
  return secret === undefined ? undefined : { kind: "login", hash: loginHashOf(secret, loginKey) };
}

/** The token in the address of a request that shows none in its headers; it wins over the cookie. */
export function addressedCredential(request: Request): Credential | undefined {
  const token = new URL(request.url).searchParams.get("token");
  if (token === null || request.headers.has("authorization")) return undefined;
  return tokenCredential(token, `?token=${TOKEN_PREFIX}…`);
}

function tokenCredential(token: string | undefined, expected: string): Credential {
  if (!token?.startsWith(TOKEN_PREFIX) || !SECRET.test(token.slice(TOKEN_PREFIX.length))) {
    throw unauthorized(`expected ${expected}, got something else`);
  }
  return { kind: "token", hash: hashOf(token) };
}

/** Whether a session cookie came along; whether it is still good only the store knows. */
export function hasLoginCookie(request: Request): boolean {
  return cookieOf(request) !== undefined;
}

function cookieOf(request: Request): string | undefined {
  const header = request.headers.get("cookie") ?? "";
  const pairs = header.split(";").map((pair) => pair.trim().split("="));
  const value = pairs.find(([name]) => name === COOKIE)?.[1];
  return value !== undefined && SECRET.test(value) ? value : undefined;
}

/** The Set-Cookie of a login, or of its end when the secret is empty. */
export function loginCookie(secret: string, secure: boolean): string {
  const age = secret === "" ? 0 : LOGIN_SECONDS;
  return `${COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure ? "; Secure" : ""}`;
}

export function unauthorized(detail: string): Problem {
  return new Problem("UNAUTHORIZED", detail, { headers: { "www-authenticate": "Bearer" } });
}
