import { expect, test } from "bun:test";
import type { Request } from "@tracker/contracts";
import { VirtualClock } from "@tracker/service";
import type { Ask } from "./ask.ts";
import { readConfig } from "./config.ts";
import { crawl, type Outside } from "./crawl.ts";
import { PACE } from "./patience.ts";

const HOUR_MS = 3_600_000;
const KEY = "0123456789ABCDEF0123456789ABCDEF";
const STARTED_AT = "2026-11-20T10:10:00.000Z";
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const NOTHING = { done: 0, total: null, rate_per_minute: null, eta_seconds: null, message: null };
const CHANGES = { added: 0, missing: 0, reappeared: 0, renamed: 0, left: 0, returned: 0 };

/** A store with one app, of which only the details are due, and once. */
function storeOfOneApp(asked: string[]): Ask {
  let isPlanned = false;
  const answers: Readonly<Record<string, (input: Record<string, unknown>) => unknown>> = {
    "store.applist.freshness": () => ({ last_full_at: STARTED_AT, modified_since: STARTED_AT }),
    "store.applist.get": ({ list_id }) => ({ list_id, state: "unknown", last_app_id: null }),
    "store.applist.finish": () => ({
      state: "unknown",
      staged: 0,
      left_to_apply: 0,
      changes: CHANGES,
    }),
    "store.steamspy.get": () => ({ state: "applied", pages: [], distinct_apps: 0, present: [] }),
    "store.steamspy.finish": ({ crawl_id }) => {
      asked.push(String(crawl_id));
      return { state: "applied", pages: [], distinct_apps: 0, present: [], history: 0 };
    },
    "store.apps.due": () => ({ due: 0, leased: 0, apps: 1, next_due_at: null }),
    "store.apps.plan": ({ source }) => {
      const isFirst = source === "steamspy_details" && !isPlanned;
      isPlanned ||= isFirst;
      return { app_ids: isFirst ? [730] : [] };
    },
    "store.apps.record": () => ({ succeeded: 1, failed: 0, not_found: 0, changed: 0, history: 0 }),
  };
  return ((definition: Request, input: Record<string, unknown>) => {
    const answer = answers[definition.subject];
    if (answer === undefined) return Promise.reject(new Error(`asked ${definition.subject}`));
    return Promise.resolve(answer(input));
  }) as Ask;
}

// Details of 285,000 apps take days, and one crawl is active at a time: the nightly one in between would be that one.
test("a crawl that lasts brings the list and the bulk facts up to date each day, and ends with its details", async () => {
  const clock = new VirtualClock(Date.parse(STARTED_AT));
  const asked: string[] = [];
  const never = new AbortController().signal;
  const outside = {
    steam: {
      appListPage: () => Promise.resolve({ apps: [], nextAfterAppId: null }),
      storeFacts: () => Promise.resolve([]),
      tagList: () => Promise.resolve({ versionHash: "1", tags: [] }),
    },
    spy: {
      page: () => Promise.reject(new Error("asked for a page")),
      details: async () => {
        await clock.wait(50 * HOUR_MS, never);
        return { tags: [], genres: [], languages: [], name: null, developer: null };
      },
    },
    store: { details: () => Promise.reject(new Error("asked for details")) },
  } as unknown as Outside;
  const work = {
    job: {
      id: 7,
      kind: "crawl" as const,
      arguments: {},
      state: "running" as const,
      progress: NOTHING,
      result: null,
      error: null,
      requested_by: "schedule crawl",
      created_at: STARTED_AT,
      started_at: STARTED_AT,
      heartbeat_at: null,
      finished_at: null,
    },
    signal: never,
    tell: () => Promise.resolve(),
  };
  const config = readConfig({ STEAM_API_KEY: KEY, STEAMSPY_API_LIMIT: "1/31days" });
  const store = storeOfOneApp(asked);
  const askUntil = () => store;

  const running = crawl({ config, outside, askUntil, pace: PACE, clock, log: SILENT }, work);
  await clock.advance(60 * HOUR_MS);
  const result = await running;

  expect(asked).toEqual(["steamspy-7-0-1", "steamspy-7-1-1", "steamspy-7-2-1"]);
  expect(result.problems).toEqual([]);
});
