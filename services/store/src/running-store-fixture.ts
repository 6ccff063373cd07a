import { type Bus, request, subscribeEvents } from "@tracker/bus";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";
import { getStoreStatus } from "@tracker/contracts";
import { wait } from "@tracker/service";
import { runStore } from "./main.ts";

const LOOK_MS = 10;
const WAIT_MS_MAX = 15_000;

/** A store that runs next to a real nats-server, with connections to it as its callers. */
export interface RunningStore extends AsyncDisposable {
  readonly server: TestServer;
  /** What the poller says facts through. */
  readonly poller: Bus;
  readonly api: Bus;
  readonly lines: readonly string[];
  /** Ends the store and resolves once it has let go of everything. */
  stop(): Promise<void>;
}

/** Starts the store in this process and waits until it answers. */
export async function startStore(
  server: TestServer,
  env: Record<string, string> = {},
): Promise<RunningStore> {
  const host = server.host(env);
  const running = runStore(host);
  const failed = running.then(() => undefined);
  const poller = await server.connect("steam-poller");
  const api = await server.connect("api");
  await Promise.race([
    failed,
    until("the store to be ready", () => host.health.report().status === "ready"),
  ]);
  const stop = async () => {
    host.stop();
    await running;
  };
  return {
    server,
    poller,
    api,
    lines: host.lines,
    stop,
    async [Symbol.asyncDispose]() {
      await poller[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
      await stop();
    },
  };
}

export { startTestServer };

/** Waits until `condition` holds; says what it waited for when it does not in time. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + WAIT_MS_MAX;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited ${WAIT_MS_MAX} ms for ${what}`);
    await wait(LOOK_MS);
  }
}

export function status(bus: Bus) {
  return request(bus, getStoreStatus, {}, { attempts: 10 });
}

/** Collects the events of the whole stream from its beginning. */
export function collectEvents(bus: Bus): Disposable & { readonly subjects: string[] } {
  const controller = new AbortController();
  const subjects: string[] = [];
  void subscribeEvents(
    bus,
    { after: 0 },
    (event) => void subjects.push(event.subject),
    controller.signal,
  );
  return { subjects, [Symbol.dispose]: () => controller.abort() };
}
