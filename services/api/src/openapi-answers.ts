import type { RouteKey, Rule } from "./access.ts";
import { cachingOf } from "./caching.ts";
import type { OpenApiOperation, OpenApiResponse } from "./openapi.ts";
import { TYPE_EXAMPLES } from "./openapi-examples.ts";
import { isStreamed } from "./reply.ts";

/** What goes well, with an example and the headers that caches live by. */
export function successes(
  responses: OpenApiOperation["responses"] = {},
  route: RouteKey,
  rule: Rule | undefined,
): OpenApiOperation["responses"] {
  const headers = {
    "Cache-Control": { schema: { type: "string", const: cachingOf(route, rule) } },
    "Server-Timing": { schema: { type: "string" }, description: "How long the answer took" },
  };
  return Object.fromEntries(
    Object.entries(responses).map(([status, { description = "Done", content }]) => {
      // An answer without a body has no content; the generator writes its type there.
      if (status === "204" || content === undefined) return [status, { description, headers }];
      const tagged = route.startsWith("GET ") && !Object.keys(content).some(isStreamed);
      const tag = { schema: { type: "string" }, description: "For If-None-Match" };
      const all = { ...headers, ...(tagged && status === "200" ? { ETag: tag } : {}) };
      return [status, { description, headers: all, content: shown(content) }];
    }),
  );
}

/** The example stands in the schema, where the routes have put it. */
function shown(content: NonNullable<OpenApiResponse["content"]>): OpenApiResponse["content"] {
  return Object.fromEntries(
    Object.entries(content).map(([type, { schema, ...rest }]) => {
      const { examples, ...plain } = schema ?? {};
      const example = Array.isArray(examples) ? examples[0] : TYPE_EXAMPLES[type];
      return [
        type,
        {
          ...(schema && { schema: plain }),
          ...(example === undefined ? {} : { example }),
          ...rest,
        },
      ];
    }),
  );
}
