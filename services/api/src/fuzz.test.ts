import { expect, test } from "bun:test";
import { answer } from "@tracker/bus";
import {
  checkAccount,
  describeSchedules,
  getPollerStatus,
  SCHEDULES_EXAMPLE,
} from "@tracker/contracts";
import * as fc from "fast-check";
import type { OpenApiDocument, OpenApiOperation } from "./openapi.ts";
import { startSystem, type TestSystem } from "./test-system.ts";
import { valuesFor, violation } from "./test-json-schema.ts";

const RUNS = 5_000;
/** It takes 20 s where nothing else runs. */
const TIME_MS_MAX = 180_000;

interface Call {
  readonly operation: OpenApiOperation;
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
  readonly type: string;
}

/** Calls of one operation: parameters and bodies that fit, nearly fit, or do not fit at all. */
function callsOf(method: string, path: string, operation: OpenApiOperation): fc.Arbitrary<Call> {
  const parameters = operation.parameters ?? [];
  const given = fc.record(
    Object.fromEntries(
      parameters.map(({ name, schema }) => [
        name,
        valuesFor(schema).map((value) =>
          typeof value === "string" ? value : JSON.stringify(value),
        ),
      ]),
    ),
    { requiredKeys: parameters.filter((parameter) => parameter.required).map(({ name }) => name) },
  );
  const schema = operation.requestBody?.content["application/json"]?.schema ?? {};
  const body = fc.oneof(
    { weight: 8, arbitrary: valuesFor(schema).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  );
  return fc
    .record({
      given,
      body,
      type: fc.oneof(
        { weight: 12, arbitrary: fc.constant("application/json") },
        { weight: 1, arbitrary: fc.constantFrom("text/plain", "application/xml", "") },
      ),
      stranger: fc.oneof({ weight: 12, arbitrary: fc.constant("") }, fc.webQueryParameters()),
    })
    .map(({ given, body, type, stranger }) => {
      const texts = given as Record<string, string>;
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent((texts[name] ?? "").toWellFormed()),
      );
      const query = new URLSearchParams(
        parameters.flatMap(({ name, in: place }) =>
          place === "query" && texts[name] !== undefined
            ? [[name, texts[name]] satisfies [string, string]]
            : [],
        ),
      );
      const search = [query.toString(), stranger].filter((part) => part !== "").join("&");
      return {
        operation,
        method: method.toUpperCase(),
        path: search === "" ? filled : `${filled}?${search}`,
        body: method === "get" ? undefined : body,
        type,
      };
    });
}

async function assertHolds(system: TestSystem, token: string, call: Call): Promise<number> {
  const response = await system.fetch(call.path, {
    method: call.method,
    token,
    headers: { "content-type": call.type },
    ...(call.body === undefined ? {} : { body: call.body }),
  });
  const text = await response.text();
  const shown = `${call.method} ${call.path} ${call.body ?? ""} → ${response.status} ${text.slice(0, 300)}`;
  if (response.status >= 500) throw new Error(`a server error: ${shown}`);
  // A path parameter that holds a slash or nothing makes another path.
  const described = call.operation.responses[response.status];
  if (described === undefined && response.status !== 405) {
    throw new Error(`not described: ${shown}`);
  }
  const schema = described?.content?.["application/json"]?.schema;
  const wrong = schema && violation(schema, JSON.parse(text));
  if (wrong !== undefined) throw new Error(`off its schema at ${wrong}: ${shown}`);
  if (response.status >= 400 && !response.headers.get("content-type")?.includes("problem+json")) {
    throw new Error(`an error that is no problem document: ${shown}`);
  }
  return response.status;
}

const idlePoller = {
  configured: false,
  source: null,
  steam_id: null,
  presence: { outcome: null, reason: null, observed_at: null },
  next_sample_at: null,
  facts_waiting: 0,
  facts_waiting_since: null,
  quotas: [],
};
const unknownAccount = {
  outcome: "bad_steam_id",
  reason: "Steam knows no such account.",
  steam_id: null,
  persona_name: null,
  games: null,
} as const;

test(
  "whatever is sent, nothing answers 5xx, and every answer is on its schema",
  async () => {
    await using system = await startSystem();
    await using _poller = await system.answerAs("steam-poller", [
      answer(getPollerStatus, () => idlePoller),
      answer(checkAccount, () => unknownAccount),
    ]);
    await using _scheduler = await system.answerAs("scheduler", [
      answer(describeSchedules, () => SCHEDULES_EXAMPLE),
    ]);
    const token = system.token("admin");
    const document = (await (await system.fetch("/openapi")).json()) as OpenApiDocument;
    const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(
          () =>
            !["/api/events", "/api/now-playing/events", "/api/export"].includes(path) &&
            path !== "/api/login",
        )
        .map(([method, operation]) => callsOf(method, path, operation)),
    );
    const statuses = new Map<number, number>();
    const seed = Date.now() | 0;

    await fc.assert(
      fc.asyncProperty(fc.oneof(...calls), async (call) => {
        const status = await assertHolds(system, token, call);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }),
      { seed, numRuns: RUNS },
    );

    const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0);
    process.stdout.write(
      `fuzz: seed ${seed}, ${sent} requests, ${JSON.stringify(Object.fromEntries(statuses))}\n`,
    );
    expect(sent).toBeGreaterThanOrEqual(RUNS);
    expect([...statuses.keys()]).toContain(200);
  },
  TIME_MS_MAX,
);
