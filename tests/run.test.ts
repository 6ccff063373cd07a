import { expect, test } from "bun:test";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { planRuns } from "./run.ts";

const PASSING = `import { test } from "bun:test"; test("a", () => {}); test("b", () => {});`;
const FAILING = `import { test } from "bun:test"; test("a", () => { throw new Error("no"); });`;
const UNLOADABLE = `import "./nowhere.ts";`;
const CRASHING = `import { test } from "bun:test"; test("a", () => process.exit(0));`;
const SKIPPED = `import { test } from "bun:test"; test.skip("a", () => {});`;

/** Runs `test(words)` in a repository of these files, in a process of its own, as main.ts would. */
async function runIn(files: Readonly<Record<string, string>>, words: readonly string[] = []) {
  const root = await mkdtemp(join(tmpdir(), "tracker-run-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
    const program = `import { test } from ${JSON.stringify(join(import.meta.dir, "run.ts"))};
      process.exit(await test(${JSON.stringify(words)}, ${JSON.stringify(root)}));`;
    const child = Bun.spawn([process.execPath, "-e", program], { stdout: "pipe", stderr: "pipe" });
    const [stdout, exitCode] = await Promise.all([
      child.stdout.text(),
      child.exited,
      child.stderr.text(),
    ]);
    return { lastLine: stdout.trimEnd().split("\n").at(-1), exitCode };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function repository(check: string, files: Readonly<Record<string, string>>) {
  return { "package.json": JSON.stringify({ scripts: { check } }), ...files };
}

test("the checks count as one test, and the last line adds everything up", async () => {
  const files = {
    "libs/a/a.test.ts": PASSING,
    "services/b/b.test.ts": SKIPPED,
    "tests/c.test.ts": PASSING,
  };

  expect(await runIn(repository("true", files))).toEqual({
    lastLine: "5 passed, 0 failed, 1 skipped",
    exitCode: 0,
  });
  expect(await runIn(repository("false", files))).toEqual({
    lastLine: "4 passed, 1 failed, 1 skipped",
    exitCode: 1,
  });
});

test("several failures of several kinds are all counted", async () => {
  const files = {
    "libs/a/a.test.ts": FAILING,
    "libs/b/b.test.ts": UNLOADABLE,
    "libs/c/c.test.ts": CRASHING,
    "libs/d/d.test.ts": UNLOADABLE,
    "libs/e/e.test.ts": PASSING,
  };

  expect(await runIn(repository("false", files))).toEqual({
    lastLine: "2 passed, 5 failed",
    exitCode: 1,
  });
});

// Each of these would end a naive run as a success.
test.each([
  ["fails", FAILING],
  ["cannot be loaded", UNLOADABLE],
  ["ends its process with exit code 0", CRASHING],
])("a test file that %s is one failure, and the others still count", async (_what, content) => {
  const files = {
    "libs/a/a.test.ts": PASSING,
    "services/b/b.test.ts": content,
    "tests/c.test.ts": PASSING,
  };

  expect(await runIn(repository("true", files))).toEqual({
    lastLine: "5 passed, 1 failed",
    exitCode: 1,
  });
});

test("a suite is run alone and by name, whether it is a file or a folder", async () => {
  const files = repository("false", {
    "libs/a/a.test.ts": FAILING,
    "tests/suites/chaos.ts": PASSING,
    "tests/suites/quota/a.ts": PASSING,
    "tests/suites/quota/b.ts": PASSING,
  });

  expect(await runIn(files, ["chaos"])).toEqual({ lastLine: "2 passed, 0 failed", exitCode: 0 });
  expect(await runIn(files, ["quota"])).toEqual({ lastLine: "4 passed, 0 failed", exitCode: 0 });
  expect(await runIn(files, ["chaos", "quota"])).toEqual({
    lastLine: "6 passed, 0 failed",
    exitCode: 0,
  });
});

// A folder is made and removed again: whoever runs meanwhile finds it there.
const ALONE = `import { mkdirSync, rmdirSync } from "node:fs"; import { test } from "bun:test";
  test("a", () => { mkdirSync("busy"); Bun.sleepSync(300); rmdirSync("busy"); });`;

test("what measures time runs alone, after the others, and counts like them", async () => {
  const files = repository("true", {
    "libs/a/a.test.ts": ALONE,
    "libs/a/speed.alone.test.ts": ALONE,
    "services/b/speed.alone.test.ts": ALONE,
    "tests/quota.alone.test.ts": ALONE,
    "tests/wrong.alone.test.ts": FAILING,
  });

  expect(await runIn(files)).toEqual({ lastLine: "5 passed, 1 failed", exitCode: 1 });
});

test("a package is run by its folder's name, and anything else goes to bun test as it is", () => {
  const timeoutMs = expect.any(Number);

  expect(planRuns(["limiter"])).toEqual([{ targets: ["./libs/limiter"], timeoutMs }]);
  expect(planRuns(["store", "bus"])).toEqual([
    { targets: ["./services/store"], timeoutMs },
    { targets: ["./libs/bus"], timeoutMs },
  ]);
  expect(planRuns(["libs/bus", "-t", "drains"])).toEqual([
    { targets: ["libs/bus", "-t", "drains"], timeoutMs },
  ]);
});
