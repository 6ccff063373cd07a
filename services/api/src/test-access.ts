import { answer, type Answer } from "@tracker/bus";
import {
  checkAccess,
  createLogin,
  createToken,
  listTokens,
  removeLogin,
  revokeToken,
  ServiceError,
  type Token,
} from "@tracker/contracts";
import { TOKEN_EXAMPLE } from "./operation-example.ts";
import type { TestStore } from "./test-store.ts";

/** Tokens and logins in memory. */
export function accessAnswers(store: TestStore): Answer[] {
  return [
    answer(createLogin, ({ hash }) => {
      store.access.set(hash, ["admin"]);
      store.logins.add(hash);
      return {};
    }),
    answer(removeLogin, ({ hash, all }) => {
      const ended = all === true ? [...store.logins] : [hash ?? ""];
      for (const login of ended) store.access.delete(login);
      return {};
    }),
    answer(checkAccess, ({ hash }) => ({
      scopes: [...(store.access.get(hash) ?? [])],
      name: null,
    })),
    answer(createToken, ({ hash, name, scopes, expires_at: expiresAt = null }) => {
      const token: Token = {
        ...TOKEN_EXAMPLE,
        id: store.tokens.length + 1,
        name,
        scopes,
        created_at: new Date().toISOString(),
        expires_at: expiresAt,
      };
      store.tokens.push(token);
      store.access.set(hash, scopes);
      store.hashes.set(token.id, hash);
      return token;
    }),
    answer(listTokens, () => ({ items: store.tokens })),
    answer(revokeToken, ({ id }) => {
      const token = store.tokens.find((other) => other.id === id);
      if (token === undefined) throw new ServiceError("NOT_FOUND", `no token ${id}`);
      token.revoked_at = new Date().toISOString();
      store.access.delete(store.hashes.get(id) ?? "");
      return token;
    }),
  ];
}
