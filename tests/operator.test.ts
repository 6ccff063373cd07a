import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noteAbsence } from "./absence.ts";
import { type Job, SERVICES, type StartedJob } from "@tracker/contracts";
import { type RunningTracker, startTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";
import {
  EMPTY_TRUTH,
  SIM_KEY,
  SIM_STEAM_ID,
  startSteamSim,
  type SteamSim,
} from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";

const WITHIN_MS = 20_000;
const COMMAND_MS_MAX = 15_000;
const ADDRESS = "nats://127.0.0.1:4222";
/** Where the operator stands: the folder with `data` in it. */
const FOLDER = mkdtempSync(join(tmpdir(), "tracker-operator-"));
const NATS = natsCli();
const REFUSED = /permissions? violation|authorization violation|error: /i;

let sim: SteamSim;
let tracker: RunningTracker;

beforeAll(async () => {
  mkdirSync(join(FOLDER, "data"));
  sim = await startSteamSim({
    truth: { ...EMPTY_TRUTH, games: [truthGame(620, { minutesBefore: 90 })] },
  });
  tracker = await startTracker({
    dataDir: join(FOLDER, "data"),
    env: {
      STEAM_API_KEY: SIM_KEY,
      STEAM_ID: SIM_STEAM_ID,
      STEAM_API_URL: sim.url,
      POLL_STARTUP_DELAY_SECONDS: "3600",
      RETRY_ATTEMPTS: "1",
    },
  });
});
afterAll(async () => {
  await tracker[Symbol.asyncDispose]();
  await sim[Symbol.asyncDispose]();
  rmSync(FOLDER, { recursive: true, force: true });
});

/** The real CLI, or null where there is none. */
function natsCli(): string | null {
  const found = process.env["NATS_CLI_BIN"] || Bun.which("nats");
  if (found) return found;
  noteAbsence("the nats CLI (NATS_CLI_BIN or PATH)");
  return null;
}

/** A test with the CLI, skipped without it. */
const withCli = test.skipIf(NATS === null);

/** The CLI keeps its contexts where XDG_CONFIG_HOME says, and asks the system, not HOME, where that is unset. */
function environment(): Record<string, string> {
  const folder = NATS === null ? "" : join(NATS, "..");
  return {
    PATH: `${folder}:${process.env["PATH"] ?? ""}`,
    HOME: FOLDER,
    XDG_CONFIG_HOME: FOLDER,
    NATS_URL: "",
  };
}

/** Says a line as the documentation has it, in the operator's folder; only the port is this test's. */
function start(line: string) {
  const said = line.replaceAll(ADDRESS, tracker.env["NATS_URL"] ?? "");
  const child = Bun.spawn(["sh", "-c", `exec ${said}`], {
    cwd: FOLDER,
    env: environment(),
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    timeout: COMMAND_MS_MAX,
  });
  let text = "";
  const collect = async (stream: ReadableStream<Uint8Array>) => {
    for await (const chunk of stream) text += new TextDecoder().decode(chunk);
  };
  const ended = Promise.all([child.exited, collect(child.stdout), collect(child.stderr)]);
  return {
    text: () => text,
    ended: async () => (await ended)[0],
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}

/** The same, to its end. */
async function say(line: string): Promise<{ exitCode: number; text: string }> {
  await using command = start(line);
  const exitCode = await command.ended();
  return { exitCode, text: command.text() };
}

/** What a question answers; the body of an error as well. */
async function ask<T>(subject: string, body = ""): Promise<T> {
  const { text } = await say(`nats req --raw ${subject} '${body}'`);
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error(`${subject} answered no JSON: ${text}`);
  }
}

/** The commands of the documentation, without their comments. */
function documented(): string[] {
  const page = readFileSync(join(import.meta.dir, "../docs/operating.md"), "utf8");
  return [...page.matchAll(/^ {4}(nats .+)$/gm)].map(([, line = ""]) =>
    line.replace(/\s+#.*$/, ""),
  );
}

withCli(
  "what docs/operating.md tells the operator to say works as it stands there",
  async () => {
    const [context, ...commands] = documented();
    expect(context).toStartWith("nats context add");
    expect(commands.length).toBeGreaterThan(8);
    expect(await say(context ?? "")).toMatchObject({ exitCode: 0 });

    const watching = "nats sub 'events.>'";
    for (const command of commands) {
      if (command === watching) continue;
      const { exitCode, text } = await say(command);
      expect({ command, exitCode, text }).toMatchObject({ exitCode: 0 });
      expect(text).not.toMatch(/no responders|permissions? violation/i);
    }
    expect(commands).toContain(watching);
    const events = await watchEvents(() => ask("jobs.start.snapshot"));
    expect(events).toContain("events.job.changed");
  },
  60_000,
);

/** What `nats sub 'events.>'` prints while something happens. */
async function watchEvents(happen: () => Promise<unknown>): Promise<string> {
  await using watching = start("nats sub 'events.>'");
  await until("the subscription", WITHIN_MS, () => watching.text().includes("Subscribing"));
  await until("an event", WITHIN_MS, async () => {
    await happen();
    return watching.text().includes("Received on");
  });
  return watching.text();
}

withCli(
  "a start answers the job, a second one the active job, which is paused, resumed and cancelled",
  async () => {
    await say(documented()[0] ?? "");
    const before = await ask<{ items: Job[] }>("jobs.list", '{"kind":"poll"}');
    for (const { id } of before.items) await ask("jobs.cancel", JSON.stringify({ id }));
    await sim.control.fail({ kind: "hang", endpoint: "GetOwnedGames" });

    const started = await ask<StartedJob>("jobs.start.poll");
    const again = await ask<StartedJob>("jobs.start.poll");
    const id = JSON.stringify({ id: started.id });
    await until(
      "the poll to run",
      WITHIN_MS,
      async () => (await ask<Job>("jobs.get", id)).state === "running",
    );
    const states: string[] = [];
    for (const verb of ["pause", "resume", "cancel"]) {
      states.push((await ask<Job>(`jobs.${verb}`, id)).state);
    }
    const ended = await ask<{ code: string; message: string }>("jobs.pause", id);
    const job = await ask<Job>("jobs.get", id);
    const listed = await ask<{ items: Job[] }>("jobs.list", '{"kind":"poll","limit":1}');
    const overHttp = await tracker.send<StartedJob>("POST", "/api/jobs", { kind: "snapshot" });

    expect(started).toEqual({ id: started.id, kind: "poll", state: "queued" });
    expect(again).toMatchObject({ id: started.id, kind: "poll", already_active: true });
    expect(states).toEqual(["paused", "queued", "cancelled"]);
    expect(ended).toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("cancelled"),
    });
    expect(job).toMatchObject({ state: "cancelled", requested_by: "operator" });
    expect(listed.items).toEqual([job]);
    expect(await tracker.get(`/api/jobs/${overHttp.id}`)).toMatchObject({ requested_by: "api" });
    await sim.control.clearFaults();
  },
  60_000,
);

