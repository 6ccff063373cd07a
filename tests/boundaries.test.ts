import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { violations } from "./boundaries.ts";
import { parseSource, type SourceFile } from "./source-file.ts";

const REPOSITORY = join(import.meta.dir, "..");

function find(pattern: string): string[] {
  const paths = [...new Bun.Glob(pattern).scanSync({ cwd: REPOSITORY, dot: false })];
  return paths.filter((path) => !path.includes("node_modules/")).sort();
}

function read(path: string): string {
  return readFileSync(join(REPOSITORY, path), "utf8");
}

/** What each package.json shows to others is used by them, whoever they are. */
function exportedPaths(): string[] {
  return [...find("{libs,services}/*/package.json"), "tests/package.json"].flatMap((path) => {
    const manifest: { exports?: Record<string, string> } = JSON.parse(read(path));
    return Object.values(manifest.exports ?? {}).map((target) =>
      posix.join(posix.dirname(path), target),
    );
  });
}

/** One small file, as somebody might add it tomorrow. */
function planted(path: string, text: string, entries: readonly string[] = [path]): string[] {
  const others: SourceFile[] = [
    parseSource("services/store/src/main.ts", ""),
    parseSource("services/new-one/src/main.ts", ""),
    parseSource("services/api/src/main.ts", ""),
  ];
  const mains = others.map(({ path }) => path);
  return violations([...others, parseSource(path, text)], [...mains, ...entries]);
}

test("every file keeps to its place in the architecture", () => {
  const paths = find("{libs,services,tests}/**/*.{ts,tsx}");
  const files = paths.map((path) => parseSource(path, read(path)));

  expect(new Set(files.map((file) => file.owner)).size).toBeGreaterThan(12);
  expect(violations(files, exportedPaths())).toEqual([]);
});

test.each([
  [
    "services/api/src/a.ts",
    `import { f } from "@tracker/store";`,
    "imports the service @tracker/store",
  ],
  [
    "services/api/src/a.ts",
    `import type { F } from "@tracker/store";`,
    "imports the service @tracker/store",
  ],
  [
    "services/api/src/a.ts",
    `import {\n  type F,\n  type G,\n} from "@tracker/new-one";`,
    "imports the service @tracker/new-one",
  ],
  [
    "services/api/src/a.ts",
    `export type { F } from "@tracker/store";`,
    "imports the service @tracker/store",
  ],
  [
    "services/api/src/a.ts",
    `const f = await import("@tracker/store"); f;`,
    "imports the service @tracker/store",
  ],
  [
    "services/api/src/a.ts",
    `let f: import("@tracker/store").F; f;`,
    "imports the service @tracker/store",
  ],
  [
    "services/api/src/a.test.ts",
    `import { f } from "@tracker/store"; f();`,
    "imports the service @tracker/store",
  ],
  [
    "services/api/src/a.ts",
    `import { f } from "../../store/src/f.ts"; f();`,
    "leaves its package for services/store/src/f.ts",
  ],
  [
    "services/main.ts",
    `import { f } from "./store/src/f.ts"; f();`,
    "leaves its package for services/store/src/f.ts",
  ],
  [
    "tests/a.ts",
    `import { f } from "../libs/bus/src/f.ts"; f();`,
    "leaves its package for libs/bus/src/f.ts",
  ],
  [
    "libs/bus/src/a.ts",
    `import { f } from "@tracker/store"; f();`,
    "imports the service @tracker/store",
  ],
  [
    "libs/bus/src/a.ts",
    `import { f } from "@tracker/tests/sim"; f();`,
    "imports @tracker/tests/sim, but is no test",
  ],
  [
    "services/new-one/src/a.ts",
    `import { start } from "@tracker/bus/test-server"; start();`,
    "imports @tracker/bus/test-server, but is no test",
  ],
  [
    "services/new-one/src/a.ts",
    `import { total } from "@tracker/playtime/snapshot-fixture"; total();`,
    "imports @tracker/playtime/snapshot-fixture, but is no test",
  ],
  [
    "libs/bus/src/a.ts",
    `import { start } from "./server-fixture.ts"; start();`,
    "imports libs/bus/src/server-fixture.ts, but is no test",
  ],
  ["services/new-one/src/a.ts", `import { connect } from "nats"; connect();`, "imports nats"],
  ["services/new-one/src/a.ts", `import type { Msg } from "nats";`, "imports nats"],
  [
    "services/api/src/a.ts",
    `import { Database } from "bun:sqlite"; new Database();`,
    "imports bun:sqlite",
  ],
  [
    "libs/service/src/a.ts",
    `import { sql } from "drizzle-orm/sqlite-core"; sql();`,
    "imports drizzle-orm/sqlite-core",
  ],
  [
    "services/scheduler/src/a.ts",
    `import { f } from "@tracker/steam"; f();`,
    "imports @tracker/steam",
  ],
  [
    "libs/playtime/src/a.ts",
    `import { readFile } from "node:fs"; readFile();`,
    "imports node:fs, but is to do no I/O",
  ],
  [
    "services/importer/src/a.ts",
    `fetch("https://store.steampowered.com/api");`,
    "knows an address of Steam or SteamSpy",
  ],
  ["services/importer/src/a.ts", `f(process.env["X"]);`, "reads the environment"],
  ["services/importer/src/a.ts", `f(Bun.env);`, "reads the environment"],
  ["services/importer/src/a.ts", `const { env } = process; f(env);`, "reads the environment"],
  [
    "services/store/src/a.ts",
    `db.transaction(/* so that this file itself passes */ async (tx) => { await tx; });`,
    "holds an asynchronous transaction, which SQLite commits before its work is done",
  ],
])("%s: %s is reported", (path, text, problem) => {
  expect(planted(path, text)).toEqual([`${path}: ${problem}`]);
});

