import { readFileSync } from "node:fs";
import type { Static, TObject, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { errorCode } from "./error-text.ts";

/** The environment of a process: names to values, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Something that a person has to set right before the process can run; it exits 78 (EX_CONFIG). */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Wrong variables: its message names every one of them at once, never a value. */
export class WrongVariables extends ConfigError {
  /** One for each, such as `PORT: expected a port`. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`wrong configuration: ${problems.join("; ")}`);
    this.problems = problems;
  }
}

/** Reads the configurations of several parts, and throws what is wrong with all of them together. */
export function readTogether(
  env: Environment,
  reads: readonly ((env: Environment) => unknown)[],
): void {
  const problems = new Set<string>();
  for (const read of reads) {
    try {
      read(env);
    } catch (error) {
      if (!(error instanceof WrongVariables)) throw error;
      for (const problem of error.problems) problems.add(problem);
    }
  }
  if (problems.size > 0) throw new WrongVariables([...problems]);
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
  if (problems.length > 0) throw new WrongVariables(problems);
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
    problems.push(
      `${name}: cannot read the file that ${name}_FILE names (${errorCode(error) || "unreadable"})`,
    );
    return undefined;
  }
}
