import { expect, test } from "bun:test";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Game } from "@tracker/contracts";
import { runTracker, startTracker } from "./running-tracker.ts";
import { freePort } from "./service-process.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID, startSteamSim } from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const TRUTH = { ...EMPTY_TRUTH, games: [truthGame(620, { minutesBefore: 90 }), truthGame(630)] };

test("poll, snapshot and backup are followed to their end, say what came of it, and fail with the reason", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await using tracker = await startTracker({
    env: {
      STEAM_API_KEY: SIM_KEY,
      STEAM_ID: SIM_STEAM_ID,
      STEAM_API_URL: sim.url,
      POLL_STARTUP_DELAY_SECONDS: "3600",
      RETRY_ATTEMPTS: "1",
    },
  });

  const started = await tracker.command("snapshot");
  const poll = await tracker.command("poll", "--follow");
  const backup = await tracker.command("backup", "--follow");
  await sim.control.fail({ kind: "bad_key" });
  const refused = await tracker.command("poll", "--follow");
  const status = await tracker.command("status");
  const json = await tracker.command("status", "--json");

  expect(started).toMatchObject({ exitCode: 0, stdout: "job 1: snapshot queued\n" });
  expect(poll).toMatchObject({ exitCode: 0, stderr: "" });
  expect(poll.stdout).toMatch(/^done · .*games_seen 2/m);
  const file = /file (tracker-\S+\.db)/.exec(backup.stdout)?.[1] ?? "";
  expect(existsSync(join(tracker.dataDir, "backups", file))).toBe(true);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(/^tracker: job \d+ failed: .*STEAM_API_KEY.*\n$/);
  expect(status).toMatchObject({ exitCode: 0, stderr: "" });
  expect(status.stdout).toMatch(/^store: 2 games, /);
  expect(status.stdout).toMatch(/^books: balanced$/m);
  const quotas = status.stdout.split("\n").filter((line) => line.startsWith("quota "));
  expect(quotas).toEqual([...new Set(quotas)]);
  expect(status.stdout).toMatch(/^account .*: bad_key \(.*STEAM_API_KEY/m);
  expect(JSON.parse(json.stdout)).toMatchObject({
    store: { games: 2 },
    poller: { configured: true },
  });
}, 60_000);