test("a file that nothing leads to is reported, also when another such file imports it", () => {
  const files = [
    parseSource("libs/bus/src/index.ts", `export { a } from "./a.ts";`),
    parseSource("libs/bus/src/a.ts", `new Worker(new URL("./worker.ts", import.meta.url));`),
    parseSource("libs/bus/src/worker.ts", `Bun.spawn([join(import.meta.dir, "child.ts")]);`),
    parseSource("libs/bus/src/child.ts", ""),
    parseSource("libs/bus/src/lost.ts", `import "./lost-too.ts";`),
    parseSource("libs/bus/src/lost-too.ts", ""),
  ];

  expect(violations(files, ["libs/bus/src/index.ts"])).toEqual([
    "libs/bus/src/lost-too.ts: is neither imported nor an entry",
    "libs/bus/src/lost.ts: is neither imported nor an entry",
  ]);
});

test.each([
  ["libs/bus/src/a.ts", `import { connect } from "nats"; connect();`],
  ["services/store/src/a.ts", `import { Database } from "bun:sqlite"; new Database();`],
  [
    "services/importer/src/a.ts",
    `import { f } from "@tracker/steam"; f(); // not process.env, nor store.steampowered.com`,
  ],
  ["libs/steam/src/a.ts", `fetch("https://store.steampowered.com/api");`],
  [
    "services/main.ts",
    `import { f } from "@tracker/store"; f(process.env); await import("../tests/run.ts");`,
  ],
  ["tests/a.ts", `import { f } from "@tracker/store"; import { g } from "@tracker/steam"; f(g);`],
  ["services/new-one/src/a.test.ts", `import { f } from "@tracker/tests/sim"; f();`],
  ["services/new-one/src/a.ts", `import { f } from "@tracker/api/client"; f();`],
  ["services/new-one/src/test-bus.ts", `import { f } from "@tracker/bus/test-server"; f(Bun.env);`],
])("%s: %s is allowed", (path, text) => {
  expect(planted(path, text)).toEqual([]);
});
