import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Bus,
  type BusOptions,
  connectBus,
  type NatsServer,
  seedPath,
  startNatsServer,
} from "@tracker/bus";

/** A real nats-server on a free port with its data in a temporary folder, for tests. */
export interface TestServer extends NatsServer {
  readonly dataDir: string;
  /** As one of the bus's users, by default one that asks the outside; by another way than the direct one, if wished. */
  connect(url?: string, user?: string): Promise<Bus>;
}

const silentLog: BusOptions["log"] = {
  debug() {},
  info() {},
  warn() {},
  error() {},
};

/** Connects to a server of `startTestServer`, from this process or another. */
export function connectTestBus(url: string, dataDir: string, name = "importer"): Promise<Bus> {
  const seed = new TextEncoder().encode(readFileSync(seedPath(dataDir, name), "utf8").trim());
  const { signal } = new AbortController();
  return connectBus({ url, name, version: "0.0.0", log: silentLog, signal, seed });
}

/** Starts a real nats-server; killed, it comes back on the same port and files. Disposing removes its data. */
export async function startTestServer(): Promise<TestServer> {
  const binary = process.env["NATS_SERVER_BIN"] || Bun.which("nats-server");
  if (!binary) throw new Error("no nats-server: set NATS_SERVER_BIN or run ./tracker test");
  const dataDir = mkdtempSync(join(tmpdir(), "tracker-quota-"));
  const server = await startNatsServer({ dataDir, port: 0, binary, log: silentLog });
  return {
    url: server.url,
    get pid() {
      return server.pid;
    },
    dataDir,
    connect: (url = server.url, user) => connectTestBus(url, dataDir, user),
    kill: () => server.kill(),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
