import { CloneType, Kind, type Static, type TObject, type TSchema } from "@sinclair/typebox";

/**
 * A contract's schema for Elysia to keep. It must be a copy: Elysia writes `additionalProperties` into what it is
 * given, and the contracts are shared with every other service of the process.
 */
export function copy<T extends TSchema>(schema: T): T {
  return CloneType(schema);
}

/** The same with an answer that the OpenAPI document shows. */
export function withExample<T extends TSchema>(schema: T, example: Static<T>): T {
  return Object.assign(copy(schema), { examples: [example] });
}

/** A contract's schema for a query or a path. Elysia converts `number` but not `integer`, hence the whole numbers. */
export function parameters<T extends TObject>(schema: T): T {
  const clone = CloneType(schema);
  for (const property of Object.values<TSchema>(clone.properties)) {
    if (property[Kind] !== "Integer") continue;
    property[Kind] = "Number";
    property["type"] = "number";
    property["multipleOf"] = 1;
  }
  return clone;
}
