import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { variablesOf } from "./variables.ts";

function read(path: string): string {
  return readFileSync(join(import.meta.dir, "..", path), "utf8");
}

/** The first column of the tables, and what ./tracker reads itself. */
function documented(): Set<string> {
  const page = read("docs/configuration.md");
  return new Set([...page.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = ""]) => name));
}

test("docs/configuration.md names every variable that is read", () => {
  const inShell = ["tracker", "services/commands/launcher/fetch.sh"].flatMap((path) =>
    [...read(path).matchAll(/\$\{([A-Z][A-Z0-9_]+)(?::?-)/g)].map(([, name = ""]) => name),
  );
  const variables = [...variablesOf("libs/*"), ...variablesOf("services/*"), ...inShell];

  expect(variables.length).toBeGreaterThan(20);
  expect(variables.filter((name) => !documented().has(name))).toEqual([]);
});

test(".env.example holds only variables that are documented", () => {
  const names = [...read(".env.example").matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(
    ([, name = ""]) => name,
  );

  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !documented().has(name))).toEqual([]);
});
