import { expect, test } from "bun:test";
import { runJob } from "./finished-job.ts";
import { type RunningTracker, startTracker } from "./running-tracker.ts";
import { credentialsOf, expectUntold, filesOf, type Told } from "./secret-search.ts";
import { until } from "./service-process.ts";
import { EMPTY_TRUTH, SIM_STEAM_ID, startSteamSim } from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const WITHIN_MS = 20_000;
const KEY = "A5E0C0FFEE00DDBA11F005BA115CAB1E";
const PASSWORD = "the-Password-of-this-test-8xq";
const LOOKED_AT = [
  ..."/ /openapi /health /health/ready /api/now-playing /api/games /api/feed /api/days /api/sessions".split(
    " ",
  ),
  ..."/api/snapshots /api/status /api/runs /api/jobs /api/tokens /api/tags /api/nothing-here".split(
    " ",
  ),
];

test("after a full run no key, password, token, cookie or seed is in any log, message, file, database or answer", async () => {
  using data = temporaryFolder("secrets");
  await using sim = await startSteamSim({
    key: KEY,
    truth: { ...EMPTY_TRUTH, games: [truthGame(620, { minutesBefore: 90 })] },
  });
  const answers: Told[] = [];
  const secrets = new Map([
    ["key", KEY],
    ["password", PASSWORD],
  ]);
  const outputs: Told[] = [];
  {
    await using tracker = await startTracker({
      dataDir: data.path,
      env: {
        STEAM_API_KEY: KEY,
        STEAM_ID: SIM_STEAM_ID,
        STEAM_API_URL: sim.url,
        ADMIN_PASSWORD: PASSWORD,
        POLL_STARTUP_DELAY_SECONDS: "0",
        PRESENCE_INTERVAL_SECONDS: "0.2",
        RETRY_ATTEMPTS: "1",
        LOG_LEVEL: "debug",
      },
    });
    const login = await post(tracker, "/api/login", { password: PASSWORD });
    secrets.set("cookie", login.headers.get("set-cookie")?.split(/[=;]/)[1] ?? "");
    const made = await tracker.send<{ token: string }>("POST", "/api/tokens", {
      name: "portfolio",
      scopes: ["read"],
    });
    secrets.set("token", made.token);
    const created = await tracker.command("token", "create", "script", "read");
    secrets.set("second token", /^trk_\S+$/m.exec(created.stdout)?.[0] ?? "");

    for (const kind of ["poll", "snapshot", "backup", "nightly"]) await runJob(tracker, kind);
    // Failures are where secrets slip out: with the request, the address or the answer of the other side.
    for (const kind of ["bad_key", "html", "reset", "server_error"] as const) {
      const failures = sim.requests().filter(({ outcome }) => outcome === kind).length;
      await sim.control.fail({ kind });
      await until(
        kind,
        WITHIN_MS,
        () => sim.requests().filter((it) => it.outcome === kind).length > failures,
      );
      await runJob(tracker, "poll");
      await sim.control.clearFaults();
    }
    const bearer = { authorization: `Bearer ${made.token}` };
    const wrong = { authorization: `Bearer ${made.token}x` };
    for (const headers of [bearer, wrong]) {
      answers.push(["bearer", await (await fetch(`${tracker.url}/api/games`, { headers })).text()]);
    }
    const refused = await post(tracker, "/api/login", { password: `${PASSWORD}!` });
    answers.push(["wrong login", await refused.text()]);
    for (const path of LOOKED_AT) answers.push([path, await (await tracker.fetch(path)).text()]);
    for (const words of [["status"], ["status", "--json"], ["token", "list"]]) {
      const ended = await tracker.command(...words);
      outputs.push([words.join(" "), ended.stdout + ended.stderr]);
    }
    await tracker.stop();
    outputs.push(["log", tracker.output()]);
  }
  for (const [name, secret] of credentialsOf(data.path)) secrets.set(name, secret);

  const told = [...answers, ...outputs, ...filesOf(data.path)];
  expectUntold(secrets, told);
  // What was searched is really what was told.
  const paths = told.map(([place]) => place);
  expect(paths).toEqual(
    expect.arrayContaining(["log", "tracker.db", "nats/nats.conf", "/api/status"]),
  );
  expect(paths.filter((path) => /streams\/EVENTS\/msgs\/.*blk$/.test(path))).not.toEqual([]);
  expect(paths.filter((path) => path.startsWith("backups/"))).not.toEqual([]);
  expect(told.find(([place]) => place === "log")?.[1].length).toBeGreaterThan(5_000);
}, 120_000);

async function post(tracker: RunningTracker, path: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${tracker.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}
