import { expect, test } from "bun:test";
import type { JsonSchema, OpenApiDocument, OpenApiOperation } from "./openapi.ts";
import { startSystem, type TestSystem } from "./test-system.ts";
import { violation } from "./test-json-schema.ts";

/** What a stranger tries, each a text that no number, word, day or flag is. */
const HOSTILE = [
  "' OR 1=1 --",
  "1; DROP TABLE games",
  "title; --",
  "(SELECT hash FROM api_tokens)",
  "../../../../etc/passwd",
  "..%2f..%2fetc%2fpasswd",
  String.raw`..\..\windows\win.ini`,
  "file:///etc/passwd",
  "<script>alert(1)</script>",
  "${jndi:ldap://127.0.0.1/a}",
  "{{7*7}}",
  "$(id)",
  "`id`",
  "__proto__",
  "constructor",
  "\0",
  "1e999",
  "NaN",
  "0x10",
  "-0.5",
  "9".repeat(400),
  "x".repeat(5_000),
  "\u202Eabc",
  "true ",
  " 1",
] as const;

/** Bodies that are none for any route, and the statuses that they may be refused with. */
const BROKEN_BODIES: readonly [
  name: string,
  body: string | Uint8Array<ArrayBuffer>,
  type: string,
  status: number,
][] = [
  ["too large", `{"title":"${"x".repeat(1_100_000)}"}`, "application/json", 413],
  ["nested too deep", "[".repeat(50_000) + "]".repeat(50_000), "application/json", 400],
  ["cut off", '{"title":', "application/json", 400],
  ["not UTF-8", new Uint8Array([0x22, 0xff, 0xfe, 0x22]), "application/json", 400],
  ["UTF-16", new Uint8Array(Buffer.from('{"title":"x"}', "utf16le")), "application/json", 400],
  ["packed, but not told", new Uint8Array(Bun.gzipSync("{}")), "application/json", 400],
  ["a form", "title=x", "application/x-www-form-urlencoded", 415],
  ["XML", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "text/xml", 415],
  ["a list", "[]", "application/json", 422],
  ["a number", "7", "application/json", 422],
  ["nothing", "null", "application/json", 422],
  ["a stranger's property", '{"__proto__":{"admin":true},"x":1}', "application/json", 422],
];

interface Attack {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly init: RequestInit;
  /** Undefined: any from 400 to 499. */
  readonly status?: number;
}

/** A path that is right in every part but for what is `given`. */
function pathOf(path: string, operation: OpenApiOperation, given: Record<string, string>): string {
  const { parameters = [] } = operation;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const example = parameters.find((parameter) => parameter.name === name)?.example;
    return encodeURIComponent(given[name] ?? String(example));
  });
  const query = new URLSearchParams(
    Object.entries(given).filter(([name]) => !path.includes(`{${name}}`)),
  );
  return query.size === 0 ? filled : `${filled}?${query.toString()}`;
}

function parameterAttacks(path: string, method: string, operation: OpenApiOperation): Attack[] {
  const send = (name: string, given: Record<string, string>) => ({
    name: `${method} ${path} ${name}`,
    method,
    path: pathOf(path, operation, given),
    init: bodyOf(operation),
  });
  const wrong = (operation.parameters ?? []).flatMap(({ name, schema }) =>
    HOSTILE.filter((text) => violation(schema, text) !== undefined).map((text) =>
      send(`${name}=${text.slice(0, 30)}`, { [name]: text }),
    ),
  );
  return path.startsWith("/api/") ? [...wrong, send("a stranger", { "'; --": "1" })] : wrong;
}

function bodyOf(operation: OpenApiOperation): RequestInit {
  const body = operation.requestBody?.content["application/json"];
  return body === undefined ? {} : jsonInit(body.example);
}

function jsonInit(value: unknown): RequestInit {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

function bodyAttacks(path: string, method: string, operation: OpenApiOperation): Attack[] {
  const content = operation.requestBody?.content["application/json"];
  if (method === "get") return [];
  const to = (name: string, init: RequestInit, status?: number): Attack => ({
    name: `${method} ${path} ${name}`,
    method,
    path: pathOf(path, operation, {}),
    init,
    ...(status === undefined ? {} : { status }),
  });
  const broken = BROKEN_BODIES.map(([name, body, type, status]) =>
    to(name, { body, headers: { "content-type": type } }, status),
  );
  if (content === undefined) return broken;
  const properties = (content.schema["properties"] ?? {}) as Record<string, JsonSchema>;
  const wrong = Object.entries(properties).flatMap(([name, schema]) =>
    [...HOSTILE, 1e308, -1, { $gt: "" }, [[]], true, null]
      .filter((value) => violation(schema, value) !== undefined)
      .map((value) => {
        const body = { ...(content.example as object), [name]: value };
        return to(`/${name} ${JSON.stringify(value).slice(0, 30)}`, jsonInit(body), 422);
      }),
  );
  return [...broken, ...wrong];
}

async function assertRefused(system: TestSystem, token: string, attack: Attack): Promise<void> {
  const { name, method, path, init, status: wanted } = attack;
  const response = await system.fetch(path, { ...init, method: method.toUpperCase(), token });
  const text = await response.text();
  const shown = `${name} → ${response.status} ${text.slice(0, 200)}`;
  if (wanted === undefined ? Math.floor(response.status / 100) !== 4 : response.status !== wanted) {
    throw new Error(`expected ${wanted ?? "4xx"}: ${shown}`);
  }
  expect([name, response.headers.get("content-type")]).toEqual([name, "application/problem+json"]);
  // Nothing of how it is made, and nothing of what was asked for by a wrong path.
  expect(text).not.toMatch(/SQLITE|syntax error|node_modules|\.ts:\d|root:x:/);
}

test("whatever is tried on any parameter or body of any route is a 4xx that says why, and changes nothing", async () => {
  await using system = await startSystem();
  const token = system.token("admin");
  const document = (await (await system.fetch("/openapi")).json()) as OpenApiDocument;
  const library = async () => (await system.fetch("/api/games?limit=1000", { token })).text();
  const before = await library();

  const attacks = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      parameterAttacks(path, method, operation).concat(bodyAttacks(path, method, operation)),
    ),
  );
  for (const attack of attacks) await assertRefused(system, token, attack);

  process.stdout.write(`injection: ${attacks.length} attacks\n`);
  expect(attacks.length).toBeGreaterThan(1_000);
  expect(await library()).toBe(before);
}, 60_000);

test("what a list is sorted and filtered by comes from a list of names, which the description gives", async () => {
  await using system = await startSystem();
  const document = (await (await system.fetch("/openapi")).json()) as OpenApiDocument;

  const open = Object.entries(document.paths).flatMap(([path, methods]) =>
    (methods["get"]?.parameters ?? [])
      .filter(({ name }) => ["sort", "order", "kind", "state", "status"].includes(name))
      .filter(({ schema }) => schema["enum"] === undefined)
      .map(({ name }) => `${path} ${name}`),
  );

  expect(open).toEqual([]);
});
