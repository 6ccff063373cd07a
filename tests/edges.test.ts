import { expect, test } from "bun:test";
import { startNatsServer } from "@tracker/bus";
import type { Game } from "@tracker/contracts";
import { createLog } from "@tracker/service";
import {
  natsServerBinary,
  PASSWORD,
  startTracker,
  spawnTracker,
  type Variables,
} from "./running-tracker.ts";
import { freePort, until } from "./service-process.ts";
import type { Fault } from "./steam-sim/fault.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID, startSteamSim } from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const WITHIN_MS = 20_000;
const TRUTH = {
  ...EMPTY_TRUTH,
  games: [truthGame(620, { minutesBefore: 600 }), truthGame(630, { minutesBefore: 45 })],
};
/** Steam is looked at every second or so. */
const OFTEN: Variables = {
  STEAM_API_KEY: SIM_KEY,
  STEAM_ID: SIM_STEAM_ID,
  POLL_STARTUP_DELAY_SECONDS: "0",
  POLL_INTERVAL_MINUTES: "0.01",
  PRESENCE_INTERVAL_SECONDS: "1",
  RETRY_ATTEMPTS: "1",
  ADMIN_PASSWORD: PASSWORD,
};

interface Status {
  readonly problems: readonly string[];
  readonly accounts: readonly { readonly state: string; readonly state_reason: string | null }[];
  readonly store: { readonly write_problem: string | null } | null;
}
interface Games {
  readonly items: readonly Game[];
}

test("without a key it starts all the same, says so in one line, and keeps a library by hand", async () => {
  await using tracker = await startTracker();

  const { problems } = await tracker.get<Status>("/api/status");
  const made = await tracker.send<Game>("POST", "/api/games", {
    title: "Chess",
    platform: "Board",
  });
  await tracker.send("PATCH", `/api/games/${made.id}`, { rating: 9, tags: ["classic"] });
  const { items } = await tracker.get<Games>("/api/games");

  const said = tracker
    .output()
    .split("\n")
    .filter((line) => line.includes("STEAM_API_KEY"));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain("the library is kept by hand");
  expect(problems).toEqual([]);
  expect(items).toMatchObject([
    { title: "Chess", platform: "Board", rating: 9, tags: ["classic"] },
  ]);
});

const TROUBLES: readonly [Fault, RegExp][] = [
  [{ kind: "bad_key" }, /STEAM_API_KEY/],
  [{ kind: "private", endpoint: "GetOwnedGames" }, /Game details/],
  [{ kind: "all_zero", endpoint: "GetOwnedGames" }, /total playtime private/],
  [{ kind: "bad_steam_id" }, /STEAM_ID/],
  [{ kind: "limited", retryAfter: "1" }, /asked again later/],
  [{ kind: "unavailable", retryAfter: "1" }, /503/],
];

test("whatever is wrong with Steam is told with what to do, changes no figure, and is over by itself", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await using tracker = await startTracker({ env: { ...OFTEN, STEAM_API_URL: sim.url } });
  const problems = async () => (await tracker.get<Status>("/api/status")).problems;
  const library = async () => (await tracker.get<Games>("/api/games?sort=title")).items;
  await until("a library", WITHIN_MS, async () => (await library()).length === 2);
  const before = await library();

  for (const [fault, words] of TROUBLES) {
    await sim.control.fail(fault);
    await until(`${fault.kind} to be told`, WITHIN_MS, async () =>
      (await problems()).some((problem) => words.test(problem)),
    );
    expect(await library()).toEqual(before);
    await sim.control.clearFaults();
    await until(`${fault.kind} to be over`, WITHIN_MS, async () => (await problems()).length === 0);
  }
  expect(await library()).toEqual(before);
}, 60_000);

test("a name that no account has is told, and so is a Steam that cannot be reached until it can", async () => {
  const port = freePort();
  const steam = { ...OFTEN, STEAM_API_URL: `http://127.0.0.1:${port}` };
  await using tracker = await startTracker({ env: { ...steam, STEAM_ID: "nobody-has-this" } });
  const problems = async () => (await tracker.get<Status>("/api/status")).problems.join("\n");
  const told = (words: RegExp) => async () => words.test(await problems());

  await until(
    "silence to be told",
    WITHIN_MS,
    told(/could not be reached|cannot be reached|refused/i),
  );
  await using _sim = await startSteamSim({ truth: TRUTH, port });
  await until("the name to be told", WITHIN_MS, told(/STEAM_ID/));
}, 40_000);

test("without NATS it says what it misses, goes on trying, and works as soon as the server is there, also again", async () => {
  using data = temporaryFolder("edge");
  const port = freePort();
  const url = `nats://127.0.0.1:${port}`;
  const start = () =>
    startNatsServer({
      dataDir: data.path,
      port,
      binary: natsServerBinary(),
      log: createLog("nats-server", "error"),
    });
  await using waiting = spawnTracker(["up", "store"], { DATA_DIR: data.path, NATS_URL: url });
  const said = () =>
    waiting
      .output()
      .split("\n")
      .filter((line) => line.includes("cannot connect"));
  await until("the missing server to be told", WITHIN_MS, () => said().length > 0);

  const server = await start();
  await until("the store to be ready", WITHIN_MS, () => waiting.output().includes("ready: store"));
  expect(said()).toEqual([expect.stringContaining("is the server of NATS_URL running")]);
  await waiting.stop();

  const options = { dataDir: data.path, env: { NATS_URL: url } };
  await using tracker = await startTracker(options);
  const problems = async () => (await tracker.get<Status>("/api/status")).problems;
  const kept = await tracker.send<Game>("POST", "/api/games", { title: "Kept", platform: "PC" });
  expect(await problems()).toEqual([]);
  await server[Symbol.asyncDispose]();
  await until("the loss to be told", WITHIN_MS, async () =>
    (await problems()).some((problem) => problem.includes("Is the store running?")),
  );
  await using _again = await start();
  await until("the store to answer", WITHIN_MS, async () => (await problems()).length === 0);
  expect((await tracker.get<Games>("/api/games")).items.map(({ id }) => id)).toEqual([kept.id]);
}, 60_000);

// Compose and systemd kill what does not stop by itself, and a kill in the middle of work is what the rest of the tests are about.
test("asked to stop with everything busy, it stops within 8 s with exit code 0", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await using tracker = await startTracker({ env: { ...OFTEN, STEAM_API_URL: sim.url } });
  await until(
    "a library",
    WITHIN_MS,
    async () => (await tracker.get<Games>("/api/games")).items.length === 2,
  );

  await sim.control.fail({ kind: "hang" });
  const events = await tracker.fetch("/api/events");
  const reading = events.text().catch(() => "cut");
  for (const kind of ["poll", "backup", "snapshot", "nightly"])
    await tracker.send("POST", "/api/jobs", { kind });
  const asking = Array.from({ length: 100 }, () => tracker.fetch("/api/games").catch(() => null));
  await until("a look that hangs", WITHIN_MS, () =>
    sim.requests().some(({ outcome }) => outcome === "hang"),
  );
  const { exitCode, ms } = await tracker.stop();
  await Promise.all([reading, ...asking]);

  expect(exitCode).toBe(0);
  expect(ms).toBeLessThan(8_000);
}, 60_000);
