import { runApi } from "@tracker/api";
import { blocksOf } from "@tracker/api/test-events";
import { apiHost } from "@tracker/api/test-system";
import { answer, type Bus, provisionStreams, serve } from "@tracker/bus";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";
import { getPresence, type Output } from "@tracker/contracts";
import { storeAnswers } from "@tracker/store/answers";
import type { Database } from "@tracker/store/history";
import { CALENDAR } from "./library.ts";

/** What the poller says. */
export type Seen = Output<typeof getPresence>;

/** What anybody is told, by what they asked. */
export type PublicAnswers = ReadonlyMap<string, string>;

interface Described {
  readonly paths: Readonly<Record<string, { readonly get?: { readonly security?: unknown[] } }>>;
}

/** Asked besides the plain address, where there is more to be had. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  "/api/feed.atom": ["?limit=200"],
  "/api/feed.json": ["?limit=200"],
  "/api/widgets/heatmap.svg": [
    `?year=${new Date().getUTCFullYear() - 1}`,
    `?year=${new Date().getUTCFullYear()}`,
  ],
  "/api/widgets/card.svg": ["?width=1200"],
};
const STREAM = "/api/now-playing/events";
/** Of the process, and of no game. */
const OF_THE_PROCESS: ReadonlySet<string> = new Set(["/health", "/health/live", "/health/ready"]);

/** A bus, to which a store with any library can be put, and an api that asks it. */
export class PublicTracker implements AsyncDisposable {
  readonly #nats: TestServer;
  readonly #store: Bus;
  readonly #poller: Bus;

  private constructor(nats: TestServer, store: Bus, poller: Bus) {
    this.#nats = nats;
    this.#store = store;
    this.#poller = poller;
  }

  static async start(): Promise<PublicTracker> {
    const nats = await startTestServer();
    const [store, poller] = [await nats.connect("store"), await nats.connect("steam-poller")];
    await provisionStreams(store);
    return new PublicTracker(nats, store, poller);
  }

  /** Everything that an api of its own tells to who has not signed in: by its own description, so that none is forgotten. */
  async answersOf(database: Database, seen: Seen, now: number): Promise<PublicAnswers> {
    const context = { database, calendar: CALENDAR, pollIntervalMs: 1_800_000, clock: () => now };
    await using _store = await serve(this.#store, "A library", storeAnswers(context));
    await using _poller = await serve(this.#poller, "A player", [answer(getPresence, () => seen)]);
    const env = { ADMIN_PASSWORD: "a password of this test", PORT: "0", PUBLIC_FEEDS: "true" };
    const { host, url } = apiHost({ ...this.#nats.env, ...env });
    const ended = runApi(host);
    const address = await Promise.race([url, ended.then(() => "")]);
    try {
      return await readAll(address);
    } finally {
      host.stop();
      await ended;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#store[Symbol.asyncDispose]();
    await this.#poller[Symbol.asyncDispose]();
    await this.#nats[Symbol.asyncDispose]();
  }
}

async function readAll(address: string): Promise<PublicAnswers> {
  const { paths } = (await (await ask("/openapi", address)).json()) as Described;
  const open = Object.entries(paths)
    .filter(([path, { get }]) => get?.security?.length === 0 && !path.includes("{"))
    .map(([path]) => path)
    .filter((path) => !OF_THE_PROCESS.has(path));
  const asked = open.flatMap((path) => ["", ...(MORE[path] ?? [])].map((query) => path + query));
  const texts = await Promise.all(
    asked.map(async (path) => {
      const response = await ask(path, address);
      const text = path === STREAM ? await firstOf(response) : await response.text();
      return [path, withoutOwnAddress(`${response.status} ${text}`, address)] as const;
    }),
  );
  return new Map(texts);
}

/** On a line of its own, since an api that is to stop waits for the lines that are kept. */
function ask(path: string, address: string): Promise<Response> {
  return fetch(new URL(path, address), { keepalive: false });
}

/** What is told at once; then nothing may come for a while. */
async function firstOf(response: Response): Promise<string> {
  for await (const block of blocksOf(response)) if (block.startsWith("data: ")) return block;
  throw new Error("the stream ended before it said anything");
}

/** Of two apis the ports differ, and the moment at which they were asked. */
function withoutOwnAddress(text: string, address: string): string {
  return text
    .replaceAll(new URL(address).origin, "http://tracker")
    .replaceAll(/"as_of":"[^"]*"/g, '"as_of":""');
}
