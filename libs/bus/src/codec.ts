import { gunzipSync } from "node:zlib";
import { checkerOf, expectedBy, ServiceError, shownValue } from "@tracker/contracts";
import type { Static, TSchema } from "@sinclair/typebox";
import type { TypeCheck } from "@sinclair/typebox/compiler";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Bodies above this are gzipped: a library of 25,000 games fits the server's 1 MB that way. */
const COMPRESS_FROM_BYTES = 32_768;
/** No message of ours unpacks to more; a larger one is not ours. */
const UNPACKED_BYTES_MAX = 32 * 1024 * 1024;
const GZIP_MAGIC = 0x1f;

/** JSON as bytes, gzipped when large. The reader tells by the first byte, which in JSON is never 0x1f. */
export function encode(value: unknown): Uint8Array {
  const bytes = encoder.encode(JSON.stringify(value));
  return bytes.length < COMPRESS_FROM_BYTES ? bytes : Bun.gzipSync(bytes);
}

/** Reads a body and checks it against its schema; an empty body is `{}`. Throws INVALID naming the field, what was expected and what came. */
export function decode<T extends TSchema>(schema: T, body: Uint8Array): Static<T> {
  const value = parseBody(body);
  const check = checkerOf(schema);
  if (check.Check(value)) return value;
  throw invalid(check, value);
}

function parseBody(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    const packed = body[0] === GZIP_MAGIC;
    const text = decoder.decode(packed ? unpack(body) : body);
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw new ServiceError("INVALID", "expected a JSON body, got something that does not parse", {
      cause: error,
    });
  }
}

function unpack(body: Uint8Array): Uint8Array {
  try {
    return gunzipSync(body, { maxOutputLength: UNPACKED_BYTES_MAX });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new ServiceError("TOO_LARGE", "expected a body of at most 32 MiB when unpacked");
    }
    throw error;
  }
}

function invalid(check: TypeCheck<TSchema>, value: unknown): ServiceError {
  const error = check.Errors(value).First();
  const field = error?.path || "/";
  const expected = expectedBy(error) ?? `no property ${field.slice(1)}`;
  const got = shownValue(error?.value);
  return new ServiceError("INVALID", `${field}: expected ${expected}, got ${got}`, { field });
}
