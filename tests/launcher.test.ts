import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { natsCliRelease, natsServerRelease, publish, publishBun } from "./launcher-releases.ts";
import { createSandbox, type Sandbox, standIns } from "./launcher-sandbox.ts";

/** What ./tracker promises as its own share of a start in which nothing is missing. */
const WARM_START_MS_MAX = 300;

async function withTools(): Promise<Sandbox> {
  const sandbox = await createSandbox();
  await sandbox.addCommand("bun", standIns.bun);
  await sandbox.addCommand("nats-server", standIns.natsServer("2.15.1"));
  return sandbox;
}

test("with everything at hand it hands over at once, silently, with the caller's arguments and folder", async () => {
  await using sandbox = await withTools();
  await sandbox.run(["demo"]);

  const outcome = await sandbox.run(["demo", "two words"]);

  expect(outcome.stderr).toBe("");
  expect(outcome.exitCode).toBe(0);
  expect(outcome.stdout).toContain(
    `--no-install --no-env-file ${sandbox.folder}/services/main.ts demo two words\n`,
  );
  expect(outcome.stdout).toContain(`folder: ${join(sandbox.folder, "..")}\n`);
  expect(sandbox.requests).toEqual([]);
});

// The best of a few: other tests may be keeping the machine busy.
test("a start in which nothing is missing takes less than 0.3 s", async () => {
  await using sandbox = await withTools();
  await sandbox.run(["demo"]);

  const elapsedMs: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const startedAt = performance.now();
    await sandbox.run(["demo"]);
    elapsedMs.push(performance.now() - startedAt);
  }

  expect(Math.min(...elapsedMs)).toBeLessThan(WARM_START_MS_MAX);
});

test("the data lies beside the code, wherever the caller stands, unless told otherwise", async () => {
  await using sandbox = await withTools();

  const { stdout: byDefault } = await sandbox.run(["up"]);
  const { stdout: told } = await sandbox.run(["up"], { DATA_DIR: "elsewhere" });

  expect(byDefault).toContain(`\nDATA_DIR=${sandbox.folder}/data\n`);
  expect(told).toContain("\nDATA_DIR=elsewhere\n");
});

test("a symlink to it finds the clone", async () => {
  await using sandbox = await withTools();
  const link = join(sandbox.folder, "..", "elsewhere");
  await symlink("clone/tracker", link);

  const outcome = await sandbox.run(["demo"], {}, link);

  expect(outcome.stdout).toContain(`${sandbox.folder}/services/main.ts demo\n`);
});

test("without the usual commands on the PATH it says so, and not what that leads to", async () => {
  await using sandbox = await withTools();
  const bare = join(sandbox.folder, "..", "bare");
  await mkdir(bare);
  await symlink(Bun.which("bash") ?? "/bin/bash", join(bare, "bash"));

  const outcome = await sandbox.run(["demo"], { PATH: bare });

  expect(outcome.exitCode).toBe(78);
  expect(outcome.stderr).toMatch(/^tracker: PATH: expected the folders of .*\n$/);
});

test("packages are installed once, and again when what decides them changes", async () => {
  await using sandbox = await withTools();

  await sandbox.run(["demo"]);
  await sandbox.run(["demo"]);
  expect(await sandbox.read("installs")).toBe("install\n");

  await sandbox.write("libs/a/package.json", `{"dependencies":{}}`);
  await sandbox.run(["demo"]);
  expect(await sandbox.read("installs")).toBe("install\ninstall\n");
});

// Half an installation that passes for a whole one fails later, far from its cause.
test("an installation that fails ends the start in a clear line and is done again the next time", async () => {
  await using sandbox = await withTools();
  const broken = standIns.bun.replace(
    "echo install >>installs &&",
    "echo 'error: ConnectionRefused' >&2; exit 1;",
  );
  const bun = await sandbox.addCommand("bun", broken);

  const failed = await sandbox.run(["demo"], { BUN_BIN: bun });
  await sandbox.addCommand("bun", standIns.bun);
  const repaired = await sandbox.run(["demo"]);

  expect(failed.exitCode).toBe(1);
  expect(failed.stderr).toContain("error: ConnectionRefused");
  expect(failed.stderr).toContain("cannot install the locked packages");
  expect(repaired.stdout).toContain("services/main.ts demo");
});

