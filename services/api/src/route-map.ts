import { METHODS, type Method, type RouteKey, type Rule } from "./access.ts";
import { Problem } from "./problem.ts";

/** A route that fits a request, with the values of its path's variables. */
export interface FoundRoute {
  readonly key: RouteKey;
  readonly rule: Rule;
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly segments: readonly string[];
  readonly rules: ReadonlyMap<Method, { readonly key: RouteKey; readonly rule: Rule }>;
}

/** Finds the rule for a request before anything else looks at it, and knows 404 from 405, which Elysia does not. */
export class RouteMap {
  readonly #patterns: readonly Pattern[];

  constructor(access: Readonly<Record<RouteKey, Rule>>) {
    const byPath = Map.groupBy(
      Object.entries(access) as [RouteKey, Rule][],
      ([key]) => key.split(" ")[1] ?? "/",
    );
    this.#patterns = [...byPath].map(([path, entries]) => ({
      segments: path.split("/"),
      rules: new Map(
        entries.map(([key, rule]) => [key.split(" ")[0] as Method, { key, rule }] as const),
      ),
    }));
  }

  /** The methods that a path answers, HEAD and OPTIONS among them; throws NOT_FOUND for a path that is not there. */
  allowed(path: string): string[] {
    const methods: string[] = METHODS.filter((method) => this.#at(path).rules.has(method));
    return [
      ...(methods.includes("GET") ? ["GET", "HEAD", ...methods.slice(1)] : methods),
      "OPTIONS",
    ];
  }

  find(method: string, path: string): FoundRoute {
    const pattern = this.#at(path);
    const wanted = method === "HEAD" ? "GET" : method;
    const known = METHODS.find((name) => name === wanted);
    const found = known && pattern.rules.get(known);
    if (found === undefined) {
      const allow = this.allowed(path).join(", ");
      throw new Problem("METHOD_NOT_ALLOWED", `expected one of ${allow}, got ${method}`, {
        headers: { allow },
      });
    }
    return { ...found, params: paramsOf(pattern, path) };
  }

  #at(path: string): Pattern {
    const segments = path.split("/");
    const fits = ({ segments: wanted }: Pattern) =>
      wanted.length === segments.length &&
      wanted.every((segment, index) =>
        segment.startsWith(":") ? segments[index] !== "" : segment === segments[index],
      );
    const pattern = this.#patterns.find(fits);
    if (pattern === undefined) {
      throw new Problem("NOT_FOUND", "there is nothing at this path; GET /openapi lists what is");
    }
    return pattern;
  }
}

function paramsOf({ segments }: Pattern, path: string): Record<string, string> {
  const given = path.split("/");
  return Object.fromEntries(
    segments.flatMap((segment, index) =>
      segment.startsWith(":") ? [[segment.slice(1), decodePath(given[index] ?? "")]] : [],
    ),
  );
}

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new Problem("MALFORMED", "expected a percent-encoded path in UTF-8", { cause: error });
  }
}
