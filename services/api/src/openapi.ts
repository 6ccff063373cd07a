import { toOpenAPISchema } from "@elysiajs/openapi";
import type { AnyElysia } from "elysia";
import type { Access, RouteKey } from "./access.ts";
import { successes } from "./openapi-answers.ts";
import { BODY_EXAMPLES, parameterExample } from "./openapi-examples.ts";
import { isGuarded } from "./precondition.ts";
import { ProblemBody, titleOf } from "./problem.ts";

export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security: readonly Record<string, readonly string[]>[];
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<
      Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>
    >;
  };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
}
export interface OpenApiParameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}
export interface OpenApiResponse {
  readonly description?: string;
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<
    Record<string, { readonly schema?: JsonSchema; readonly example?: unknown }>
  >;
}
export type JsonSchema = Readonly<Record<string, unknown>>;
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly responses: Readonly<Record<string, OpenApiResponse>>;
    readonly [other: string]: object;
  };
}

/** The errors that a route may answer besides its own, by what it takes. */
const ERRORS = {
  400: titleOf("MALFORMED"),
  401: titleOf("UNAUTHORIZED"),
  403: titleOf("FORBIDDEN"),
  404: titleOf("NOT_FOUND"),
  406: titleOf("NOT_ACCEPTABLE"),
  409: titleOf("CONFLICT"),
  412: `${titleOf("PRECONDITION_FAILED")}: If-Match is not what GET answers now`,
  413: titleOf("TOO_LARGE"),
  415: titleOf("UNSUPPORTED_MEDIA_TYPE"),
  422: `${titleOf("INVALID")}; \`field\` names it`,
  429: `${titleOf("LIMITED")}; see Retry-After`,
  431: "The address and headers are over 16 KiB",
  500: titleOf("INTERNAL"),
  503: "The store does not answer; see Retry-After",
} as const;
type ErrorStatus = keyof typeof ERRORS;

const INFO = {
  title: "Game Tracker",
  license: { name: "MIT", identifier: "MIT" },
  description:
    "A self-hosted tracker of one person's game library. Lists take `limit` and `cursor` and answer `items` and `next_cursor`. Times are ISO 8601 in UTC, days are civil days of the configured zone. Errors are RFC 9457 problem documents.",
};

export interface DescribedParts {
  readonly version: string;
  readonly access: Access;
}

/** The OpenAPI 3.1 document of the app, with what the routes themselves do not say: who may, and what may go wrong. */
export function openApiDocument(
  app: AnyElysia,
  { version, access }: DescribedParts,
): OpenApiDocument {
  // A route whose name ends as a file does is one all the same.
  const described = toOpenAPISchema(app, { staticFile: false });
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const [path, methods] of Object.entries(described.paths)) {
    paths[path] = Object.fromEntries(
      Object.entries(methods ?? {}).map(([method, operation]) => {
        const route = `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
        // Through JSON: the schemas carry symbols, and the types of the generator are those of OpenAPI 3.0.
        const plain = JSON.parse(JSON.stringify(operation), typeOfWords) as OpenApiOperation;
        return [method, complete(plain, route, access)];
      }),
    );
  }
  return {
    openapi: "3.1.1",
    info: { ...INFO, version },
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A token of POST /api/tokens" },
        session: { type: "apiKey", in: "cookie", name: "tracker_session" },
      },
      schemas: { Problem: JSON.parse(JSON.stringify(ProblemBody)) },
      responses: Object.fromEntries(
        Object.entries(ERRORS).map(([status, description]) => [
          status,
          {
            description,
            content: {
              "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
            },
          },
        ]),
      ),
    },
  };
}

/** Whether a parameter names a thing that may not be there. */
function namesSomething(parameter: { readonly in: string; readonly name: string }): boolean {
  return parameter.in === "path" || parameter.name === "game_id";
}

function complete(operation: OpenApiOperation, route: string, access: Access): OpenApiOperation {
  const [method = "GET", path = "/"] = route.split(" ");
  const rule = access[route as RouteKey];
  const open = rule === undefined || rule === "public";
  const { requestBody } = operation;
  const schema = requestBody?.content["application/json"]?.schema;
  const errors: ErrorStatus[] = [
    ...(open ? [] : ([401, 403, 503] as const)),
    ...(path.startsWith("/api/") ? ([422] as const) : []),
    ...(operation.parameters?.some(namesSomething) ? ([404] as const) : []),
    ...(method === "GET" ? [] : ([400, 401, 403, 404, 409, 415, 422, 429, 503] as const)),
    ...(isGuarded(route as RouteKey) ? ([412] as const) : []),
    406,
    413,
    431,
    500,
  ];
  const refs = errors.map((status) => [status, { $ref: `#/components/responses/${status}` }]);
  return {
    ...operation,
    operationId: operation.operationId.replaceAll(/-(\w)/g, (_, letter: string) =>
      letter.toUpperCase(),
    ),
    security: open ? [] : [{ token: [rule] }, { session: [] }],
    ...(operation.parameters && {
      parameters: operation.parameters.map((each) => exemplified(path, wholeNumbers(each))),
    }),
    ...(schema && {
      requestBody: {
        required: true,
        content: { "application/json": { schema, example: BODY_EXAMPLES[route] } },
      },
    }),
    responses: {
      ...Object.fromEntries(refs),
      ...successes(operation.responses, route as RouteKey, rule),
    },
  };
}

/** The generator calls every choice one of strings, and leaves null out of the words of one that may be null. */
function typeOfWords(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || !("enum" in value)) return value;
  if (!Array.isArray(value.enum)) return value;
  if (value.enum.every(Number.isInteger)) return { ...value, type: "integer" };
  const mayBeNull = "type" in value && [value.type].flat().includes("null");
  return mayBeNull ? { ...value, enum: [...new Set([...value.enum, null])] } : value;
}

/** Undoes what `parameters` in schema.ts does for Elysia. */
function wholeNumbers(parameter: OpenApiParameter): OpenApiParameter {
  const { multipleOf, type, ...rest } = parameter.schema;
  if (type !== "number" || multipleOf !== 1) return parameter;
  return { ...parameter, schema: { type: "integer", ...rest } };
}

function exemplified(path: string, parameter: OpenApiParameter): OpenApiParameter {
  const example = parameterExample(path, parameter.name);
  return example === undefined ? parameter : { ...parameter, example };
}
