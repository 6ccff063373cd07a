import { expect, test } from "bun:test";
import { request } from "@tracker/bus";
import { cancelJob, getJob } from "@tracker/contracts";
import { importEnvironment, importTracker, playedLibrary } from "./importing-tracker.ts";
import { startServiceProcess, until } from "./service-process.ts";
import { ACHIEVEMENT_ENDPOINTS } from "./steam-sim/fault.ts";

const WITHIN_MS = 40_000;
const LIMIT = 5;

async function startTracker(games: number) {
  const tracker = await importTracker(playedLibrary(games), {}, { services: [] });
  const env = {
    ...tracker.server.env,
    ...importEnvironment(tracker.sim),
    STEAM_ACHIEVEMENTS_LIMIT: `${LIMIT}/second`,
  };
  const startImporter = () => startServiceProcess("importer", env);
  const askedAgain = () => {
    const asked = tracker.sim.requests("GetPlayerAchievements").map(({ appId }) => appId);
    return asked.length - new Set(asked).size;
  };
  return { tracker, startImporter, askedAgain };
}

test("an importer that is asked to stop in the middle does so cleanly and at once; the next goes on there", async () => {
  const { tracker, startImporter, askedAgain } = await startTracker(12);
  await using _tracker = tracker;
  const first = await startImporter();
  const id = await tracker.start();
  await tracker.job(id, ({ progress }) => progress.done >= 3);

  const stoppedAt = performance.now();
  // Throws unless it exits 0.
  await first[Symbol.asyncDispose]();
  const stopMs = performance.now() - stoppedAt;
  const between = await request(tracker.api, getJob, { id });
  const resumedAt = performance.now();
  await using _second = await startImporter();
  await tracker.job(id, ({ progress }) => progress.done > between.progress.done);
  const resumeMs = performance.now() - resumedAt;
  const job = await tracker.job(id);

  expect(stopMs).toBeLessThan(8_000);
  expect(first.output()).not.toContain('"level":"error"');
  expect(between.state).toBe("running");
  // It gave its work back, so nobody had to wait until it was given up for dead.
  expect(resumeMs).toBeLessThan(8_000);
  expect(job).toMatchObject({ state: "done", result: { games: 12 } });
  expect(askedAgain()).toBeLessThanOrEqual(1);
}, 60_000);

test("two importers share the work and the quota: a job runs once, and when one is killed the other takes it up", async () => {
  const { tracker, startImporter, askedAgain } = await startTracker(12);
  await using _tracker = tracker;
  const importers = [await startImporter(), await startImporter()];
  const id = await tracker.start();
  await tracker.job(id, ({ progress }) => progress.done >= 3);

  // Whichever works on it is killed at one of these two moments.
  await importers[0]?.kill();
  const replacement = await startImporter();
  await until("some more games", WITHIN_MS, async () => {
    const { progress, state } = await request(tracker.api, getJob, { id });
    return progress.done >= 5 || state === "done";
  });
  await importers[1]?.kill();
  await using _last = replacement;
  const job = await tracker.job(id);

  expect(job).toMatchObject({ state: "done", result: { games: 12 } });
  expect(askedAgain()).toBeLessThanOrEqual(2);
  expect(tracker.sim.largestWindow(ACHIEVEMENT_ENDPOINTS, 1_000)).toBeLessThanOrEqual(LIMIT);
}, 90_000);

test("a job that is cancelled while nobody works on it is not begun", async () => {
  const { tracker, startImporter } = await startTracker(2);
  await using _tracker = tracker;
  const id = await tracker.start();
  await request(tracker.api, cancelJob, { id });

  await using _importer = await startImporter();
  const next = await tracker.import();

  expect(next.id).toBe(id + 1);
  expect(tracker.sim.requests("GetPlayerAchievements")).toHaveLength(2);
}, 60_000);
