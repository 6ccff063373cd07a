/** `./tracker test`: the static checks and every test, counted. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

const REPOSITORY = join(import.meta.dir, "..");
/** Real servers are started by many tests; more processes at once would only make them wait for each other. */
const WORKERS = Math.min(availableParallelism(), 4);
/** Generous, because a busy machine is no failure; a test that waits for ever is. */
const TEST_TIMEOUT_MS = 60_000;
/** A suite measures or breaks a whole system for a while. */
const SUITE_TIMEOUT_MS = 3_600_000;

/** Tests that measure how long something takes: they run after the others, one file at a time, as a neighbour would be measured too. */
const ALONE = ".alone.test.ts";

/** Characters of output in which the summary is looked for. */
const END_LENGTH = 2_000;

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What one call of `bun test` runs. */
export interface TestRun {
  readonly targets: readonly string[];
  readonly timeoutMs: number;
  /** How many files at once; as many as the machine bears, unless it is told. */
  readonly workers?: number;
  readonly ignored?: string;
}

/**
 * Runs everything, or what `words` name: suites (`chaos` is tests/suites/chaos.ts or the files of tests/suites/chaos/),
 * packages (`limiter` is libs/limiter), or whatever `bun test` takes. Ends with the line `N passed, N failed` and answers
 * the exit code.
 */
export async function test(words: readonly string[], root = REPOSITORY): Promise<number> {
  const counts: Counts[] = [];
  if (words.length === 0) counts.push(await runCheck(root));
  for (const run of planRuns(words, root)) counts.push(await runTests(run, root));
  const sum = (key: keyof Counts) => counts.reduce((total, each) => total + each[key], 0);
  const skipped = sum("skipped");
  process.stdout.write(
    `\n${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`,
  );
  return sum("failed") > 0 ? 1 : 0;
}

export function planRuns(words: readonly string[], root = REPOSITORY): TestRun[] {
  if (words.length === 0) {
    const timeoutMs = TEST_TIMEOUT_MS;
    const all = {
      targets: ["./libs", "./services", "./tests"],
      timeoutMs,
      ignored: `**/*${ALONE}`,
    };
    const measuring = [
      ...new Bun.Glob(`{libs,services,tests}/**/*${ALONE}`).scanSync({ cwd: root }),
    ];
    if (measuring.length === 0) return [all];
    const targets = measuring.sort().map((path) => `./${path}`);
    return [all, { targets, timeoutMs, workers: 1 }];
  }
  const runs = words.flatMap((word) => runOfName(word, root) ?? []);
  return runs.length === words.length ? runs : [{ targets: words, timeoutMs: TEST_TIMEOUT_MS }];
}

function runOfName(name: string, root: string): TestRun | undefined {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) return undefined;
  const scan = (pattern: string) => [...new Bun.Glob(pattern).scanSync({ cwd: root })];
  const suite = [...scan(`tests/suites/${name}.ts`), ...scan(`tests/suites/${name}/*.ts`)];
  if (suite.length > 0) {
    return { targets: suite.sort().map((path) => `./${path}`), timeoutMs: SUITE_TIMEOUT_MS };
  }
  const folder = ["libs", "services", "tests"].find((kind) => existsSync(join(root, kind, name)));
  if (folder === undefined) return undefined;
  return { targets: [`./${folder}/${name}`], timeoutMs: TEST_TIMEOUT_MS };
}

/** Format, types, lint and unused code count as one. */
async function runCheck(root: string): Promise<Counts> {
  const exitCode = await bun(["run", "check"], root);
  return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
}

async function runTests(run: TestRun, root: string): Promise<Counts> {
  const { targets, timeoutMs, workers = WORKERS, ignored } = run;
  const options = [`--parallel=${workers}`, `--timeout=${timeoutMs}`];
  if (ignored !== undefined) options.push(`--path-ignore-patterns=${ignored}`);
  const child = Bun.spawn([process.execPath, "test", ...options, ...targets], {
    cwd: root,
    env: process.stderr.isTTY ? { ...process.env, FORCE_COLOR: "1" } : process.env,
    stdin: "ignore",
    stdout: "inherit",
    stderr: "pipe",
  });
  const end = await showAndKeepEnd(child.stderr);
  return countsOf(end, await child.exited);
}

/** Shows what comes at once; the end, with bun's own summary, is what counts. */
async function showAndKeepEnd(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let end = "";
  for await (const chunk of stream) {
    process.stderr.write(chunk);
    end = (end + decoder.decode(chunk, { stream: true })).slice(-END_LENGTH);
  }
  return Bun.stripANSI(end);
}

/**
 * Reads the summary of `bun test`. Not its JUnit report: files that cannot be loaded and errors between two tests are
 * failures in the one and missing in the other. A run that ends badly has one failure at least, whatever it says.
 */
function countsOf(end: string, exitCode: number): Counts {
  const count = (what: string) => Number(new RegExp(`^ *(\\d+) ${what}$`, "m").exec(end)?.[1] ?? 0);
  const failed = count("fail");
  return {
    passed: count("pass"),
    failed: exitCode === 0 ? failed : Math.max(failed, 1),
    skipped: count("skip") + count("todo"),
  };
}

async function bun(args: readonly string[], cwd: string): Promise<number> {
  const child = Bun.spawn([process.execPath, ...args], {
    cwd,
    stdin: "ignore",
    stdout: "inherit",
    stderr: "inherit",
  });
  return child.exited;
}
