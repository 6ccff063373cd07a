import type { JsonSchema, OpenApiDocument, OpenApiOperation, OpenApiResponse } from "./openapi.ts";

const DEPTH_MAX = 5;

/** Quiet, in the colours of the web UI, which this page does not load. */
export const REFERENCE_STYLE = `:root{color-scheme:light dark;--canvas:light-dark(#f5f5f7,#0d0f12);--surface:light-dark(#fff,#15181d);--line:light-dark(#dedfe6,#2a3038);--ink:light-dark(#14161b,#eceef2);--muted:light-dark(#575d6b,#a0a9b8);--accent:light-dark(#4f46e5,#a9a4ff)}
*{box-sizing:border-box}body{margin:0;background:var(--canvas);color:var(--ink);font:1rem/1.5 ui-sans-serif,system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main,header{max-width:64rem;margin:0 auto;padding:1rem}a{color:var(--accent)}code,pre{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.875rem;overflow-wrap:anywhere}pre{white-space:pre-wrap;margin:.5rem 0}
nav ul{columns:16rem;padding:0;list-style:none}nav a{display:block;padding:.25rem 0}article{background:var(--surface);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:1rem 0}
h3{margin:0;overflow-wrap:anywhere}h4{margin:1rem 0 .25rem}.muted{color:var(--muted)}dl{margin:0}dt{margin-top:.5rem}dd{margin:0 0 0 1rem;color:var(--muted)}summary{cursor:pointer;padding:.25rem 0}`;

/** The description of all routes as one page of HTML without a script, whole on its own. */
export function referencePage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? "Other");
  const links = [...groups].map(
    ([name, members]) =>
      `<h2>${escape(name)}</h2><ul>${members
        .map(({ path, method, operation }) =>
          link(operation.operationId, `${method.toUpperCase()} ${path}`),
        )
        .join("")}</ul>`,
  );
  const sections = [...groups].map(
    ([name, members]) =>
      `<section><h2>${escape(name)}</h2>${members
        .map(({ path, method, operation }) => article(path, method, operation, document))
        .join("")}</section>`,
  );
  const { title, version, description } = document.info;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API reference · ${escape(title)}</title><link rel="icon" href="/icon.svg" type="image/svg+xml"><style>${REFERENCE_STYLE}</style></head><body><header><h1>API reference</h1><p>${escape(title)} ${escape(version)}. ${marked(description)}</p><p><a href="/">Back to the tracker</a> · <a href="/openapi">OpenAPI 3.1 document</a></p></header><main><nav aria-label="Routes">${links.join("")}</nav>${sections.join("")}</main></body></html>\n`;
}

function link(id: string, text: string): string {
  return `<li><a href="#${escape(id)}"><code>${escape(text)}</code></a></li>`;
}

function article(
  path: string,
  method: string,
  operation: OpenApiOperation,
  document: OpenApiDocument,
): string {
  const { operationId, summary, description, security, parameters = [], requestBody } = operation;
  const scope = security.flatMap((rule) => rule["token"] ?? [])[0];
  const body = requestBody?.content["application/json"];
  const given = parameters
    .map(
      ({ name, in: place, required, schema, example }) =>
        `<dt><code>${escape(name)}</code> <span class="muted">${place}${required ? ", required" : ""}</span></dt><dd>${facts(schema)}${example === undefined ? "" : ` Example: <code>${escape(shown(example))}</code>`}</dd>`,
    )
    .join("");
  return `<article id="${escape(operationId)}"><h3><code>${method.toUpperCase()} ${escape(path)}</code></h3><p>${marked(summary ?? "")}</p>${description === undefined ? "" : `<p class="muted">${marked(description)}</p>`}<p class="muted">${scope === undefined ? "Open to everybody." : `Needs the scope <code>${escape(scope)}</code>.`}</p>${given === "" ? "" : `<h4>Parameters</h4><dl>${given}</dl>`}${body === undefined ? "" : `<h4>Body</h4>${fields(body.schema, 0)}${example(body.example)}`}<h4>Answers</h4>${answers(operation.responses, document)}</article>`;
}

function example(value: unknown): string {
  return value === undefined
    ? ""
    : `<details><summary>Example</summary><pre>${escape(JSON.stringify(value, null, 2))}</pre></details>`;
}

function answers(responses: OpenApiOperation["responses"], document: OpenApiDocument): string {
  return Object.entries(responses)
    .map(([status, response]) => {
      const whole: OpenApiResponse =
        response.$ref === undefined ? response : (document.components.responses[status] ?? {});
      const { schema, example: shown } = response.content?.["application/json"] ?? {};
      const head = `<code>${status}</code> ${marked(whole.description ?? "")}`;
      return schema === undefined
        ? `<p>${head}</p>`
        : `<details><summary>${head}</summary>${fields(schema, 0)}${example(shown)}</details>`;
    })
    .join("");
}

function fields(schema: JsonSchema, depth: number): string {
  const properties = Object.entries((schema["properties"] ?? {}) as Record<string, JsonSchema>);
  const required = new Set((schema["required"] ?? []) as string[]);
  const inner = [schema["items"], ...choicesOf(schema)].filter(
    (part): part is JsonSchema => part !== undefined,
  );
  if (depth > DEPTH_MAX) return "";
  const own = properties
    .map(
      ([name, property]) =>
        `<dt><code>${escape(name)}</code>${required.has(name) ? "" : ' <span class="muted">optional</span>'}</dt><dd>${facts(property)}${fields(property, depth + 1)}</dd>`,
    )
    .join("");
  return `${own === "" ? "" : `<dl>${own}</dl>`}${inner.map((part) => fields(part, depth + 1)).join("")}`;
}

/** The type and the limits in words: `integer, from 1, at most 1000`. */
function facts(schema: JsonSchema): string {
  const choices = choicesOf(schema);
  if (choices.length > 0) return choices.map(facts).join(" or ");
  const words = schema["enum"] as unknown[] | undefined;
  const one = "const" in schema ? [schema["const"]] : words;
  if (one !== undefined) {
    return one.map((word) => `<code>${escape(shown(word))}</code>`).join(" · ");
  }
  const limits = (
    [
      ["minimum", "from"],
      ["maximum", "up to"],
      ["minLength", "characters from"],
      ["maxLength", "characters up to"],
      ["maxItems", "items up to"],
    ] as const
  ).flatMap(([key, word]) => (key in schema ? [`${word} ${shown(schema[key])}`] : []));
  const { description } = schema;
  const said = [[schema["type"] ?? "anything"].flat().map(shown).join(" or "), ...limits].join(
    ", ",
  );
  return `${escape(said)}${typeof description === "string" ? `. ${marked(description)}` : ""}`;
}

function choicesOf(schema: JsonSchema): JsonSchema[] {
  return (schema["anyOf"] ?? schema["oneOf"] ?? []) as JsonSchema[];
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What stands between backquotes in a description is code. */
function marked(text: string): string {
  return escape(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

function escape(text: string): string {
  return Bun.escapeHTML(text);
}
