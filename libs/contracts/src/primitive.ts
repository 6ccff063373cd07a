import { type TObject, type TSchema, type TUnsafe, Type } from "@sinclair/typebox";

/** ISO 8601 in UTC with milliseconds, as `Date.toISOString` writes it. */
export const Instant = Type.String({
  pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$`,
  description: "an instant in UTC, such as 2026-11-20T22:30:00.000Z",
});

/** A civil day in the configured zone. */
export const Day = Type.String({
  pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`,
  description: "a day, such as 2026-11-20",
});

/** One line that shows something: neither blanks alone nor control characters. */
const LINE = String.raw`^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$`;

export function Line(maxLength: number) {
  return Type.String({
    minLength: 1,
    maxLength,
    pattern: LINE,
    description: `a text of 1 to ${maxLength} characters in one line, without control characters`,
  });
}

export const Id = Type.Integer({
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: "a whole number from 1",
});
export const AppId = Type.Integer({
  minimum: 1,
  maximum: 4_294_967_295,
  description: "a Steam app id",
});
export const SteamId = Type.String({
  pattern: String.raw`^7656119\d{10}$`,
  description: "a SteamID64, 17 digits",
});
export const Minutes = Type.Integer({
  minimum: 0,
  description: "whole minutes",
});
export const Count = Type.Integer({ minimum: 0 });

export function Nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

/** A strict object: a property that it does not name is an error, not noise, so that a typing mistake is told. */
export function Strict<P extends TObject["properties"]>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

/** One of a few words. A union of literals at run time; its type only spares the compiler a union of schemas. */
export function Choice<const T extends readonly string[]>(values: T): TUnsafe<T[number]> {
  const literals = values.map((value) => Type.Literal(value));
  const description = `one of ${values.join(", ")}`;
  return Type.Unsafe<T[number]>(Type.Union(literals, { description }));
}

export const PAGE_LIMIT_DEFAULT = 50;
export const PAGE_LIMIT_MAX = 1_000;

/** What every list takes: at most `limit` items after `cursor`, an opaque text from the page before. */
export const PageInput = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: PAGE_LIMIT_MAX,
      description: `a whole number from 1 to ${PAGE_LIMIT_MAX}`,
    }),
  ),
  cursor: Type.Optional(
    Type.String({
      maxLength: 2_000,
      description: "the next_cursor of the page before, with the same filters and sort",
    }),
  ),
};

export function Page<T extends TSchema>(item: T) {
  return Type.Object({
    items: Type.Array(item),
    next_cursor: Nullable(Type.String()),
  });
}

export const Empty = Strict({});
