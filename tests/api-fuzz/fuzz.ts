/** Runs Schemathesis, a fuzzer of APIs by their description, from a Python environment that it makes beside the other tools. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const HERE = import.meta.dir;
const REQUIREMENTS = join(HERE, "requirements.txt");
const ENVIRONMENTS = join(HERE, "../../.cache/api-fuzz");
const EXAMPLES_PER_ROUTE = 100;
const OUTPUT_LENGTH_MAX = 20_000;

/** What our description promises. Whether what fits it is also accepted is not asked: it cannot say that a day is on the calendar. */
const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_schema_conformance",
  "negative_data_rejection",
  "unsupported_method",
  "ignored_auth",
];

export interface FuzzOptions {
  readonly url: string;
  /** With the scope `admin`. */
  readonly token: string;
}

export interface FuzzResult {
  readonly seed: number;
  readonly requests: number;
  /** What it found and how to send it again; empty when there is nothing. */
  readonly failures: string;
}

/** Sends several thousand requests to every route but those that stream or would end the token's own access. */
export async function fuzzApi({ url, token }: FuzzOptions): Promise<FuzzResult> {
  const program = join(await pythonEnvironment(), "bin/schemathesis");
  const seed = Number(process.env["API_FUZZ_SEED"] || Date.now() % 2 ** 31);
  const folder = mkdtempSync(join(tmpdir(), "tracker-api-fuzz-"));
  try {
    const { exitCode, output } = await run(
      [
        program,
        `--config-file=${join(HERE, "schemathesis.toml")}`,
        "--no-color",
        "run",
        `${url}/openapi`,
        `--header=Authorization: Bearer ${token}`,
        "--exclude-path=/api/events",
        "--exclude-path=/api/now-playing/events",
        // Guessing is slowed down, and a token that is revoked finds nothing more.
        "--exclude-path=/api/login",
        "--exclude-operation-id=deleteApiTokensById",
        "--phases=examples,coverage,fuzzing",
        `--checks=${CHECKS.join(",")}`,
        `--max-examples=${EXAMPLES_PER_ROUTE}`,
        `--seed=${seed}`,
        "--no-shrink",
        "--continue-on-failure",
        "--suppress-health-check=all",
        "--generation-database=none",
        "--request-timeout=20",
        "--warnings=off",
      ],
      folder,
    );
    const requests = Number(/^\s*(\d+) generated/m.exec(output)?.[1] ?? 0);
    const failures = exitCode === 0 ? "" : output.slice(-OUTPUT_LENGTH_MAX);
    return { seed, requests, failures };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The environment for exactly these requirements; made once, whole or not at all. */
async function pythonEnvironment(): Promise<string> {
  const python = Bun.which("python3");
  if (python === null) throw new Error("expected python3 (3.10 or newer) on the PATH, found none");
  const key = new Bun.CryptoHasher("sha256")
    .update(readFileSync(REQUIREMENTS))
    .update(Bun.spawnSync([python, "--version"]).stdout)
    .digest("hex");
  const folder = join(ENVIRONMENTS, key.slice(0, 16));
  const done = join(folder, "done");
  if (existsSync(done)) return folder;
  mkdirSync(ENVIRONMENTS, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ["python3 -m venv (Debian: apt install python3-venv)", [python, "-m", "venv", folder]],
    [
      "pip install",
      [
        join(folder, "bin/pip"),
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
        REQUIREMENTS,
      ],
    ],
  ];
  for (const [what, command] of steps) {
    const { exitCode, output } = await run(command, ENVIRONMENTS);
    if (exitCode !== 0) throw new Error(`${what} failed: ${output.slice(-2_000)}`);
  }
  await Bun.write(`${done}.draft`, "");
  renameSync(`${done}.draft`, done);
  return folder;
}

async function run(command: readonly string[], cwd: string) {
  const child = Bun.spawn([...command], { cwd, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { exitCode: await child.exited, output: `${stdout}${stderr}` };
}
