import { expect, test } from "bun:test";
import { crawlProblems, type SteamSpyPage } from "@tracker/steam";
import { tallySteamSpyCrawl } from "./crawl-tally.ts";
import type { EndpointName, FaultKind } from "./fault.ts";
import { startSteamSim } from "./sim.ts";
import { clients, kindOf } from "./test-clients.ts";

const SOURCES = [
  "GetAppList",
  "GetItems",
  "GetTagList",
  "SteamSpyAll",
  "SteamSpyDetails",
  "StoreAppDetails",
] as const satisfies readonly EndpointName[];

/** What each failure means to whoever asks the six sources, in their order; one word where it is the same for all. */
const MEANINGS: readonly (readonly [FaultKind, string])[] = [
  ["limited", "limited"],
  ["unavailable", "unreachable"],
  ["server_error", "unreachable unreachable unreachable limited limited unreachable"],
  ["overloaded", "malformed malformed malformed limited limited malformed"],
  ["rate_limit_result", "limited"],
  ["silent_empty", "empty empty empty empty not_found not_found"],
  ["truncated", "malformed"],
  ["cut", "unreachable"],
  ["reset", "unreachable"],
  ["html", "malformed"],
  ["json_null", "malformed"],
  ["not_shown", "ok ok ok ok not_visible not_found"],
  ["left_out", "ok"],
  ["short_list", "ok"],
  ["no_giants", "ok"],
  ["same_page", "ok"],
];

test.each(MEANINGS)("the failure %s means %s to the catalogue's sources", async (kind, meaning) => {
  await using sim = await startSteamSim();
  const { steam, spy, store } = clients(sim);
  await sim.control.fail({ kind });

  const outcomes = [
    await kindOf(steam.appListPage()),
    await kindOf(steam.storeFacts([730])),
    await kindOf(steam.tagList()),
    await kindOf(spy.page(0)),
    await kindOf(spy.details(730)),
    await kindOf(store.details(730)),
  ];

  const meanings = meaning.split(" ");
  expect(outcomes).toEqual(SOURCES.map((_, index) => meanings[index] ?? meaning));
  expect(sim.requests().map(({ endpoint }) => endpoint)).toEqual([...SOURCES]);
});

test("answers that look right and are not: half a list, items left out, nothing in the store", async () => {
  await using sim = await startSteamSim({ catalogue: { apps: 200 } });
  const { steam } = clients(sim);
  await sim.control.fail({ kind: "short_list", times: 1 });
  await sim.control.fail({ kind: "left_out", times: 1 });
  await sim.control.fail({ kind: "not_shown", times: 1 });
  const appIds = sim.catalogue.ids.slice(0, 10);

  const list = await steam.appListPage({ limit: 100 });
  const leftOut = await steam.storeFacts(appIds);
  const notShown = await steam.storeFacts(appIds);

  expect([list.apps.length, list.nextAfterAppId]).toEqual([50, null]);
  expect(leftOut.map(({ appId }) => appId)).toEqual(appIds.filter((_, index) => index % 2 === 0));
  expect(notShown.every(({ facts }) => facts === null)).toBeTrue();
});

test.each([
  ["no_giants", 2],
  ["same_page", 1],
] as const)("a crawl with %s is refused", async (kind, problems) => {
  await using sim = await startSteamSim({ catalogue: { apps: 6_000 } });
  const { spy } = clients(sim);
  await sim.control.fail({ kind, endpoint: "SteamSpyAll", times: 4 });

  const pages: SteamSpyPage[] = [];
  for (let page = 0; page < 4; page += 1) pages.push(await spy.page(page));
  pages.push({ page: 4, apps: [], rows: 0, isLast: true });

  expect(crawlProblems(tallySteamSpyCrawl(pages), null)).toHaveLength(problems);
});

test("without a key the list is refused as with a wrong one", async () => {
  await using sim = await startSteamSim();

  const answer = await fetch(`${sim.url}/IStoreService/GetAppList/v1/`);

  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain("key=");
});