for (const unzip of ["with unzip", "without unzip, as on a bare Debian"]) {
  test(`bun, nats-server and the nats CLI come from their release archives, ${unzip}`, async () => {
    await using sandbox = await createSandbox();
    if (unzip === "with unzip") await sandbox.addMachineCommand("unzip");
    publishBun(sandbox, standIns.bun);
    publish(sandbox, await natsServerRelease(standIns.natsServer("2.15.1")));
    publish(sandbox, natsCliRelease(standIns.natsCli));

    const cold = await sandbox.run(["test"]);
    const asked = sandbox.requests.length;
    const warm = await sandbox.run(["test"]);

    expect(cold.stderr).toBe(
      [
        "tracker: getting bun 1.4.5 from its GitHub release",
        "tracker: getting nats-server 2.15.1 from its GitHub release",
        "tracker: getting nats CLI 0.4.0 from its GitHub release",
        "tracker: installing the locked packages (bun install --frozen-lockfile)",
        "",
      ].join("\n"),
    );
    expect(cold.stdout).toContain("services/main.ts test\n");
    expect(cold.stdout).toMatch(/^NATS_SERVER_BIN=.*\/\.cache\/.*\/nats-server$/m);
    expect(cold.stdout).toMatch(/^NATS_CLI_BIN=.*\/\.cache\/.*\/nats$/m);
    expect(warm.stderr).toBe("");
    expect(sandbox.requests.length).toBe(asked);
  });
}

// Somebody between us and GitHub must not get to run a program here.
test("an archive that differs from its published checksum is never run or kept", async () => {
  await using sandbox = await createSandbox();
  await sandbox.addCommand("bun", standIns.bun);
  const asset = publish(sandbox, await natsServerRelease(standIns.natsServer("2.15.1")));
  const forged = await natsServerRelease("#!/bin/sh\ntouch forged\n");
  sandbox.releases.set(asset, forged.archive);

  const outcome = await sandbox.run(["demo"]);

  expect(outcome.exitCode).toBe(1);
  expect(outcome.stderr).toContain("did not work: the SHA-256 of nats-server-v2.15.1-");
  expect(outcome.stdout).toBe("");
  expect(existsSync(join(sandbox.folder, "..", "forged"))).toBe(false);
  expect(existsSync(join(sandbox.folder, ".cache/work"))).toBe(false);
});

test("when every way fails it names each with its reason, and what to do", async () => {
  await using sandbox = await createSandbox();
  await sandbox.addCommand("bun", standIns.bun);
  await sandbox.addCommand("go", standIns.failing("go: no route to host"));

  const outcome = await sandbox.run(["demo"]);

  expect(outcome.exitCode).toBe(1);
  expect(outcome.stderr).toContain(
    "  - its GitHub release: curl: (22) The requested URL returned error: 404",
  );
  expect(outcome.stderr).toContain(
    "  - its source, with Go (about a minute): go: no route to host",
  );
  expect(outcome.stderr).toContain("  - Debian's pool: apt-get is not installed");
  expect(outcome.stderr).toContain(
    "Install it (https://nats.io/download) and set NATS_SERVER_BIN to it",
  );
});

test("a way that fails is followed by the next", async () => {
  await using sandbox = await createSandbox();
  await sandbox.addCommand("npm", standIns.failing("npm error network timed out"));
  publishBun(sandbox, standIns.bun);

  const outcome = await sandbox.run(["status"]);

  expect(outcome.stderr).toContain(
    "tracker: getting bun 1.4.5 from npm\ntracker:   did not work: npm error network timed out\n",
  );
  expect(outcome.stdout).toContain("services/main.ts status\n");
});

