import { extname } from "node:path";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { IMAGE_HOSTS } from "./image-host.ts";
import { hasLoginCookie } from "./credential.ts";
import { ICON_PATHS, PAGE_PATHS, WORKER_PATH } from "./page-path.ts";
import { Problem } from "./problem.ts";
import { webAssets } from "./web-assets.ts";

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  `img-src 'self' data: blob: ${IMAGE_HOSTS.join(" ")}`,
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** All that it does is ask this host for the files of the UI. */
const WORKER_POLICY = "default-src 'none'; connect-src 'self'";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

/** Whatever it names, the page itself asks the API for it and says when there is no such thing. */
const Name = Type.String({ maxLength: 200 });

/** The web UI: one document for every page, and the files that it loads. */
export function pageRoutes() {
  const routes = new Elysia({ name: "page" }).get(
    "/assets/:file",
    async ({ params }) => {
      const bytes = (await webAssets()).hashed.get(params.file);
      if (bytes === undefined) throw new Problem("NOT_FOUND", "there is no such file");
      return file(bytes, params.file, "public, max-age=31536000, immutable");
    },
    { params: Type.Object({ file: Name }), detail: { hide: true } },
  );
  routes.get(
    WORKER_PATH,
    async () => {
      const answer = file((await webAssets()).worker, WORKER_PATH, "no-cache");
      answer.headers.set("content-security-policy", WORKER_POLICY);
      return answer;
    },
    { detail: { hide: true } },
  );
  for (const path of ICON_PATHS) {
    routes.get(
      path,
      async () => file((await webAssets()).icons.get(path.slice(1)), path, "public, max-age=86400"),
      { detail: { hide: true } },
    );
  }
  for (const path of PAGE_PATHS) {
    const names = path.split("/").flatMap((part) => (part.startsWith(":") ? [part.slice(1)] : []));
    const params = Type.Object(Object.fromEntries(names.map((name) => [name, Name])));
    const input = names.length === 0 ? {} : { params };
    routes.get(path, ({ request }) => page(request), { ...input, detail: { hide: true } });
  }
  return routes;
}

/** The document, which shows by itself what is at an address, or that nothing is. */
export async function page(request: Request, status = 200): Promise<Response> {
  const visitor = hasLoginCookie(request) ? "known" : "stranger";
  return new Response((await webAssets()).document(visitor), {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "content-security-policy": POLICY,
      vary: "Cookie",
    },
  });
}

function file(bytes: Uint8Array<ArrayBuffer> | undefined, name: string, caching: string): Response {
  if (bytes === undefined) throw new Problem("NOT_FOUND", "there is no such file");
  const type = TYPES[extname(name)] ?? "application/octet-stream";
  return new Response(bytes, { headers: { "content-type": type, "cache-control": caching } });
}
