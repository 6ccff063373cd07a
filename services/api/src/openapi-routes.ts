import { Elysia, type AnyElysia } from "elysia";
import { type DescribedParts, type OpenApiDocument, openApiDocument } from "./openapi.ts";
import { REFERENCE_STYLE, referencePage } from "./reference.ts";

/** No script at all, the one style by what it holds, and nothing from elsewhere. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${new Bun.CryptoHasher("sha256").update(REFERENCE_STYLE).digest("base64")}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The description of all routes, for people and their tools. */
export function openApiRoutes(app: AnyElysia, parts: DescribedParts) {
  let described: OpenApiDocument | undefined;
  const document = () => (described ??= openApiDocument(app, parts));
  return new Elysia({ name: "openapi" })
    .get(
      "/openapi",
      () =>
        new Response(JSON.stringify(document(), null, 1), {
          headers: { "content-type": "application/json" },
        }),
      {
        detail: {
          tags: ["Public"],
          summary: "This document",
          description: "OpenAPI 3.1 in JSON.",
          responses: {
            200: {
              description: "OpenAPI 3.1",
              content: { "application/json": { example: { openapi: "3.1.1" } } },
            },
          },
        },
      },
    )
    .get(
      "/reference",
      () =>
        new Response(referencePage(document()), {
          headers: {
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": POLICY,
          },
        }),
      { detail: { hide: true } },
    );
}
