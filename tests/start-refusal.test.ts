import { afterAll, expect, test } from "bun:test";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@tracker/store/history";
import {
  type Ended,
  runTracker,
  startTracker,
  type Variables,
  wordsOf,
} from "./running-tracker.ts";
import { freePort } from "./service-process.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "tracker-refusal-"));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));
/** Whom file modes stop; root passes them by. */
const NOBODY = 65_534;
const AS_NOBODY = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];

let folders = 0;
/** A DATA_DIR of its own. */
function dataDir(): string {
  folders += 1;
  const path = join(FOLDER, String(folders));
  mkdirSync(path);
  return path;
}

/** One line for a person and nothing else, and the exit code of a wrong configuration. */
function expectRefusal({ exitCode, stdout, stderr }: Ended, words: RegExp): void {
  expect(wordsOf(stdout + stderr)).toEqual([expect.stringMatching(words)]);
  expect(exitCode).toBe(78);
}

test("a program that is no nats-server is named, with its variable", async () => {
  const program = Bun.which("true") ?? "/bin/true";
  const ended = await runTracker(["up"], {
    DATA_DIR: dataDir(),
    PORT: "0",
    NATS_PORT: "0",
    NATS_SERVER_BIN: program,
  });

  expectRefusal(ended, /NATS_SERVER_BIN: expected a nats-server, got .*true, which ended at once/);
});

test("every wrong variable of every service is named at once, and none of their values", async () => {
  const wrong: Variables = {
    LOG_LEVEL: "LOUD-7f3",
    NATS_PORT: "NATS-7f3",
    PORT: "PORT-7f3",
    TIME_ZONE: "Mars/Base-7f3",
    DAY_START_HOUR: "99",
    STEAM_API_KEY: "KEY-7f3",
    POLL_INTERVAL_MINUTES: "often-7f3",
    STEAM_WEB_API_LIMIT: "many-7f3",
    SCHEDULE_NIGHTLY: "tonight-7f3",
    SCHEDULE_BACKUP: "never-7f3",
    ADMIN_PASSWORD_FILE: "/there/is/no-7f3",
  };

  const ended = await runTracker(["up"], { DATA_DIR: dataDir(), ...wrong });

  expectRefusal(ended, /^tracker: wrong configuration: /);
  for (const name of Object.keys(wrong)) expect(ended.stderr).toContain(name);
  expect(ended.stderr).not.toContain("7f3");
});

test("an unknown service, command or option is wrong usage: exit code 2, one line that says what, and where help is", async () => {
  const wrong = [
    ["up", "stroe"],
    ["fly"],
    ["status", "--now"],
    ["token", "revoke", "x"],
    ["restore"],
    ["status", "extra"],
    ["export", "-f"],
    ["import-archive", "-f"],
  ];

  const ends = await Promise.all(wrong.map((words) => runTracker(words, { DATA_DIR: dataDir() })));

  expect(ends.map(({ exitCode }) => exitCode)).toEqual(wrong.map(() => 2));
  for (const { stderr } of ends) expect(stderr).toMatch(/^tracker: .+\nsee \.\/tracker help\n$/);
  expect(ends[0]?.stderr).toContain("unknown service stroe; expected some of store,");
});

test("help is there for every command, and starts nothing", async () => {
  const asked = [["help"], ["--help"], ["up", "--help"], ["demo", "--help"], ["status", "-h"]];

  const ends = await Promise.all(asked.map((words) => runTracker(words, { DATA_DIR: dataDir() })));

  const version = await runTracker(["--version"], { DATA_DIR: dataDir() });

  for (const { exitCode, stdout } of ends) {
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("usage: ./tracker <command>"),
    });
  }
  expect(version).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^Game Tracker \d+\.\d+\.\d+\n$/),
  });
});

test("a port that is taken is named, with the variable that says another", async () => {
  using listener = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const taken = String(listener.port);

  const dir = join(dataDir(), "new");
  const api = await runTracker(["up"], { DATA_DIR: dir, PORT: taken, NATS_PORT: "0" });
  const nats = await runTracker(["up"], { DATA_DIR: dataDir(), PORT: "0", NATS_PORT: taken });

  // Before anything is made, and with no password that opens nothing.
  expectRefusal(api, new RegExp(`PORT: port ${taken} .* is taken`));
  expect(existsSync(dir)).toBe(false);
  expectRefusal(nats, new RegExp(`port ${taken} .* is taken: set NATS_PORT`));
}, 120_000);

