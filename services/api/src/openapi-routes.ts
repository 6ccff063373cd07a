import { Elysia, type AnyElysia } from "elysia";
import { openApiDocument } from "./openapi.ts";

/** The description of all routes, for people and their tools. */
export function openApiRoutes(app: AnyElysia, version: string) {
  let document: string | undefined;
  return new Elysia({ name: "openapi" }).get(
    "/openapi",
    () => {
      document ??= JSON.stringify(openApiDocument(app, version), null, 1);
      return new Response(document, { headers: { "content-type": "application/json" } });
    },
    {
      detail: {
        tags: ["Public"],
        summary: "This document",
        description: "OpenAPI 3.1 in JSON.",
        responses: { 200: { description: "OpenAPI 3.1", content: { "application/json": {} } } },
      },
    },
  );
}
