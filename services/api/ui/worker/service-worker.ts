/**
 * Lets an installed app open without a network: keeps the shell (the document, scripts, styles and icons of one build) and nothing
 * else. Answers of the API are not kept, since they are somebody's history and this device may be anybody's. The document always comes
 * from the tracker while that can be reached, so an update shows at the next load; `build.ts` says which files a build has.
 */

/** Paths of the build's files; replaced by build.ts. */
declare const SHELL_FILES: readonly string[];
/** Changes with what the files hold; replaced by build.ts. */
declare const SHELL_VERSION: string;

// TypeScript has the types of workers only in place of those of pages, which the rest of this project needs.
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: "install" | "activate", hear: (event: Lasting) => void): void;
  addEventListener(type: "fetch", hear: (event: Asked) => void): void;
}

const worker = globalThis as unknown as Worker;
const PREFIX = "shell-";
const SHELL = `${PREFIX}${SHELL_VERSION}`;
const DOCUMENT = "/";
/** Not pages of the app: they come from the tracker or not at all. */
const NOT_PAGES = /^\/(?:api|assets|openapi|reference|health|metrics)(?:\/|$)/;
/** What a proxy says while the tracker behind it is away. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

worker.addEventListener("install", (event) => event.waitUntil(keepShell()));
worker.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (!NOT_PAGES.test(pathname)) event.respondWith(openPage(request));
  } else if (SHELL_FILES.includes(pathname)) event.respondWith(openFile(request));
});

async function keepShell(): Promise<void> {
  const shell = await caches.open(SHELL);
  // Past the browser's own cache: an older document would name files that this build has not.
  await shell.addAll(
    [DOCUMENT, ...SHELL_FILES].map((path) => new Request(path, { cache: "reload" })),
  );
  await worker.skipWaiting();
}

async function forgetOlder(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== SHELL);
  await Promise.all(older.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function openPage(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    return AWAY.has(response.status) ? ((await kept(DOCUMENT)) ?? response) : response;
  } catch (error) {
    const document = await kept(DOCUMENT);
    if (document === undefined) throw error;
    return document;
  }
}

/** Hashed files never change under their name; icons do so seldom, and then the build has another version. */
async function openFile(request: Request): Promise<Response> {
  return (await kept(request)) ?? (await fetch(request));
}

async function kept(what: Request | string): Promise<Response | undefined> {
  // The document varies with the cookie, of which a worker sees nothing.
  return (await caches.open(SHELL)).match(what, { ignoreVary: true });
}