withCli("a wrong body is answered with the field that is wrong and what was expected", async () => {
  await say(documented()[0] ?? "");

  const answers = [
    await ask("jobs.get", '{"id":"one"}'),
    await ask("jobs.start.poll", '{"fast":true}'),
    await ask("jobs.list", '{"state":"tired"}'),
    await ask("jobs.get", "{"),
    await ask("jobs.get", '{"id":999999}'),
  ];

  expect(answers).toMatchObject([
    { code: "INVALID", field: "/id", message: expect.stringContaining("a whole number from 1") },
    { code: "INVALID", field: "/fast" },
    { code: "INVALID", field: "/state", message: expect.stringContaining("one of queued") },
    { code: "INVALID", message: expect.stringContaining("JSON") },
    { code: "NOT_FOUND" },
  ]);
});

withCli("every service is found, with what may be asked of it", async () => {
  await say(documented()[0] ?? "");

  const list = await say("nats micro ls");
  const info = await say("nats micro info store");

  for (const name of SERVICES) expect(list.text).toContain(name);
  expect(info.text).toContain("jobs.start.poll");
});

// The operator starts and watches. What only the store may do, and what others are told, is not theirs.
withCli("what the operator may not do is refused, and nothing of it happens", async () => {
  await say(documented()[0] ?? "");
  const refused = [
    "nats --timeout 500ms stream purge EVENTS -f",
    "nats --timeout 500ms stream rm FACTS -f",
    "nats --timeout 500ms stream edit JOBS --max-age 1s -f",
    "nats pub facts.library '{}'",
    "nats pub store.games.create '{}'",
    "nats sub '_INBOX_api.>'",
    "nats sub 'store.>'",
    "nats sub 'facts.>'",
    "nats --nkey /dev/null req jobs.list ''",
  ];

  for (const command of refused) {
    await using refusal = start(command);
    await until(`a refusal of ${command}`, WITHIN_MS, () => REFUSED.test(refusal.text()));
  }
  const streams = await say("nats stream ls --names");
  for (const name of ["EVENTS", "FACTS", "JOBS"]) expect(streams.text).toContain(name);
});
