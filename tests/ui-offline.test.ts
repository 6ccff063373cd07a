import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { signIn, startBrowser } from "./browser.ts";
import { browserTest } from "./browser-test.ts";
import { startTracker } from "./running-tracker.ts";
import { freePort, until } from "./service-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const WITHIN_MS = 30_000;
const FIRST_LOAD_BYTES_MAX = 130 * 1024;

/** Stands between browser and tracker: another build's document can be put in, and both can go away. */
function startProxy(target: string) {
  const state = { build: "", isAway: false };
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 0,
    async fetch(request) {
      if (state.isAway) return new Response("Bad gateway", { status: 502 });
      const { pathname, search } = new URL(request.url);
      const headers = new Headers(request.headers);
      headers.set("accept-encoding", "identity");
      // The tracker knows of one build only.
      headers.delete("if-none-match");
      const body = request.method === "GET" ? null : await request.arrayBuffer();
      const answer = await fetch(`${target}${pathname}${search}`, {
        method: request.method,
        headers,
        body,
        redirect: "manual",
      });
      const type = answer.headers.get("content-type") ?? "";
      if (!type.startsWith("text/html") && pathname !== "/service-worker.js") return answer;
      const text = (await answer.text())
        .replace("<head>", `<head><meta name="build" content="${state.build}">`)
        .replaceAll(/"shell-\w+"/g, `"shell-${state.build}"`);
      return new Response(text, { status: answer.status, headers: answer.headers });
    },
  });
  return {
    url: server.url.origin,
    state,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

const build = (page: Page) => page.locator("meta[name=build]").getAttribute("content");
const isKept = (page: Page) =>
  page.evaluate<boolean>(
    "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)",
  );
/** Every address of which the browser keeps the answer. */
const keptPaths = (page: Page) =>
  page.evaluate<string[]>(`(async () => {
    const paths = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname);
    return paths;
  })()`);

browserTest(
  "an installed app opens without a tracker and says so, catches up when it is back, and keeps nothing of what the tracker answered",
  async () => {
    using data = temporaryFolder("ui-offline");
    const options = { dataDir: data.path, env: { PORT: String(freePort()) } };
    await using tracker = await startTracker(options);
    await using browser = await startBrowser({ serviceWorkers: "allow" });
    const { page } = browser;
    await signIn(page, tracker.url);
    await until("the app to be kept", WITHIN_MS, () => isKept(page));
    const paths = await keptPaths(page);

    await tracker.stop();
    await page.goto(`${tracker.url}/library`);
    await page.getByRole("heading", { level: 1, name: "Library" }).waitFor();
    await page.getByText("The tracker cannot be reached. What you see may be old").waitFor();
    await page.getByRole("alert").first().waitFor();
    // What failed is said also while it is asked for again.
    await page.waitForRequest(/\/api\/games/);
    const isStillSaid = await page.getByRole("alert").first().isVisible();
    await using again = await startTracker(options);
    await page.getByText("The library is empty").waitFor({ timeout: WITHIN_MS });

    expect(isStillSaid).toBe(true);
    expect(again.url).toBe(tracker.url);
    expect(paths).toContain("/");
    expect(paths.filter((path) => !/^\/(?:assets\/|icon|manifest|$)/.test(path))).toEqual([]);
    expect(paths.filter((path) => path.startsWith("/assets/")).length).toBeGreaterThan(10);
  },
  120_000,
);

browserTest(
  "after an update the next load shows the new build, also where an older one is kept",
  async () => {
    await using tracker = await startTracker();
    await using proxy = startProxy(tracker.url);
    await using browser = await startBrowser({ serviceWorkers: "allow" });
    const { page } = browser;
    proxy.state.build = "old";
    await signIn(page, proxy.url);
    await until("the app to be kept", WITHIN_MS, () => isKept(page));
    await page.reload();
    const before = await build(page);

    proxy.state.build = "new";
    await page.reload();
    const after = await build(page);
    const shells = () => page.evaluate<string[]>("caches.keys()");
    await until("the new build to be kept", WITHIN_MS, async () => {
      const [only, ...others] = await shells();
      return only === "shell-new" && others.length === 0;
    });
    proxy.state.isAway = true;
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Now" }).waitFor();

    expect([before, after]).toEqual(["old", "new"]);
    expect(await build(page)).toBe("new");
  },
  120_000,
);

test("the first load is at most 130 KB packed, and the worker may ask this host only", async () => {
  await using tracker = await startTracker();
  const html = await (await fetch(tracker.url)).text();
  const files = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].flatMap(([, path]) => path ?? []);
  // As it comes over the wire.
  const asked = { headers: { "accept-encoding": "gzip" }, decompress: false };
  const answers = await Promise.all(files.map((path) => fetch(`${tracker.url}${path}`, asked)));
  const bodies = await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  const bytes = bodies.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const worker = await fetch(`${tracker.url}/service-worker.js`);

  process.stdout.write(`ui: the first load is ${(bytes / 1024).toFixed(1)} KB gzip\n`);
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const { headers } of answers) expect(headers.get("content-encoding")).toBe("gzip");
  expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_BYTES_MAX);
  expect(worker.headers.get("cache-control")).toBe("no-cache");
  expect(worker.headers.get("content-type")).toStartWith("text/javascript");
  expect(worker.headers.get("content-security-policy")).toBe(
    "default-src 'none'; connect-src 'self'",
  );
}, 60_000);
