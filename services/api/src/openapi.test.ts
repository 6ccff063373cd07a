import { expect, test } from "bun:test";
import { FILE_TYPES } from "./file-reply.ts";
import type { OpenApiDocument } from "./openapi.ts";
import { startSystem } from "./test-system.ts";
import { violation } from "./test-json-schema.ts";

const FILE_TYPE_NAMES: ReadonlySet<string> = new Set(Object.values(FILE_TYPES));

test("every parameter and every body has an example, and each is on its schema", async () => {
  await using system = await startSystem();
  const document = (await (await system.fetch("/openapi")).json()) as OpenApiDocument;

  const wrong: string[] = [];
  let examples = 0;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { parameters = [], requestBody }] of Object.entries(methods)) {
      const body = requestBody?.content["application/json"];
      const parts = [...parameters, ...(body === undefined ? [] : [{ name: "body", ...body }])];
      for (const { name, schema, example } of parts) {
        examples++;
        const at = `${method} ${path} ${name}`;
        if (example === undefined) wrong.push(`${at}: no example`);
        else wrong.push(...[violation(schema, example, at) ?? []].flat());
      }
    }
  }

  expect(wrong).toEqual([]);
  expect(examples).toBeGreaterThan(70);
}, 60_000);

test("every answer that is no file has an example, and each is on its schema", async () => {
  await using system = await startSystem();
  const document = (await (await system.fetch("/openapi")).json()) as OpenApiDocument;

  const wrong: string[] = [];
  let examples = 0;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { responses }] of Object.entries(methods)) {
      const good = Object.entries(responses).filter(([status]) => status.startsWith("2"));
      if (good.length === 0) wrong.push(`${method} ${path}: no answer`);
      for (const [status, { content = {} }] of good) {
        for (const [type, { schema, example }] of Object.entries(content)) {
          if (FILE_TYPE_NAMES.has(type)) continue;
          examples++;
          const at = `${method} ${path} ${status} ${type}`;
          if (example === undefined) wrong.push(`${at}: no example`);
          else if (schema !== undefined)
            wrong.push(...[violation(schema, example, at) ?? []].flat());
        }
      }
    }
  }

  expect(wrong).toEqual([]);
  expect(examples).toBeGreaterThan(50);
}, 60_000);

test("every route has a summary and a description", async () => {
  await using system = await startSystem();
  const document = (await (await system.fetch("/openapi")).json()) as OpenApiDocument;

  const silent = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { summary, description }]) =>
      summary && description ? [] : [`${method} ${path}`],
    ),
  );

  expect(silent).toEqual([]);
}, 60_000);

test("the API reference shows every route, runs no script and asks for nothing but its own icon", async () => {
  await using system = await startSystem();
  const document = (await (await system.fetch("/openapi")).json()) as OpenApiDocument;

  const response = await system.fetch("/reference");
  const html = await response.text();

  expect(response.status).toBe(200);
  expect(response.headers.get("content-security-policy")).toStartWith("default-src 'none'");
  expect(html).not.toMatch(/<script|https?:\/\/[^\s<]*["')]|javascript:|undefined|\[object/);
  expect(html.match(/(?:src|href)="(?!#)[^"]*"/g)?.toSorted()).toEqual([
    'href="/"',
    'href="/icon.svg"',
    'href="/openapi"',
  ]);
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { operationId }] of Object.entries(methods)) {
      expect(html).toContain(
        `<article id="${operationId}"><h3><code>${method.toUpperCase()} ${path}`,
      );
    }
  }
}, 60_000);
