import { expect, test } from "bun:test";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Database } from "bun:sqlite";
import type { Game, StoreStatus } from "@tracker/contracts";
import { PASSWORD, runTracker, startTracker, wordsOf } from "./running-tracker.ts";
import { until } from "./service-process.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID, startSteamSim } from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";

const WITHIN_MS = 30_000;
const CLEARED_WITHIN_MS = 3_000;

const mayMount = (() => {
  try {
    smallDisk("1m")[Symbol.dispose]();
    return true;
  } catch (error) {
    process.stderr.write(`the tests of a full disk are skipped: ${String(error)}\n`);
    return false;
  }
})();

/** A disk of its own of that size; throws where this user may not make one. */
function smallDisk(size: string) {
  const path = mkdtempSync(join(tmpdir(), "tracker-disk-"));
  const filler = join(path, "filler");
  const remove = () => rmSync(path, { recursive: true, force: true });
  const command = ["mount", "-t", "tmpfs", "-o", `size=${size}`, "tmpfs", path];
  const mounted = Bun.spawnSync(command, { stderr: "pipe" });
  if (mounted.exitCode !== 0) {
    remove();
    throw new Error(`cannot mount a small disk: ${mounted.stderr.toString().trim()}`);
  }
  return {
    path,
    fill() {
      try {
        for (;;) appendFileSync(filler, new Uint8Array(4_096));
      } catch {
        // It is full.
      }
    },
    free: () => rmSync(filler),
    [Symbol.dispose]() {
      Bun.spawnSync(["umount", "-l", path]);
      remove();
    },
  };
}

// NATS keeps its streams on the same disk, and refuses every write after the first that failed until it is started again.
test.skipIf(!mayMount)(
  "on a full disk nothing that is acknowledged is lost, the reason is told, and once there is room everything arrives",
  async () => {
    using disk = smallDisk("24m");
    const truth = {
      ...EMPTY_TRUTH,
      games: [truthGame(620, { minutesBefore: 600 }), truthGame(630)],
    };
    await using sim = await startSteamSim({ truth });
    const env = {
      STEAM_API_KEY: SIM_KEY,
      STEAM_ID: SIM_STEAM_ID,
      STEAM_API_URL: sim.url,
      POLL_STARTUP_DELAY_SECONDS: "0",
      POLL_INTERVAL_MINUTES: "0.01",
      PRESENCE_INTERVAL_SECONDS: "0.5",
      RETRY_ATTEMPTS: "1",
    };
    await using tracker = await startTracker({ dataDir: disk.path, env });
    const status = () =>
      tracker.get<{ problems: string[]; store: StoreStatus | null }>("/api/status");
    const minutes = async () => {
      const { items } = await tracker.get<{ items: Game[] }>("/api/games?sort=title");
      return items.map((game) => game.playtime_minutes);
    };
    await until("a library", WITHIN_MS, async () => (await minutes()).length === 2);

    disk.fill();
    await sim.control.setTruth({
      ...truth,
      games: [truthGame(620, { minutesBefore: 625 }), truthGame(630)],
    });
    await sim.control.play(630);
    await until("the full disk to be told", WITHIN_MS, async () =>
      (await status()).problems.some((problem) =>
        problem.includes("the disk is full: free some space"),
      ),
    );
    await until("nats-server to refuse a write", WITHIN_MS, () =>
      tracker.output().includes("nats-server: the disk is full"),
    );
    const refused = await tracker.fetch("/api/games", {
      method: "POST",
      body: JSON.stringify({ title: "Later", platform: "PC" }),
    });
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain("this was not kept: the disk is full");
    expect(await minutes()).toEqual([600, 0]);
    expect((await status()).store?.write_problem).toContain("the disk is full");
    // Whoever is to make room must get in, and whoever watches must see that not all is well.
    const cookie = await signIn(tracker.url);
    const asOwner = () => fetch(`${tracker.url}/api/status`, { headers: { cookie } });
    expect((await asOwner()).status).toBe(200);
    const ready = () => fetch(`${tracker.url}/health/ready`);
    const whileFull = await ready();
    expect(whileFull.status).toBe(503);
    expect(await whileFull.json()).toMatchObject({ services: { store: { ready: false } } });

    const roomAt = Date.now();
    disk.free();
    await until(
      "the status to see that there is room again",
      CLEARED_WITHIN_MS,
      async () => (await status()).store?.write_problem === null,
    );
    await until("to be ready again", WITHIN_MS, async () => (await ready()).status === 200);
    // That one and the one that this test has had from the start.
    await until("the login to be written down", WITHIN_MS, async () => {
      return (await asOwner()).status === 200 && loginsOf(disk.path) === 2;
    });
    await until("what waited to arrive", WITHIN_MS, async () => (await minutes())[0] === 625);
    await until("all to be well", WITHIN_MS, async () => (await status()).problems.length === 0);
    await until("new looks to arrive", WITHIN_MS, () => newestLook(disk.path).at > roomAt);
    expect(newestLook(disk.path).playingSince).toBeLessThan(roomAt);
    expect((await status()).store?.unbalanced_games).toBe(0);
  },
  120_000,
);

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ password: PASSWORD }),
  });
  expect(answer.status).toBe(200);
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

function loginsOf(dataDir: string): number {
  using database = new Database(join(dataDir, "tracker.db"), { readonly: true });
  const row = database.query<{ count: number }, []>("SELECT count(*) AS count FROM ui_sessions");
  return row.get()?.count ?? 0;
}

function newestLook(dataDir: string): { at: number; playingSince: number } {
  using database = new Database(join(dataDir, "tracker.db"), { readonly: true });
  const row = database
    .query<{ at: number; playingSince: number }, []>(
      `SELECT max(last_seen_at) AS at, min(started_at) AS playingSince FROM presence_intervals`,
    )
    .get();
  return row ?? { at: 0, playingSince: Infinity };
}

test.skipIf(!mayMount)("a start on a full disk says so in one line", async () => {
  using disk = smallDisk("8m");
  await runTracker(["init"], { DATA_DIR: disk.path });
  disk.fill();

  const { exitCode, stdout, stderr } = await runTracker(["up", "store"], {
    DATA_DIR: disk.path,
    NATS_URL: "nats://127.0.0.1:1",
  });
  const whole = await runTracker(["up"], { DATA_DIR: disk.path, PORT: "0", NATS_PORT: "0" });

  expect(wordsOf(stdout + stderr)).toEqual([
    expect.stringMatching(/disk .*is full: free some space/),
  ]);
  expect(exitCode).toBe(78);
  expect(wordsOf(whole.stdout + whole.stderr)).toEqual([expect.stringMatching(/disk is full/)]);
  expect(whole.exitCode).toBe(78);
});
