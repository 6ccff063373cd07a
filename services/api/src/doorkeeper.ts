import { checkAccess, isUnavailable, type Scope } from "@tracker/contracts";
import { FEEDS, permits, type RouteKey, type Rule } from "./access.ts";
import { addressedCredential, type Credential, credentialOf, unauthorized } from "./credential.ts";
import { Problem } from "./problem.ts";
import type { Ask } from "./question.ts";
import { type Visitor } from "./visitor.ts";

const REMEMBERED_MAX = 1_000;
const REMEMBERED_MS_MAX = 10 * 60_000;

/** Shows what is wrong while the store is away, so callers admitted shortly before may still read it. */
const READABLE_WITHOUT_STORE: RouteKey = "GET /api/status";

/** Decides who comes in. Each request asks the store, so that a revoked token is refused at once by every process. */
export class Doorkeeper {
  readonly #ask: Ask;
  readonly #loginKey: Uint8Array;
  readonly #now: () => number;
  readonly #remembered = new Map<
    string,
    { readonly scopes: readonly Scope[]; readonly at: number }
  >();

  constructor(ask: Ask, loginKey: Uint8Array, now: () => number = Date.now) {
    this.#ask = ask;
    this.#loginKey = loginKey;
    this.#now = now;
  }

  /** The identity that a request claims; only the store can confirm it. */
  credentialOf(request: Request): Credential | undefined {
    return credentialOf(request, this.#loginKey);
  }

  /** Throws UNAUTHORIZED or FORBIDDEN unless the request may use the route. */
  async admit(request: Request, visitor: Visitor, key: RouteKey, rule: Rule): Promise<void> {
    const safe = key.startsWith("GET ");
    if (rule === "public") {
      if (!safe) assertNotCrossSite(request, visitor);
      return;
    }
    const addressed = FEEDS.has(key) ? addressedCredential(request) : undefined;
    const credential = addressed ?? this.credentialOf(request);
    if (credential === undefined) {
      throw unauthorized("expected a session cookie or a bearer token, got neither");
    }
    if (!safe && credential.kind === "login") assertSameSite(request, visitor);
    const scopes = await this.#scopesOf(credential, key);
    if (scopes.length === 0) {
      throw unauthorized(`this ${credential.kind} is not known, has expired or was ended`);
    }
    if (!permits(scopes, rule)) {
      throw new Problem("FORBIDDEN", `expected the scope ${rule}, got ${scopes.join(", ")}`);
    }
    // Addresses end up in histories and foreign logs, so a token with more rights does not belong there.
    if (addressed !== undefined && scopes.some((scope) => scope !== "widget")) {
      throw new Problem(
        "FORBIDDEN",
        `expected in an address a token of the scope widget alone, got ${scopes.join(", ")}`,
      );
    }
  }

  /** Asks whether a request that was let in by a rule may still stay; a store that does not answer changes nothing. */
  stayOf(request: Request, rule: Rule): () => Promise<boolean> {
    if (rule === "public") return () => Promise.resolve(true);
    const credential = this.credentialOf(request);
    return () =>
      credential === undefined ? Promise.resolve(false) : this.#mayStay(credential, rule);
  }

  async #mayStay(credential: Credential, needed: Scope): Promise<boolean> {
    try {
      return permits((await this.#ask(checkAccess, credential, { attempts: 1 })).scopes, needed);
    } catch {
      return true;
    }
  }

  /** Called when a credential ends, so that it is not remembered. */
  forget(): void {
    this.#remembered.clear();
  }

  async #scopesOf(credential: Credential, key: RouteKey): Promise<readonly Scope[]> {
    try {
      const { scopes } = await this.#ask(
        checkAccess,
        credential,
        key === READABLE_WITHOUT_STORE ? { attempts: 1 } : {},
      );
      this.#remember(credential.hash, scopes);
      return scopes;
    } catch (error) {
      const away = isUnavailable(error);
      const known = this.#remembered.get(credential.hash);
      if (!away || key !== READABLE_WITHOUT_STORE || known === undefined) throw error;
      if (this.#now() - known.at > REMEMBERED_MS_MAX) throw error;
      return known.scopes;
    }
  }

  #remember(hash: string, scopes: readonly Scope[]): void {
    this.#remembered.delete(hash);
    if (scopes.length === 0) return;
    this.#remembered.set(hash, { scopes, at: this.#now() });
    const oldest = this.#remembered.keys().next().value;
    if (this.#remembered.size > REMEMBERED_MAX && oldest !== undefined) {
      this.#remembered.delete(oldest);
    }
  }
}

/** A browser sends cookies along with other sites' requests; a write must show that it comes from our own page. */
function assertSameSite(request: Request, visitor: Visitor): void {
  const site = request.headers.get("sec-fetch-site");
  if (site === "same-origin" || site === "none") return;
  if (site === null && originMatches(request, visitor)) return;
  throw new Problem(
    "FORBIDDEN",
    "a write with the session cookie must come from this site's own pages; a script uses a bearer token",
  );
}

/** Login and logout need no cookie: here only a request that says it comes from elsewhere is refused. */
function assertNotCrossSite(request: Request, visitor: Visitor): void {
  const saysNothing = ["sec-fetch-site", "origin"].every((name) => !request.headers.has(name));
  if (!saysNothing) assertSameSite(request, visitor);
}

function originMatches(request: Request, visitor: Visitor): boolean {
  const origin = request.headers.get("origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === visitor.host;
}
