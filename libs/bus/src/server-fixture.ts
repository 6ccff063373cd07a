import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHost, createLog, type OwnedHost } from "@tracker/service";
import { type Bus, connectBus } from "./connect.ts";
import { busOptions } from "./credential.ts";
import { type NatsServer, startNatsServer } from "./nats-server.ts";

/** A real nats-server on a free port with all data in a temporary folder, for tests. */
export interface TestServer extends NatsServer {
  readonly dataDir: string;
  /** The environment of a service that uses this server. */
  readonly env: Record<string, string>;
  /** A host for one service; what it logs is kept in `lines`. */
  host(env?: Record<string, string>): OwnedHost & { readonly lines: string[] };
  /** A connection as one of the bus's users; `url` where it goes another way than the direct one, such as a proxy. */
  connect(user: string, url?: string): Promise<Bus>;
}

/** Starts a real nats-server for a test; disposing stops it and removes its data. */
export async function startTestServer(): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "tracker-nats-"));
  // The one place in libs and services besides services/main.ts that reads the environment: a test has no main.
  const binary = process.env["NATS_SERVER_BIN"] || Bun.which("nats-server");
  if (!binary) throw new Error("no nats-server: set NATS_SERVER_BIN or run ./tracker test");
  const server = await startNatsServer({
    dataDir,
    port: 0,
    binary,
    log: createLog("nats-server", "error"),
  });
  const env = { NATS_URL: server.url, DATA_DIR: dataDir };
  const host: TestServer["host"] = (more = {}) => {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const made = createHost({
      env: { ...env, ...more },
      version: "0.0.0",
      logLevel: "debug",
      write,
    });
    return Object.assign(made, { lines });
  };
  return {
    url: server.url,
    get pid() {
      return server.pid;
    },
    dataDir,
    env,
    host,
    kill: () => server.kill(),
    connect: (user, url = server.url) => connectBus({ ...busOptions(host(), user), url }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
