/** A source file as the rules of tests/boundaries.ts see it. */
export interface SourceFile {
  /** From the repository's root: `libs/bus/src/connect.ts`. */
  readonly path: string;
  /** The package that it belongs to: `libs/bus`, `tests`, or the file itself where it is in none (`services/main.ts`). */
  readonly owner: string;
  /** A test, or what only tests use: `a.test.ts`, `server-fixture.ts`, `test-system.ts`, everything in tests/. */
  readonly isTest: boolean;
  readonly text: string;
  /** The program without comments and types. */
  readonly code: string;
  /** Everything it imports, types included, as written. */
  readonly imports: readonly string[];
}

/** By its name alone; .dockerignore leaves the same names out of the image. */
export function isForTests(path: string): boolean {
  return /(?:\.test|-fixture|\/test-[^/]+)\.tsx?$/.test(path);
}

const transpilers = { ts: transpilerOf("ts"), tsx: transpilerOf("tsx") };

function transpilerOf(loader: "ts" | "tsx"): Bun.Transpiler {
  return new Bun.Transpiler({ loader, deadCodeElimination: false, trimUnusedImports: false });
}

export function parseSource(path: string, text: string): SourceFile {
  const transpiler = transpilers[path.endsWith("x") ? "tsx" : "ts"];
  const [kind = "", name = ""] = path.split("/");
  const isPackage = (kind === "libs" || kind === "services") && !name.includes(".");
  return {
    path,
    owner: isPackage ? `${kind}/${name}` : kind === "tests" ? kind : path,
    isTest: kind === "tests" || isForTests(path),
    text,
    code: transpiler.transformSync(text),
    imports: importsOf(text, transpiler),
  };
}

/** The transpiler knows what stays in the program; imports that are only types it drops, so those are read from the text. */
function importsOf(text: string, transpiler: Bun.Transpiler): string[] {
  const statements = text.matchAll(/^(?:import|export)\b[^"';]*?\bfrom\s*["']([^"']+)["']/gm);
  const inTypes = text.matchAll(
    /\btypeof import\(\s*["']([^"']+)["']|:\s*import\(\s*["']([^"']+)["']/g,
  );
  const found = [...statements, ...inTypes].map((match) => match[1] ?? match[2] ?? "");
  const scanned = transpiler.scanImports(text).map((entry) => entry.path);
  return [...new Set([...scanned, ...found])];
}