test("what README.md tells a person to say works as it stands there", async () => {
  const page = readFileSync(join(import.meta.dir, "../README.md"), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  const commands = rows.flatMap((row) =>
    [...row.matchAll(/`\.\/tracker ([^`]+)`/g)].map(([, words = ""]) => words),
  );
  const paths = rows.flatMap((row) =>
    [...row.matchAll(/http:\/\/127\.0\.0\.1:8080(\/[\w/-]+)/g)].map(([, path = ""]) => path),
  );
  await using sim = await startSteamSim({ truth: TRUTH });
  const env = { STEAM_API_KEY: SIM_KEY, STEAM_ID: SIM_STEAM_ID, STEAM_API_URL: sim.url };
  await using tracker = await startTracker({ env });

  // What takes a file has tests of its own, most of it on a tracker that is stopped.
  const withFile = /^(restore|adopt|export|import-archive) /;
  for (const words of commands.filter((words) => !withFile.test(words))) {
    const { exitCode, stderr } = await tracker.command(...words.split(" "));
    expect({ words, exitCode, stderr }).toEqual({ words, exitCode: 0, stderr: "" });
  }
  for (const path of paths) expect((await fetch(`${tracker.url}${path}`)).status).toBe(200);

  expect(commands.length).toBeGreaterThan(4);
  expect(paths).toContain("/api/now-playing");
}, 60_000);

test("a token is made, shown once, used, listed without it, and refused from its revocation on", async () => {
  await using tracker = await startTracker();
  const asHolder = (token: string) =>
    fetch(`${tracker.url}/api/games`, { headers: { authorization: `Bearer ${token}` } });

  const made = await tracker.command("token", "create", "my-script", "read", "read");
  const token = /^trk_\S+$/m.exec(made.stdout)?.[0] ?? "";
  const before = await asHolder(token);
  const twice = await tracker.command("token", "create", "my-script");
  const list = await tracker.command("token", "list");
  const revoked = await tracker.command("token", "revoke", "1");
  const after = await asHolder(token);
  const unknown = await tracker.command("token", "revoke", "77");

  expect([made.exitCode, list.exitCode, revoked.exitCode]).toEqual([0, 0, 0]);
  expect(before.status).toBe(200);
  expect(twice).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("my-script") });
  expect(list.stdout).toMatch(/^1\tmy-script\tread\tlast used \d{4}-/);
  expect(list.stdout).not.toContain(token);
  expect(after.status).toBe(401);
  expect(unknown).toMatchObject({ exitCode: 1, stderr: "tracker: there is no token 77\n" });
}, 60_000);

test("a backup is put back while nothing runs, refused while something does, and what was there is kept", async () => {
  using data = temporaryFolder("commands");
  const env = { DATA_DIR: data.path };
  let file: string;
  {
    await using tracker = await startTracker({ dataDir: data.path });
    await tracker.send("POST", "/api/games", { title: "Kept", platform: "PC" });
    const backup = await tracker.command("backup", "--follow");
    file = /file (tracker-\S+\.db)/.exec(backup.stdout)?.[1] ?? "";
    await tracker.send("POST", "/api/games", { title: "Later", platform: "PC" });
    expect(await tracker.command("restore", file)).toMatchObject({
      exitCode: 1,
      stderr: "tracker: the database is in use: stop the tracker first\n",
    });
  }

  const archive = join(data.path, "all.zip");
  await runTracker(["export", archive], env);
  const absent = await runTracker(["restore", "nothing.db"], env);
  const noise = await runTracker(["restore", import.meta.path], env);
  const restored = await runTracker(["restore", file], env);
  const replaced = /is now (.+)$/m.exec(restored.stdout)?.[1] ?? "";
  await using tracker = await startTracker({ dataDir: data.path });
  const { items } = await tracker.get<{ items: Game[] }>("/api/games");

  // It holds what a backup holds, and is read by its owner only as that is.
  expect((statSync(archive).mode & 0o777).toString(8)).toBe("600");
  expect(absent).toMatchObject({ exitCode: 1, stderr: "tracker: there is no file nothing.db\n" });
  expect(noise).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("cannot be restored"),
  });
  expect(restored).toMatchObject({ exitCode: 0, stderr: "" });
  expect(items.map(({ title }) => title)).toEqual(["Kept"]);
  expect(readFileSync(replaced, "latin1")).toContain("Later");
}, 60_000);

test("an export into a folder that is not there says which before anything is written", async () => {
  using data = temporaryFolder("commands");
  const file = join(data.path, "nowhere", "x.zip");
  const env = { DATA_DIR: data.path };
  await runTracker(["init"], env);

  const { exitCode, stdout, stderr } = await runTracker(["export", file], env);

  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toBe(
    `tracker: ${file}: expected a file in a folder that can be written, got ${join(data.path, "nowhere")}\n`,
  );
});

test("with no tracker there, a command says so in one line", async () => {
  using data = temporaryFolder("commands");
  const env = { DATA_DIR: data.path, NATS_PORT: String(freePort()) };

  const never = await runTracker(["status"], env);
  await runTracker(["init"], env);
  const stopped = await runTracker(["poll"], env);

  expect(never).toMatchObject({ exitCode: 78, stdout: "" });
  expect(never.stderr).toMatch(/^tracker: no credentials in DATA_DIR.*\n$/);
  expect(stopped).toMatchObject({ exitCode: 1, stdout: "" });
  expect(stopped.stderr).toMatch(
    /^tracker: no tracker answers: is it running\? \.\/tracker up .*\n$/,
  );
}, 120_000);
