import { expect, test } from "bun:test";
import { request } from "@tracker/bus";
import { type CrawlArguments, startJob } from "@tracker/contracts";
import { STEAMSPY_GIANTS } from "@tracker/steam";
import { type CrawlRig, startCrawlRig } from "./crawl/rig.ts";
import { differences, repeatedHistory, storedApps } from "./crawl/stored.ts";
import { until } from "./service-process.ts";
import type { Fault } from "./steam-sim/fault.ts";

interface Result {
  readonly stages: Record<string, Record<string, unknown>>;
  readonly met: Record<string, { times: number; message: string }>;
  readonly problems: readonly string[];
}

async function resultOf(rig: CrawlRig, given?: CrawlArguments) {
  const job = await rig.crawl(given);
  return { job, result: job.result as unknown as Result };
}

function wrongIn(rig: CrawlRig): string[] {
  return differences(storedApps(rig.server.dataDir), rig.sim.catalogue);
}

test("a crawl of everything ends with every fact of every app as it is, and every app asked once", async () => {
  await using rig = await startCrawlRig({ catalogue: { apps: 1_500 } });

  const { job, result } = await resultOf(rig);

  expect([job.state, job.error, result.problems]).toEqual(["done", null, []]);
  expect(wrongIn(rig)).toEqual([]);
  const asked = rig.sim.requests("SteamSpyDetails").map(({ appId }) => appId);
  expect(new Set(asked).size).toBe(asked.length);
  expect(result.stages).toMatchObject({
    list: { kind: "full", state: "applied", apps: 1_500 },
    store_items: { asked: 1_500, succeeded: 1_500 },
    steamspy_all: { state: "applied" },
  });
  expect(job.progress.done).toBe(job.progress.total ?? 0);
});

// What is fresh is left alone, or each night would spend the quota of a whole catalogue.
test("a second crawl asks for what changed alone; --full-refresh asks for everything anew", async () => {
  await using rig = await startCrawlRig({ catalogue: { apps: 300 } });
  await rig.crawl();
  const [renamed = 0] = rig.sim.catalogue.ids.slice(20);
  await rig.sim.control.clearRequests();
  await rig.sim.control.changeApps([renamed], {
    name: "Another Name",
    modifiedAt: 1_900_000_000_000,
  });

  const second = await resultOf(rig, { mode: "list" });
  const apps = storedApps(rig.server.dataDir);
  await rig.crawl({ mode: "bulk", full_refresh: true, update_metadata: true });

  expect(second.result.stages["list"]).toMatchObject({ kind: "incremental", renamed: 1 });
  expect(apps.find(({ app_id }) => app_id === renamed)?.name).toBe("Another Name");
  expect(rig.sim.requests("GetAppList").length).toBe(1);
  expect(rig.sim.requests("GetItems").length).toBe(3);
  expect(rig.sim.requests("SteamSpyDetails").length).toBe(0);
  expect(repeatedHistory(rig.server.dataDir)).toBe(0);
});

/** Every failure of the catalogue's sources that has been seen, and the part of the report that tells of it. */
const FAILURES: readonly (readonly [Fault, string])[] = [
  [{ kind: "silent_empty", endpoint: "GetAppList", times: 2 }, "list: empty"],
  [{ kind: "limited", endpoint: "GetAppList", times: 2 }, "list: limited (status 429)"],
  [{ kind: "html", endpoint: "GetAppList", times: 1 }, "list: malformed"],
  [{ kind: "unavailable", endpoint: "GetAppList", times: 1 }, "list: unreachable (status 503)"],
  [{ kind: "left_out", endpoint: "GetItems", times: 1 }, "store_items: left out"],
  [{ kind: "silent_empty", endpoint: "GetItems", times: 1 }, "store_items: empty"],
  [{ kind: "limited", endpoint: "GetItems", times: 3 }, "store_items: limited (status 429)"],
  [{ kind: "rate_limit_result", endpoint: "GetItems", times: 1 }, "store_items: limited"],
  [{ kind: "truncated", endpoint: "GetItems", times: 1 }, "store_items: malformed"],
  [{ kind: "reset", endpoint: "GetItems", times: 2 }, "store_items: unreachable"],
  [{ kind: "json_null", endpoint: "GetTagList", times: 1 }, "tag_list: malformed"],
  [{ kind: "overloaded", endpoint: "SteamSpyAll", times: 2 }, "steamspy_all: limited (status 200)"],
  [
    { kind: "server_error", endpoint: "SteamSpyAll", times: 1 },
    "steamspy_all: limited (status 500)",
  ],
  [{ kind: "no_giants", endpoint: "SteamSpyAll", times: 1 }, "steamspy_all: refused"],
  [{ kind: "silent_empty", endpoint: "SteamSpyAll", times: 1 }, "steamspy_all: empty"],
  [
    { kind: "overloaded", endpoint: "SteamSpyDetails", times: 3 },
    "steamspy_details: limited (status 200)",
  ],
  [
    { kind: "server_error", endpoint: "SteamSpyDetails", times: 2 },
    "steamspy_details: limited (status 500)",
  ],
  [{ kind: "json_null", endpoint: "SteamSpyDetails", times: 2 }, "steamspy_details: malformed"],
  [{ kind: "html", endpoint: "SteamSpyDetails", times: 2 }, "steamspy_details: malformed"],
  [{ kind: "cut", endpoint: "SteamSpyDetails", times: 2 }, "steamspy_details: unreachable"],
];

