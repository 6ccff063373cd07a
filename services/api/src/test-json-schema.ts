import * as fc from "fast-check";
import type { JsonSchema } from "./openapi.ts";

/** Where a value breaks a JSON schema of the OpenAPI document, or undefined. Knows the keywords that we use. */
export function violation(schema: JsonSchema, value: unknown, at = ""): string | undefined {
  const choices = (schema["anyOf"] ?? schema["oneOf"]) as JsonSchema[] | undefined;
  if (choices !== undefined) {
    const found = choices.map((choice) => violation(choice, value, at));
    return found.includes(undefined) ? undefined : `${at}: fits no choice (${found.join("; ")})`;
  }
  const types = [schema["type"] ?? []].flat() as string[];
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) {
    return `${at}: expected ${types.join(" or ")}, got ${JSON.stringify(value)}`;
  }
  const words = schema["enum"] as unknown[] | undefined;
  if (words !== undefined && !words.includes(value))
    return `${at}: ${String(value)} is no such word`;
  if ("const" in schema && schema["const"] !== value)
    return `${at}: expected ${String(schema["const"])}`;
  if (typeof value === "string") return textViolation(schema, value, at);
  if (typeof value === "number") return numberViolation(schema, value, at);
  if (Array.isArray(value)) {
    const items = (schema["items"] ?? {}) as JsonSchema;
    return first(value.map((item, index) => violation(items, item, `${at}/${index}`)));
  }
  return value !== null && typeof value === "object"
    ? objectViolation(schema, value, at)
    : undefined;
}

function isOfType(type: string, value: unknown): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object")
    return typeof value === "object" && value !== null && !Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}

function textViolation(schema: JsonSchema, value: string, at: string): string | undefined {
  const {
    pattern,
    minLength = 0,
    maxLength = Infinity,
  } = schema as {
    pattern?: string;
    minLength?: number;
    maxLength?: number;
  };
  if (pattern !== undefined && !new RegExp(pattern).test(value))
    return `${at}: ${value} is no ${pattern}`;
  return value.length < minLength || value.length > maxLength ? `${at}: wrong length` : undefined;
}

function numberViolation(schema: JsonSchema, value: number, at: string): string | undefined {
  const { minimum = -Infinity, maximum = Infinity } = schema as {
    minimum?: number;
    maximum?: number;
  };
  return value < minimum || value > maximum ? `${at}: ${value} is out of range` : undefined;
}

function objectViolation(schema: JsonSchema, value: object, at: string): string | undefined {
  const properties = (schema["properties"] ?? {}) as Record<string, JsonSchema>;
  const missing = ((schema["required"] ?? []) as string[]).find(
    (name) => !Object.hasOwn(value, name),
  );
  if (missing !== undefined) return `${at}/${missing}: is missing`;
  return first(
    Object.entries(value).map(([name, inner]) => {
      const known = properties[name];
      if (known !== undefined) return violation(known, inner, `${at}/${name}`);
      const closed =
        schema["properties"] !== undefined && schema["patternProperties"] === undefined;
      return closed ? `${at}/${name}: is not described` : undefined;
    }),
  );
}

function first(found: readonly (string | undefined)[]): string | undefined {
  return found.find((message) => message !== undefined);
}

const NASTY = fc.constantFrom(
  "",
  " ",
  "0",
  "-1",
  "1e999",
  "null",
  "true",
  "\0",
  "../../etc/passwd",
  "'; DROP TABLE games; --",
  "<script>alert(1)</script>",
  "%00",
  "\u202E\uD83D\uDE00",
  "2026-02-31",
  "9".repeat(400),
  "x".repeat(5_000),
);

/** Values that fit the schema, values that nearly do, and values that have nothing to do with it. */
export function valuesFor(schema: JsonSchema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 6, arbitrary: fitting(schema) },
    { weight: 1, arbitrary: NASTY },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  );
}

function fitting(schema: JsonSchema): fc.Arbitrary<unknown> {
  const choices = (schema["anyOf"] ?? schema["oneOf"]) as JsonSchema[] | undefined;
  if (choices !== undefined) return fc.oneof(...choices.map(fitting));
  if (schema["enum"] !== undefined) return fc.constantFrom(...(schema["enum"] as unknown[]));
  if ("const" in schema) return fc.constant(schema["const"]);
  const type = [schema["type"]].flat()[0];
  const { minimum = -1_000, maximum = 1_000_000 } = schema as {
    minimum?: number;
    maximum?: number;
  };
  if (type === "integer") return fc.integer({ min: minimum, max: Math.min(maximum, 0x7fffffff) });
  if (type === "number")
    return fc.integer({ min: minimum, max: maximum }).map((whole) => whole / 2);
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  if (type === "array") {
    return fc.array(valuesFor((schema["items"] ?? {}) as JsonSchema), { maxLength: 4 });
  }
  if (type === "object") return fittingObject(schema);
  return typeof schema["pattern"] === "string" && schema["pattern"].startsWith(String.raw`^\d{4}`)
    ? fc
        .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
        .map((date) =>
          String(schema["pattern"]).includes("T")
            ? date.toISOString()
            : date.toISOString().slice(0, 10),
        )
    : fc.string({ unit: "binary", maxLength: 40 });
}

function fittingObject(schema: JsonSchema): fc.Arbitrary<unknown> {
  const properties = (schema["properties"] ?? {}) as Record<string, JsonSchema>;
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [name, valuesFor(inner)]),
  );
  const requiredKeys = (schema["required"] ?? []) as string[];
  const whole = fc.record(model, { requiredKeys, noNullPrototype: true });
  const more = fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 1 }), {
    maxKeys: 2,
  });
  return fc.oneof(
    { weight: 5, arbitrary: whole },
    {
      weight: 1,
      arbitrary: fc.tuple(whole, more).map(([value, extra]) => Object.assign(value, extra)),
    },
  );
}
