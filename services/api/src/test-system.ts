import { type Answer, type Bus, provisionStreams, serve } from "@tracker/bus";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";
import type { Scope } from "@tracker/contracts";
import { createHost, type OwnedHost } from "@tracker/service";
import { hashOf, newToken } from "./credential.ts";
import { runApi } from "./main.ts";
import { TestStore } from "./test-store.ts";

export const PASSWORD = "correct horse battery staple";

/** A real api on a real NATS, with a store in memory. */
export interface TestSystem extends AsyncDisposable {
  readonly url: string;
  readonly store: TestStore;
  readonly storeBus: Bus;
  readonly nats: TestServer;
  /** What the api logged. */
  readonly lines: readonly string[];
  readonly host: OwnedHost;
  /** Resolves when the api has ended. */
  readonly ended: Promise<void>;
  /** A bearer token with these scopes. */
  token(...scopes: Scope[]): string;
  fetch(path: string, init?: BunFetchRequestInit & { token?: string }): Promise<Response>;
  /** Takes the store away. */
  stopStore(): Promise<void>;
  /** Answers as another service of the bus. */
  answerAs(name: string, answers: readonly Answer[]): Promise<AsyncDisposable>;
}

export async function startSystem(env: Record<string, string> = {}): Promise<TestSystem> {
  const nats = await startTestServer();
  const given = { ...nats.env, ADMIN_PASSWORD: PASSWORD, PORT: "0", ...env };
  const { host, lines, url } = apiHost(given);
  const storeBus = await nats.connect("store");
  await provisionStreams(storeBus);
  const store = new TestStore();
  const serving = await serve(storeBus, "A store in memory", store.answers());

  const ended = runApi(host);
  const address = await Promise.race([url, ended.then(() => "")]);
  return {
    url: address,
    store,
    storeBus,
    nats,
    lines,
    host,
    ended,
    token(...scopes) {
      const token = newToken();
      store.access.set(hashOf(token), scopes);
      return token;
    },
    fetch: (path, { token, ...init } = {}) => {
      const headers = new Headers(init.headers);
      if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
      return fetch(new URL(path, address), { redirect: "manual", ...init, headers });
    },
    stopStore: async () => serving[Symbol.asyncDispose](),
    async answerAs(name, answers) {
      const bus = await nats.connect(name);
      const answering = await serve(bus, "A part of a test", answers);
      return {
        async [Symbol.asyncDispose]() {
          await answering[Symbol.asyncDispose]();
          await bus[Symbol.asyncDispose]();
        },
      };
    },
    async [Symbol.asyncDispose]() {
      host.stop();
      await ended;
      await storeBus[Symbol.asyncDispose]();
      await nats[Symbol.asyncDispose]();
    },
  };
}

/** A host whose log is kept; `url` resolves once the api says where it listens. */
export function apiHost(env: Record<string, string>): {
  host: OwnedHost;
  lines: string[];
  url: Promise<string>;
} {
  const lines: string[] = [];
  const { promise: url, resolve } = Promise.withResolvers<string>();
  const write = (line: string) => {
    lines.push(line);
    const said: { message: string; url?: string } = JSON.parse(line);
    if (said.message === "listening" && said.url !== undefined) resolve(said.url);
  };
  const host = createHost({ env, version: "1.2.3", logLevel: "debug", write });
  return { host, lines, url };
}
