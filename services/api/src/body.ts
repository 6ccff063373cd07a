import { Problem } from "./problem.ts";

export const BODY_BYTES_MAX = 1024 * 1024;
/** Of the address and the headers together. */
export const HEADER_BYTES_MAX = 16 * 1024;
const DEPTH_MAX = 32;
/** A caller that sends too much is answered and then cut off; the rest is never read. */
const CLOSING = { headers: { connection: "close" } };

/** Reads a JSON body as text, within the limit even if its length was not given. Undefined when there is none. */
export async function readJsonText(request: Request): Promise<string | undefined> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return undefined;
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/(json|merge-patch\+json)\s*(;|$)/i.test(type)) {
    const got = type === "" ? "no content type" : type.slice(0, 100);
    throw new Problem("UNSUPPORTED_MEDIA_TYPE", `expected application/json, got ${got}`, {
      headers: { accept: "application/json" },
    });
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Problem("MALFORMED", "expected JSON in UTF-8, got other bytes", { cause: error });
  }
  if (depthOf(text) > DEPTH_MAX) {
    throw new Problem("MALFORMED", `expected JSON nested at most ${DEPTH_MAX} deep, got deeper`);
  }
  return text.trim() === "" ? undefined : text;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem("MALFORMED", "expected a JSON body, got something that does not parse", {
      cause: error,
    });
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > BODY_BYTES_MAX) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Throws TOO_LARGE when the declared length is too large, HEADERS_TOO_LONG when the address and headers are. */
export function assertSize({ url, headers }: Request): void {
  if (Number(headers.get("content-length") ?? 0) > BODY_BYTES_MAX) throw tooLarge();
  let length = url.length;
  for (const [name, value] of headers) length += name.length + value.length;
  if (length <= HEADER_BYTES_MAX) return;
  throw new Problem(
    "HEADERS_TOO_LONG",
    `expected an address and headers of at most ${HEADER_BYTES_MAX} bytes, got ${length}`,
    CLOSING,
  );
}

/** Whether a body of unknown length was left unread: the server would read it to its end, and it may have none. */
export function leavesBodyWithoutEnd({ headers, bodyUsed }: Request): boolean {
  return !bodyUsed && headers.has("transfer-encoding");
}

function tooLarge(): Problem {
  const detail = `expected a body of at most ${BODY_BYTES_MAX} bytes, got more`;
  return new Problem("TOO_LARGE", detail, CLOSING);
}

/** How deep brackets are nested, those in strings left out; a parser that recurses would run out of stack. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (quoted && char === "\\") index++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === "{" || char === "[")) deepest = Math.max(deepest, ++depth);
    else if (!quoted && (char === "}" || char === "]")) depth--;
  }
  return deepest;
}