test("a second tracker on the same data says who uses it; after a crash nobody does", async () => {
  const dir = dataDir();
  await using first = await startTracker({ dataDir: dir });

  const second = await runTracker(["up"], { DATA_DIR: dir, PORT: "0", NATS_PORT: "0" });
  expectRefusal(second, new RegExp(`another tracker \\(process ${first.pid}\\) uses this folder`));
  await first.kill();
  await using third = await startTracker({ dataDir: dir });

  expect((await third.get<{ items: unknown[] }>("/api/games")).items).toEqual([]);
}, 60_000);

/** A DATA_DIR with a database, and how the store ends that is started on it. Without NATS, as it opens its file first. */
async function startOn(dir: string, prefix: readonly string[] = []): Promise<Ended> {
  const env = { DATA_DIR: dir, NATS_URL: `nats://127.0.0.1:${freePort()}` };
  return runTracker(["up", "store"], env, { prefix });
}

function withDatabase(): { dir: string; path: string } {
  const dir = dataDir();
  const path = join(dir, "tracker.db");
  openDatabase(path)[Symbol.dispose]();
  return { dir, path };
}

test("a damaged database, a newer one and somebody else's are refused and not touched", async () => {
  const { dir: damaged, path: noise } = withDatabase();
  writeFileSync(noise, crypto.getRandomValues(new Uint8Array(20_000)));
  const { dir: newer, path: future } = withDatabase();
  {
    using database = openDatabase(future);
    database.raw.run("INSERT INTO schema_migrations VALUES (9999, '9999_later.sql', 'x', 0)");
  }
  const { dir: foreign, path: other } = withDatabase();
  {
    using database = openDatabase(other);
    database.raw.run("DROP TABLE schema_migrations");
  }
  const files = [noise, future, other];
  const before = files.map((file) => readFileSync(file));

  const ends = await Promise.all([damaged, newer, foreign].map((dir) => startOn(dir)));

  const words = [
    /is damaged: restore a backup/,
    /from a newer version/,
    /not made by this program/,
  ];
  for (const [index, end] of ends.entries()) expectRefusal(end, words[index] ?? /never/);
  expect(files.map((file) => readFileSync(file))).toEqual(before);
});

const isRoot = process.getuid?.() === 0;
const mayAlwaysWrite = isRoot && Bun.which("setpriv") === null;
if (mayAlwaysWrite) process.stderr.write("no setpriv, and root may write everywhere: skipped\n");

test.skipIf(mayAlwaysWrite)(
  "a database or folder that cannot be written is refused and not touched",
  async () => {
    const prefix = isRoot ? AS_NOBODY : [];
    chmodSync(FOLDER, 0o755);
    const give = (path: string, mode: number) => {
      if (isRoot) chownSync(path, NOBODY, NOBODY);
      chmodSync(path, mode);
    };
    const makeReadable = async (dir: string) => {
      give(dir, 0o755);
      await runTracker(["init"], { DATA_DIR: dir }, { prefix });
    };
    const { dir: fileDir, path: file } = withDatabase();
    await makeReadable(fileDir);
    give(file, 0o444);
    const { dir: folder, path: inside } = withDatabase();
    await makeReadable(folder);
    give(inside, 0o644);
    give(folder, 0o555);
    const before = [file, inside].map((path) => readFileSync(path));

    const readOnlyFile = await startOn(fileDir, prefix);
    const readOnlyFolder = await startOn(folder, prefix);
    const whole = await runTracker(
      ["up"],
      { DATA_DIR: folder, PORT: "0", NATS_PORT: "0" },
      { prefix },
    );

    const restore = await runTracker(["restore", file], { DATA_DIR: folder }, { prefix });
    if (isRoot) chownSync(folder, 0, 0);
    chmodSync(folder, 0o700);
    const status = await runTracker(["status"], { DATA_DIR: folder }, { prefix });

    expect(restore).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/tracker\.db cannot be written: make the file and its folder/),
    });
    if (isRoot) expectRefusal(status, /DATA_DIR is another user's/);
    expectRefusal(
      readOnlyFile,
      /tracker\.db cannot be written: make the file and its folder writable/,
    );
    expectRefusal(
      readOnlyFolder,
      /tracker\.db cannot be written: make the file and its folder writable/,
    );
    expectRefusal(whole, /DATA_DIR: expected a folder that this user may write to \(EACCES\)/);
    expect([file, inside].map((path) => readFileSync(path))).toEqual(before);
    chmodSync(folder, 0o755);
  },
);
