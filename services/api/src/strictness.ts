import { checkerOf, Day, expectationOf, expectedBy, Instant, shownValue } from "@tracker/contracts";
import type { TObject, TSchema } from "@sinclair/typebox";
import { Problem } from "./problem.ts";

const NUMBER = /^-?\d{1,20}(\.\d{1,20})?$/;
const SECRET = /password|token|secret|_key$|\/url$/;

/**
 * Checks parameters of a query or a path as they came. Elysia would drop an unknown one, take the last of two, and
 * lose the name of one that is out of range; here each is an error that names it.
 */
export function checkParameters(schema: TObject, given: Iterable<readonly [string, string]>): void {
  const values: Record<string, unknown> = Object.create(null);
  const texts: Record<string, string> = Object.create(null);
  for (const [name, text] of given) {
    const property: TSchema | undefined = Object.hasOwn(schema.properties, name)
      ? schema.properties[name]
      : undefined;
    if (property === undefined) {
      const known = Object.keys(schema.properties).join(", ") || "no parameter";
      throw invalid(name, known, "a parameter of that name");
    }
    if (name in values) throw invalid(name, "the parameter once", "it twice");
    values[name] = convert(property, text);
    texts[name] = text;
  }
  // Shown as it came, not as a number that reading it has rounded.
  check(schema, values, {
    nameOf: (path) => path.slice(1),
    shown: (path, value) =>
      typeof value === "number" ? (texts[path.slice(1)] ?? "") : shownUnlessSecret(path, value),
  });
}

/** Checks a body against its schema; `at` is where in the whole body the value stands. */
export function checkBody(schema: TSchema, value: unknown, at = ""): void {
  check(schema, value, {
    nameOf: (path) => `${at}${path}` || "/",
    shown: shownUnlessSecret,
  });
}

function shownUnlessSecret(path: string, value: unknown): string {
  return SECRET.test(path) && value !== undefined ? "something else" : shownValue(value);
}

function convert(property: TSchema, text: string): unknown {
  if (property["type"] === "number" || property["type"] === "integer") {
    return NUMBER.test(text) ? Number(text) : text;
  }
  if (property["type"] === "boolean") {
    return text === "true" ? true : text === "false" ? false : text;
  }
  return text;
}

/** How a part of what was given is named and shown, by its path. */
interface Wording {
  nameOf(path: string): string;
  shown(path: string, value: unknown): string;
}

function check(schema: TSchema, value: unknown, wording: Wording): void {
  const checker = checkerOf(schema);
  if (checker.Check(value)) return checkDates(schema, value, wording);
  const error = checker.Errors(value).First();
  const expected =
    expectedBy(error) ??
    `one of ${Object.keys(propertiesOf(schema)).join(", ") || "no properties"}`;
  const path = error?.path ?? "";
  throw invalid(wording.nameOf(path), expected, wording.shown(path, error?.value));
}

/** A pattern lets 2026-02-31 through; the calendar does not. */
function checkDates(schema: TSchema, value: unknown, wording: Wording): void {
  for (const [name, property] of Object.entries(propertiesOf(schema))) {
    const given: unknown = Object(value)[name];
    if (typeof given !== "string") continue;
    const choices: readonly TSchema[] = property["anyOf"] ?? [property];
    const wanted = choices.find(({ pattern }) => [Day.pattern, Instant.pattern].includes(pattern));
    if (wanted === undefined || isOnCalendar(given)) continue;
    throw invalid(
      wording.nameOf(`/${name}`),
      expectationOf(property) ?? "a date",
      shownValue(given),
    );
  }
}

function isOnCalendar(text: string): boolean {
  const time = Date.parse(text);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text.slice(0, 19));
}

function propertiesOf(schema: TSchema): Record<string, TSchema> {
  return schema["properties"] ?? {};
}

function invalid(field: string, expected: string, got: string): Problem {
  return new Problem("INVALID", `${field}: expected ${expected}, got ${got}`, { field });
}