test.each(FAILURES)("%p is outlived: the crawl ends complete and says %p", async (fault, told) => {
  await using rig = await startCrawlRig({ catalogue: { apps: 250 } });
  await rig.sim.control.fail(fault);

  const { job, result } = await resultOf(rig);

  expect([job.state, job.error]).toEqual(["done", null]);
  expect(Object.keys(result.met).filter((name) => name.startsWith(told))).not.toEqual([]);
  expect(wrongIn(rig)).toEqual([]);
});

test("a list that is cut short without a word is read to its end all the same", async () => {
  await using rig = await startCrawlRig({ catalogue: { apps: 10_500 } });
  await rig.sim.control.fail({ kind: "short_list", endpoint: "GetAppList", times: 1 });

  const { result } = await resultOf(rig, { mode: "list" });

  expect(result.stages["list"]).toMatchObject({ state: "applied", apps: 10_500 });
  expect(result.met["list: cut short"]?.times).toBe(1);
});

test("an app that SteamSpy hides, one without tags and one without a price are told of as they are", async () => {
  await using rig = await startCrawlRig({ catalogue: { apps: 250 } });
  const games = rig.sim.catalogue.ids.filter((appId) => {
    const app = rig.sim.catalogue.app(appId);
    return app?.kind === "game" && app.isTracked && app.isShown;
  });
  const [hidden = 0, bare = 0, unpriced = 0, unseen = 0] = games.slice(4);
  await rig.sim.control.changeApps([hidden], { isHiddenBySpy: true });
  await rig.sim.control.changeApps([bare], { tags: [] });
  await rig.sim.control.changeApps([unpriced], { cents: null, initialCents: null, isFree: false });
  await rig.sim.control.changeApps([unseen], { isShown: false });

  const { result } = await resultOf(rig);

  const stored = new Map(storedApps(rig.server.dataDir).map((app) => [app.app_id, app]));
  expect(stored.get(hidden)?.details).toBe("not_found");
  expect(stored.get(bare)?.details).toBe("success");
  expect(stored.get(unpriced)?.price_final).toBeNull();
  expect(stored.get(unseen)?.is_visible).toBe(0);
  for (const what of ["not_visible (status 200)", "no tags", "no price"]) {
    expect(result.met[`steamspy_details: ${what}`]?.times).toBeGreaterThanOrEqual(1);
  }
  expect(result.met["store_items: hidden"]?.times).toBeGreaterThanOrEqual(1);
});

test("SteamSpy's pages are refused whole when they are wrong each time, and what is known stays", async () => {
  await using rig = await startCrawlRig({ catalogue: { apps: 1_600 } });
  await rig.crawl({ mode: "bulk" });
  const before = storedApps(rig.server.dataDir);
  await rig.sim.control.driftApps(1);
  await rig.sim.control.fail({ kind: "no_giants", endpoint: "SteamSpyAll" });

  const { job, result } = await resultOf(rig, { mode: "bulk", update_metadata: true });

  expect(job.state).toBe("done");
  expect(result.problems).toEqual([expect.stringContaining("pages were refused")]);
  expect(storedApps(rig.server.dataDir).map(({ ccu }) => ccu)).toEqual(
    before.map(({ ccu }) => ccu),
  );
});

