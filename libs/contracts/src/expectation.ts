import type { TSchema } from "@sinclair/typebox";
import { type TypeCheck, TypeCompiler, type ValueError } from "@sinclair/typebox/compiler";

const compiled = new WeakMap<TSchema, TypeCheck<TSchema>>();

/** The compiled check of a schema; compiling costs far more than checking, so each is compiled once. */
export function checkerOf(schema: TSchema): TypeCheck<TSchema> {
  let checker = compiled.get(schema);
  if (checker === undefined) {
    checker = TypeCompiler.Compile(schema);
    compiled.set(schema, checker);
  }
  return checker;
}

/** What was expected where a check failed, in words for a person; undefined where a property was not expected at all. */
export function expectedBy(error: ValueError | undefined): string | undefined {
  if (error?.message === "Unexpected property") return undefined;
  const known = error && expectationOf(error.schema);
  return known ?? (error?.message ?? "something else").replace(/^Expected /, "");
}

const SHOWN_LENGTH_MAX = 60;

/**
 * What a schema expects, in words for a person: its description where it has one, else put together from its parts.
 * Undefined for what only its own error message can say.
 */
export function expectationOf(schema: TSchema): string | undefined {
  const { description, anyOf, type } = schema as Partial<Record<string, unknown>>;
  if (typeof description === "string") return description;
  if (Array.isArray(anyOf)) {
    const parts = anyOf.map((part: TSchema) => expectationOf(part));
    return parts.every((part) => part !== undefined) ? parts.join(" or ") : undefined;
  }
  if ("const" in schema) return JSON.stringify(schema["const"]);
  if (type === "null") return "null";
  if (type === "boolean") return "true or false";
  if (type === "integer" || type === "number") return expectedNumber(schema, type === "integer");
  if (type === "string") return expectedText(schema);
  return type === "array" ? "a list" : type === "object" ? "an object" : undefined;
}

function expectedNumber({ minimum, maximum }: TSchema, whole: boolean): string {
  const from = minimum === undefined ? "" : ` from ${minimum}`;
  const to = maximum === undefined ? "" : `${from === "" ? " up" : ""} to ${maximum}`;
  return `a ${whole ? "whole " : ""}number${from}${to}`;
}

function expectedText({ minLength, maxLength, pattern }: TSchema): string | undefined {
  if (pattern !== undefined) return undefined;
  if (maxLength === undefined) return "a text";
  return minLength === undefined
    ? `a text of at most ${maxLength} characters`
    : `a text of ${minLength} to ${maxLength} characters`;
}

/** A value as an error may show it: short, on one line, and never a number that reading it has rounded. */
export function shownValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return "a number that is too large";
  const text = JSON.stringify(value);
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX - 1)}…` : text;
}
