import { expect, test } from "bun:test";
import type { OpenApiDocument } from "./openapi.ts";
import { startSystem, type TestSystem } from "./test-system.ts";

/** Of what the store in memory knows. */
const PARAMETERS: Readonly<Record<string, string>> = {
  "{id}": "1",
  "{app_id}": "1001",
  "{date}": "2026-11-20",
  "{year}": "2026",
};

interface Told {
  readonly status: number;
  readonly headers: Headers;
}

/** Asks a route as the document says, and lets go of what never ends. */
async function ask(system: TestSystem, method: string, path: string): Promise<Told> {
  const stop = new AbortController();
  const url = path.replaceAll(/\{\w+\}/g, (name) => PARAMETERS[name] ?? "1");
  const token = system.token("admin");
  const { status, headers } = await system.fetch(url, { method, token, signal: stop.signal });
  stop.abort();
  return { status, headers };
}

test("every answer says how long it may be kept, as the OpenAPI document states it, and how long it took", async () => {
  await using system = await startSystem();
  const document = (await (await system.fetch("/openapi")).json()) as OpenApiDocument;
  const reads: string[] = [];
  const wrong: unknown[] = [];

  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { responses }] of Object.entries(methods)) {
      const { status, headers } = await ask(system, method.toUpperCase(), path);
      const stated = responses[status]?.headers ?? {};
      const said = {
        caching: status < 300 ? constOf(stated["Cache-Control"]) : "no-store",
        isTagged: stated["ETag"] !== undefined,
        timed: true,
      };
      const told = {
        caching: headers.get("cache-control"),
        isTagged: headers.has("etag"),
        timed: /^app;dur=[\d.]+$/.test(headers.get("server-timing") ?? ""),
      };
      if (!Bun.deepEquals(said, told)) wrong.push({ method, path, status, said, told });
      if (method === "get" && status === 200) reads.push(path);
    }
  }

  expect(wrong).toEqual([]);
  expect(reads.length).toBeGreaterThan(30);
}, 60_000);

test("every read that does not stream has an ETag, and answers 304 to who has it", async () => {
  await using system = await startSystem();
  const document = (await (await system.fetch("/openapi")).json()) as OpenApiDocument;
  const token = system.token("admin");
  const untagged: string[] = [];
  const unmoved: string[] = [];

  for (const [path, methods] of Object.entries(document.paths)) {
    if (methods["get"] === undefined) continue;
    const { status, headers } = await ask(system, "GET", path);
    const etag = headers.get("etag");
    if (status !== 200) continue;
    if (etag === null) untagged.push(path);
    // The moment of the answer is part of it, so that it is never the same.
    else if (!CHANGING.has(path)) {
      const again = await system.fetch(
        path.replaceAll(/\{\w+\}/g, (name) => PARAMETERS[name] ?? "1"),
        {
          token,
          headers: { "if-none-match": etag },
        },
      );
      if (again.status !== 304) unmoved.push(path);
    }
  }

  expect(untagged).toEqual(["/api/now-playing/events", "/api/events"]);
  expect(unmoved).toEqual([]);
}, 60_000);

/** What tells the time, or how long something runs. */
const CHANGING: ReadonlySet<string> = new Set(["/api/now-playing", "/api/status"]);

function constOf(header: object | undefined): unknown {
  const { schema } = (header ?? {}) as { schema?: { const?: unknown } };
  return schema?.const;
}