// SteamSpy has served crawls that lacked a part of what it knows, with everything else in order.
test("SteamSpy's pages are refused when a fifth of the apps that they had before are gone", async () => {
  await using rig = await startCrawlRig({ catalogue: { apps: 1_600 } });
  await rig.crawl({ mode: "bulk" });
  const tracked = [...rig.sim.catalogue.apps()].filter((app) => app.isTracked);
  const gone = tracked.filter(({ appId }) => !STEAMSPY_GIANTS.includes(appId));
  await rig.sim.control.changeApps(
    gone.slice(-Math.ceil(tracked.length * 0.3)).map(({ appId }) => appId),
    { isTracked: false },
  );

  const { result } = await resultOf(rig, { mode: "bulk", update_metadata: true });

  expect(result.problems).toEqual([expect.stringContaining("pages were refused")]);
  expect(result.met["steamspy_all: refused"]?.message).toContain("as in the last crawl");
});

test("one app that is answered with nonsense each time does not hold up the others, nor the end", async () => {
  await using rig = await startCrawlRig({ catalogue: { apps: 120 } });
  const [poison = 0] = rig.sim.catalogue.ids;
  await rig.sim.control.fail({ kind: "json_null", endpoint: "SteamSpyDetails", appId: poison });
  const id = await rig.start({ mode: "full" });
  await until("the app to be given up for now", 60_000, () =>
    storedApps(rig.server.dataDir).some((app) => app.app_id === poison && app.details === "failed"),
  );
  await rig.sim.control.clearFaults();

  await until("the crawl to end", 60_000, async () => (await rig.job(id)).state === "done");

  expect(wrongIn(rig)).toEqual([]);
});

test("a list that cannot be had fails a crawl of the list, with Steam's reason", async () => {
  await using rig = await startCrawlRig({ catalogue: { apps: 10 } });
  await rig.sim.control.fail({ kind: "bad_key", endpoint: "GetAppList" });

  const job = await rig.crawl({ mode: "list" });

  expect(job.state).toBe("failed");
  expect(job.error).toContain("Steam does not accept the API key");
});

test("a crawl that is paused asks nothing more, and goes on where it was when it is resumed", async () => {
  const env = { BATCH_SIZE: "20" };
  await using rig = await startCrawlRig({ catalogue: { apps: 600 } }, env);
  const asked = () => rig.sim.requests("SteamSpyDetails").length;
  const id = await rig.start();
  await until("some details", 30_000, () => asked() > 100);
  await rig.pause(id);
  await until("the collector to halt", 30_000, () => !rig.isAtWork());
  const before = asked();

  await rig.job(id);
  expect(asked()).toBe(before);
  await rig.resume(id);
  await until("the crawl to end", 60_000, async () => (await rig.job(id)).state === "done");

  expect(wrongIn(rig)).toEqual([]);
  const apps = rig.sim.requests("SteamSpyDetails").map(({ appId }) => appId);
  expect(apps.length - new Set(apps).size).toBeLessThanOrEqual(20);
});

// A collector that hangs for a minute is taken for dead, and works on beside its successor.
test("two collectors on one crawl ask about no app twice, and end it complete", async () => {
  await using rig = await startCrawlRig({ catalogue: { apps: 1_200 } });
  const id = await rig.start();
  await until("the first to be at work", 30_000, () => rig.isAtWork());

  await rig.workToo(id);
  await until("the crawl to end", 60_000, async () => (await rig.job(id)).state === "done");

  const apps = rig.sim.requests("SteamSpyDetails").map(({ appId }) => appId);
  expect(new Set(apps).size).toBe(apps.length);
  expect(wrongIn(rig)).toEqual([]);
  expect(repeatedHistory(rig.server.dataDir)).toBe(0);
});

test.each([
  [{ mode: "fast" }, "/mode: expected one of list, bulk, detail, full"],
  [{ batch_size: 0 }, "/batch_size: expected a whole number from 1 to 1000, got 0"],
  [{ batch_size: 10_000 }, "/batch_size: expected a whole number from 1 to 1000, got 10000"],
  [{ refresh: true }, "expected no property refresh"],
])("%p is refused: %s", async (given, message) => {
  await using rig = await startCrawlRig({ catalogue: { apps: 4 } });

  const error = await request(rig.api, startJob("crawl"), given as CrawlArguments).catch(
    (error: unknown) => error,
  );

  expect(String(error)).toContain(message);
});