// Go that Debian's stable release has is too old, and a machine of CI may have neither it nor a way to GitHub.
test("where GitHub and Go are missing the nats CLI is built with the Go of Debian's pool, which is not kept", async () => {
  await using sandbox = await withTools();
  await sandbox.addCommand("apt-get", standIns.aptGet);
  await sandbox.addCommand("apt-cache", standIns.aptCache);
  await sandbox.addCommand("dpkg-deb", standIns.dpkgDeb(standIns.natsCli));

  const outcome = await sandbox.run(["test"]);

  expect(outcome.stdout).toContain("services/main.ts test\n");
  if (existsSync("/usr/share/keyrings/debian-archive-keyring.gpg")) {
    expect(outcome.stderr).toContain(
      "with Go from Debian's pool (a few minutes)\ntracker: installing",
    );
    expect(outcome.stdout).toMatch(/^NATS_CLI_BIN=.*\/\.cache\/.*\/nats$/m);
  } else expect(outcome.stderr).toContain("Debian's archive keys are not on this machine");
  expect(existsSync(join(sandbox.folder, ".cache/work"))).toBe(false);
});

test("without the nats CLI the tests still run, and it says so", async () => {
  await using sandbox = await withTools();

  const outcome = await sandbox.run(["test"]);

  expect(outcome.stderr).toContain(
    "going on without the nats CLI. Tried:\n  - its GitHub release:",
  );
  expect(outcome.stdout).toContain("services/main.ts test\n");
  expect(outcome.stdout).not.toContain("NATS_CLI_BIN=");
});

test("a nats-server older than 2.12, or another bun, on the PATH is passed over", async () => {
  await using sandbox = await createSandbox();
  await sandbox.addCommand("bun", standIns.bun.replace("1.4.5", "1.3.9"));
  await sandbox.addCommand("nats-server", standIns.natsServer("2.9.10"));
  publishBun(sandbox, standIns.bun);
  publish(sandbox, await natsServerRelease(standIns.natsServer("2.15.1")));

  const outcome = await sandbox.run(["demo"]);

  expect(outcome.exitCode).toBe(0);
  expect(outcome.stdout).toMatch(
    /^PATH=[^:]*\/\.cache\/[^:]*\/nats-server-2\.15\.1:[^:]*\/\.cache\/[^:]*\/bun-1\.4\.5:/m,
  );
});

test("a program that is named by hand and does not fit is a wrong configuration, not a reason to fetch another", async () => {
  await using sandbox = await withTools();
  const old = await sandbox.addCommand("old-nats-server", standIns.natsServer("2.11.9"));
  const broken = await sandbox.addCommand("broken", standIns.failing("no"));

  const tooOld = await sandbox.run(["demo"], { NATS_SERVER_BIN: old });
  const notThere = await sandbox.run(["demo"], { NATS_SERVER_BIN: "/nowhere/nats-server" });
  const talker = standIns.natsServer("").replace("nats-server: v", "true (GNU coreutils) by Jim");
  const another = await sandbox.addCommand("another", talker);
  const wrong = await sandbox.run(["demo"], { NATS_SERVER_BIN: another });
  const notBun = await sandbox.run(["demo"], { BUN_BIN: broken });

  expect(tooOld).toMatchObject({
    exitCode: 78,
    stderr: "tracker: NATS_SERVER_BIN is nats-server 2.11.9; 2.12 or newer is needed\n",
  });
  expect(notThere).toMatchObject({
    exitCode: 78,
    stderr: "tracker: NATS_SERVER_BIN does not run as nats-server; correct it or unset it\n",
  });
  expect(wrong).toMatchObject({
    exitCode: 78,
    stderr: "tracker: NATS_SERVER_BIN does not run as nats-server; correct it or unset it\n",
  });
  expect(notBun).toMatchObject({
    exitCode: 78,
    stderr: "tracker: BUN_BIN does not run as bun; correct it or unset it\n",
  });
});

test("whoever uses a NATS server elsewhere, or only asks a running system, needs no nats-server here", async () => {
  await using sandbox = await createSandbox();
  await sandbox.addCommand("bun", standIns.bun);

  const elsewhere = await sandbox.run(["up"], { NATS_URL: "nats://nats:4222" });
  const asking = await sandbox.run(["status"]);
  await sandbox.write(".env", "NATS_URL=nats://nats:4222\n");
  const fromFile = await sandbox.run(["up"]);

  expect([elsewhere.exitCode, asking.exitCode, fromFile.exitCode]).toEqual([0, 0, 0]);
  expect(sandbox.requests).toEqual([]);
});

