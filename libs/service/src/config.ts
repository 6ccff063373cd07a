import { readFileSync } from "node:fs";
import type { Static, TObject, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

/** The environment of a process: names to values, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Wrong configuration. Its message names every wrong variable at once, never a value; processes exit 78 (EX_CONFIG). */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads the variables that `schema` names from `env`. Each may also be given as `<NAME>_FILE`, a file that holds the
 * value (as compose secrets are). Numbers are converted, an empty value counts as absent, defaults are filled in.
 * A property's `description` says what is expected and is quoted when the value does not fit.
 */
export function parseEnv<T extends TObject>(schema: T, env: Environment): Static<T> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    const raw = readVariable(name, env, problems);
    if (raw !== undefined) values[name] = Value.Convert(property, raw);
    else if (property.default !== undefined) values[name] = property.default;
  }
  for (const error of Value.Errors(schema, values)) {
    const name = error.path.split("/")[1] ?? "";
    const property: TSchema | undefined = schema.properties[name];
    const problem = `${name}: expected ${property?.description ?? error.message}`;
    if (!problems.some((known) => known.startsWith(`${name}:`))) problems.push(problem);
  }
  if (problems.length > 0) throw new ConfigError(`wrong configuration: ${problems.join("; ")}`);
  return Value.Decode(schema, values);
}

function readVariable(name: string, env: Environment, problems: string[]): string | undefined {
  const direct = env[name]?.trim();
  if (direct) return direct;
  const file = env[`${name}_FILE`]?.trim();
  if (!file) return undefined;
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch (error) {
    problems.push(`${name}: cannot read the file that ${name}_FILE names (${errorCode(error)})`);
    return undefined;
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unreadable";
}
