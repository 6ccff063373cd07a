import { Elysia } from "elysia";
import { PAGE_CSS } from "./page/style.ts";
import { hasLoginCookie } from "./credential.ts";
import { pageDocument } from "./page/document.ts";
import { PAGE_SCRIPT } from "./page/script.ts";

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A small page over the API: what is played now, the last sessions, and how the sync does. */
export function pageRoutes() {
  return new Elysia({ name: "page" })
    .get(
      "/",
      ({ request }) => {
        const visitor = hasLoginCookie(request) ? "known" : "stranger";
        return file(pageDocument(visitor), "text/html", { vary: "Cookie" });
      },
      { detail: { hide: true } },
    )
    .get("/page.css", () => file(PAGE_CSS, "text/css"), { detail: { hide: true } })
    .get("/page.js", () => file(PAGE_SCRIPT, "text/javascript"), { detail: { hide: true } });
}

function file(text: string, type: string, more: Record<string, string> = {}): Response {
  return new Response(text, {
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": "no-cache",
      "content-security-policy": POLICY,
      ...more,
    },
  });
}