test(".env is read for the real system, as plain values, and the environment wins over it", async () => {
  await using sandbox = await withTools();
  await sandbox.write(
    ".env",
    [
      "# comment",
      "",
      "STEAM_ID=from_file",
      "ADMIN_PASSWORD='a $(touch executed) #b'",
      '  export STEAM_API_KEY="quoted"  # why',
      "LOG_LEVEL=debug  # comment",
      "PORT=8080\r",
      "DATA_DIR=/srv/a b",
      "EMPTY=",
    ].join("\n"),
  );

  const { stdout } = await sandbox.run(["up"], { STEAM_ID: "from_environment" });

  expect(stdout).toContain("\nSTEAM_ID=from_environment\n");
  expect(stdout).toContain("\nADMIN_PASSWORD=a $(touch executed) #b\n");
  expect(stdout).toContain("\nSTEAM_API_KEY=quoted\n");
  expect(stdout).toContain("\nLOG_LEVEL=debug\n");
  expect(stdout).toContain("\nPORT=8080\n");
  expect(stdout).toContain("\nDATA_DIR=/srv/a b\n");
  expect(stdout).toContain("\nEMPTY=\n");
  expect(existsSync(join(sandbox.folder, "..", "executed"))).toBe(false);
});

// A test or a demo that picks up somebody's real key could spend its quota or show its library.
// A variable that nobody reads is a wish that is not granted, and a key that is told is one that must be changed.
test("a name in .env that is none of the tracker's is told, its value never; a byte order mark and what others go by are not", async () => {
  await using sandbox = await withTools();
  const documentation = join(import.meta.dir, "..", "docs", "configuration.md");
  await sandbox.write("docs/configuration.md", await Bun.file(documentation).text());
  await sandbox.write(
    ".env",
    "\uFEFFTIME_ZONE=UTC\nSTEAM_APIKEY=secret\nSTEAM_API_KEY_FILE=/key\nHTTPS_PROXY=x\nPORT=1\n",
  );

  const outcome = await sandbox.run(["up"]);

  expect(outcome.stderr).toContain(
    "tracker: .env, line 2: STEAM_APIKEY is no variable of the tracker; docs/configuration.md lists them\n",
  );
  expect(outcome.stderr.match(/\.env/g)).toHaveLength(1);
  expect(outcome.stderr).not.toContain("secret");
  expect(outcome.stdout).toContain("\nTIME_ZONE=UTC\n");
});

test(".env does not reach the demo, the tests or the benchmarks", async () => {
  await using sandbox = await withTools();
  await sandbox.addCommand("nats", standIns.natsCli);
  await sandbox.write(".env", "STEAM_API_KEY=secret\n");

  for (const command of ["demo", "test", "bench", "screenshots"]) {
    const { stdout } = await sandbox.run([command]);

    expect(stdout).toContain(`services/main.ts ${command}\n`);
    expect(stdout).not.toContain("STEAM_API_KEY");
  }
});

test("a line of .env that cannot be understood is named by its number, never by its content", async () => {
  await using sandbox = await withTools();
  await sandbox.write(".env", "STEAM_ID=x\nSTEAM_API_KEY: secret\n");

  const outcome = await sandbox.run(["up"]);

  expect(outcome).toEqual({
    exitCode: 78,
    stdout: "",
    stderr: "tracker: .env, line 2: expected NAME=value\n",
  });
});

test("two that start at once in a fresh clone fetch each thing once", async () => {
  await using sandbox = await createSandbox();
  publishBun(sandbox, standIns.bun);
  publish(sandbox, await natsServerRelease(standIns.natsServer("2.15.1")));

  const outcomes = await Promise.all([sandbox.run(["demo"]), sandbox.run(["demo"])]);

  expect(outcomes.map((outcome) => outcome.exitCode)).toEqual([0, 0]);
  expect(sandbox.requests.length).toBe(4); // two assets, two checksum files
  expect(await sandbox.read("installs")).toBe("install\n");
});

test("a lock that a killed launcher left behind does not stop the next one", async () => {
  await using sandbox = await withTools();
  await using dead = Bun.spawn(["true"]);
  await dead.exited;
  await sandbox.write(".cache/work/half-a-download", "…");
  await symlink(String(dead.pid), join(sandbox.folder, ".cache/lock"));

  const outcome = await sandbox.run(["demo"]);

  expect(outcome.exitCode).toBe(0);
  expect(existsSync(join(sandbox.folder, ".cache/work"))).toBe(false);
});
