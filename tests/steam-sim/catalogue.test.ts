import { expect, test } from "bun:test";
import {
  APP_LIST_KINDS,
  type AppListQuestion,
  createSteamClient,
  createSteamSpyClient,
  createStoreClient,
  crawlProblems,
  type ListedApp,
  SteamFailure,
  type SteamSpyPage,
  tallySteamSpyCrawl,
  unlimitedPermits,
} from "@tracker/steam";
import { type FaultKind } from "./fault.ts";
import { SIM_KEY, type SteamSim, startSteamSim } from "./sim.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z");

function clients({ url }: SteamSim) {
  const common = { permits: unlimitedPermits, retryAttempts: 1, timeoutMs: 5_000 };
  return {
    steam: createSteamClient({ ...common, apiUrl: url, key: SIM_KEY }),
    spy: createSteamSpyClient({ ...common, spyUrl: url }),
    store: createStoreClient({ ...common, storeUrl: url }),
  };
}

async function listed(sim: SteamSim, question: AppListQuestion = {}): Promise<ListedApp[]> {
  const apps: ListedApp[] = [];
  let afterAppId: number | null = 0;
  while (afterAppId !== null) {
    const page = await clients(sim).steam.appListPage({ ...question, afterAppId });
    apps.push(...page.apps);
    afterAppId = page.nextAfterAppId;
  }
  return apps;
}

async function crawled(sim: SteamSim): Promise<SteamSpyPage[]> {
  const pages: SteamSpyPage[] = [];
  while (!pages.at(-1)?.isLast) pages.push(await clients(sim).spy.page(pages.length));
  return pages;
}

async function kindOf(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.catch((error: unknown) => error);
  return error instanceof SteamFailure ? error.kind : "ok";
}

test("a list of 120,000 apps comes in twelve pages, each app once with its own name", async () => {
  await using sim = await startSteamSim({ catalogue: { apps: 120_000 } });

  const apps = await listed(sim);

  expect(apps.map(({ appId }) => appId)).toEqual([...sim.catalogue.ids]);
  expect(new Set(apps.map(({ name }) => name)).size).toBe(120_000);
  expect(sim.requests("GetAppList")).toHaveLength(12);
});

test("a list is the same in pages of any length", async () => {
  await using sim = await startSteamSim({ catalogue: { apps: 60 } });
  await sim.control.changeApps(sim.catalogue.ids.slice(20, 40), { isListed: false });
  const whole = await listed(sim);

  for (let limit = 1; limit <= 41; limit += 1) {
    expect(await listed(sim, { limit })).toEqual(whole);
  }
});

test("the same number and seed are the same catalogue, another seed is another", async () => {
  await using one = await startSteamSim({ catalogue: { apps: 50, seed: 7 } });
  await using same = await startSteamSim({ catalogue: { apps: 50, seed: 7 } });
  await using other = await startSteamSim({ catalogue: { apps: 50, seed: 8 } });

  expect([...one.catalogue.apps()]).toEqual([...same.catalogue.apps()]);
  expect([...one.catalogue.apps()]).not.toEqual([...other.catalogue.apps()]);
});

test("the kinds of a list divide it among them", async () => {
  await using sim = await startSteamSim({ catalogue: { apps: 2_000 } });

  const parts: ListedApp[][] = [];
  for (const kind of APP_LIST_KINDS) parts.push(await listed(sim, { kinds: [kind] }));

  expect(parts.every((part) => part.length > 0)).toBeTrue();
  expect(parts.flat().length).toBe(2_000);
});

test("an app leaves the list, another comes, a third is renamed: an incremental list tells of the last two", async () => {
  await using sim = await startSteamSim({ now: NOON, catalogue: { apps: 100 } });
  const [, , , , gone = 0, renamed = 0] = sim.catalogue.ids;
  await sim.control.changeApps([gone], { isListed: false });
  const [added = 0] = await sim.control.addApps(1);
  await sim.control.changeApps([renamed], { name: "Another Name", modifiedAt: NOON + 1_000 });

  const full = await listed(sim);
  const incremental = await listed(sim, { modifiedSince: NOON });

  expect(full.map(({ appId }) => appId)).not.toContain(gone);
  expect(full).toHaveLength(100);
  expect(incremental.map(({ appId, modifiedAt }) => [appId, modifiedAt])).toEqual([
    [renamed, NOON + 1_000],
    [added, NOON],
  ]);
  expect(await clients(sim).steam.appListPage({ modifiedSince: NOON + 2_000 })).toEqual({
    apps: [],
    nextAfterAppId: null,
  });
});

test("GetItems tells what is true of each app, and hides the one that left the store", async () => {
  await using sim = await startSteamSim({ catalogue: { apps: 500 } });
  const appIds = sim.catalogue.ids.slice(0, 300);
  await sim.control.changeApps(appIds.slice(0, 1), { isShown: false });

  const items = await clients(sim).steam.storeFacts([...appIds, 77]);

  expect(items.map(({ appId }) => appId)).toEqual([...appIds, 77]);
  expect(items[0]?.facts).toBeNull();
  expect(items.at(-1)?.facts).toBeNull();
  expect(sim.requests("GetItems")).toHaveLength(4);
  for (const { appId, facts } of items.filter((item) => item.facts !== null)) {
    const app = sim.catalogue.app(appId);
    expect(facts?.name).toBe(app?.name ?? "");
    expect(facts?.type).toBe(app?.kind ?? "other");
    expect(facts?.price?.final ?? null).toBe(app?.isFree ? null : (app?.cents ?? null));
    expect(facts?.releasedAt).toBe(app?.releasedAt ?? null);
    expect(facts?.reviews?.count ?? 0).toBe((app?.positive ?? 0) + (app?.negative ?? 0));
  }
});

test("the tags of an app have their names in the list of tags", async () => {
  await using sim = await startSteamSim();
  const { steam } = clients(sim);
  const { versionHash, tags } = await steam.tagList();
  const names = new Map(tags?.map(({ tagId, name }) => [tagId, name]));

  const [item] = await steam.storeFacts([730]);

  expect(item?.facts?.tags.map(({ tagId }) => names.get(tagId))).toEqual(
    sim.catalogue.app(730)?.tags.map(({ name }) => name),
  );
  expect((await steam.tagList(versionHash)).tags).toBeNull();
});

test("a crawl of SteamSpy's pages is plausible, overlaps a little, and misses as many apps as it repeats", async () => {
  await using sim = await startSteamSim({ catalogue: { apps: 20_000 } });
  const tracked = [...sim.catalogue.apps()].filter((app) => app.isTracked && !app.isHiddenBySpy);

  const pages = await crawled(sim);
  const tally = tallySteamSpyCrawl(pages);

  expect(crawlProblems(tally, null)).toEqual([]);
  expect(tally.rows).toBe(tracked.length);
  expect(pages.slice(0, -1).every(({ rows }) => rows === 1_000)).toBeTrue();
  expect(tally.repeatedApps).toBeGreaterThan(tally.rows * 0.03);
  expect(tally.repeatedApps).toBeLessThan(tally.rows * 0.07);
  for (const row of pages.flatMap(({ apps }) => apps)) {
    const app = sim.catalogue.app(row.appId);
    expect([row.positive, row.ccu]).toEqual([app?.positive ?? -1, app?.ccu ?? -1]);
    expect(row.price?.final ?? null).toBe(app?.cents ?? null);
    expect(row.ownersLow).toBeLessThanOrEqual(app?.owners ?? -1);
    expect(row.ownersHigh).toBeGreaterThan(app?.owners ?? Infinity);
    expect(row.averageMinutes).toBeNull();
  }
});

test("SteamSpy's details: an app, one without tags, one it does not track, one that is hidden", async () => {
  await using sim = await startSteamSim();
  const { control, catalogue } = sim;
  const [plain = 0, tagless = 0, untracked = 0, hidden = 0] = catalogue.ids;
  await control.changeApps([tagless], { tags: [], languages: null, cents: null });
  await control.changeApps([untracked], { isTracked: false });
  await control.changeApps([hidden], { isHiddenBySpy: true });
  const { spy } = clients(sim);

  const details = await spy.details(plain);

  expect(details.tags).toEqual([...(catalogue.app(plain)?.tags ?? [])]);
  expect(details.genres).toEqual(catalogue.app(plain)?.genres ?? []);
  expect(await spy.details(tagless)).toMatchObject({ tags: [], languages: [], price: null });
  expect(await kindOf(spy.details(untracked))).toBe("not_found");
  expect(await kindOf(spy.details(hidden))).toBe("not_visible");
  expect(sim.requests("SteamSpyDetails").map(({ appId }) => appId)).toEqual([
    plain,
    tagless,
    untracked,
    hidden,
  ]);
});

test("the store's page: an app with its price, one that is not shown, and several only by their prices", async () => {
  await using sim = await startSteamSim();
  const [free = 0, hidden = 0, , , paid = 0] = sim.catalogue.ids;
  await sim.control.changeApps([hidden], { isShown: false });
  await sim.control.changeApps([paid], {
    isFree: false,
    cents: 499,
    initialCents: 999,
    discount: 50,
  });
  const { store } = clients(sim);
  const price = { currency: "USD", final: 499, initial: 999, discountPercent: 50 };

  expect(await store.details(paid)).toMatchObject({ appId: paid, price });
  expect(await kindOf(store.details(hidden))).toBe("not_found");
  expect(await store.prices([free, hidden, paid])).toMatchObject([
    { appId: free, isShown: true, price: null },
    { appId: hidden, isShown: false },
    { appId: paid, price },
  ]);
  const several = await fetch(`${sim.url}/api/appdetails?appids=${free},${paid}`);
  expect([several.status, await several.text()]).toEqual([400, "null"]);
});

test("a drift moves players and some prices of a share of the apps, which the list shows by its price change number alone", async () => {
  await using sim = await startSteamSim({ catalogue: { apps: 5_000 } });
  const before = await listed(sim);

  const moved = await sim.control.driftApps(0.1);
  const after = await listed(sim);

  expect(moved.length).toBeWithin(400, 600);
  const changed = after.filter(
    (app, index) => app.priceChangeNumber !== before[index]?.priceChangeNumber,
  );
  expect(changed.length).toBeWithin(moved.length / 8, moved.length / 4);
  expect(after.map(({ modifiedAt }) => modifiedAt)).toEqual(
    before.map(({ modifiedAt }) => modifiedAt),
  );
});

const EVERYWHERE = {
  GetAppList: "list",
  GetItems: "items",
  GetTagList: "tags",
  SteamSpyAll: "pages",
  SteamSpyDetails: "details",
  StoreAppDetails: "store",
} as const;

/** What each failure means to whoever asks for the list, items, tags, pages, details and the store's page. */
const MEANINGS: readonly (readonly [FaultKind, ...string[]])[] = [
  ["limited", "limited", "limited", "limited", "limited", "limited", "limited"],
  [
    "unavailable",
    "unreachable",
    "unreachable",
    "unreachable",
    "unreachable",
    "unreachable",
    "unreachable",
  ],
  [
    "server_error",
    "unreachable",
    "unreachable",
    "unreachable",
    "limited",
    "limited",
    "unreachable",
  ],
  ["overloaded", "malformed", "malformed", "malformed", "limited", "limited", "malformed"],
  ["rate_limit_result", "limited", "limited", "limited", "limited", "limited", "limited"],
  ["silent_empty", "empty", "empty", "empty", "empty", "not_found", "not_found"],
  ["truncated", "malformed", "malformed", "malformed", "malformed", "malformed", "malformed"],
  ["cut", "unreachable", "unreachable", "unreachable", "unreachable", "unreachable", "unreachable"],
  [
    "reset",
    "unreachable",
    "unreachable",
    "unreachable",
    "unreachable",
    "unreachable",
    "unreachable",
  ],
  ["html", "malformed", "malformed", "malformed", "malformed", "malformed", "malformed"],
  ["json_null", "malformed", "malformed", "malformed", "malformed", "malformed", "malformed"],
  ["not_shown", "ok", "ok", "ok", "ok", "not_visible", "not_found"],
  ["left_out", "ok", "ok", "ok", "ok", "ok", "ok"],
  ["short_list", "ok", "ok", "ok", "ok", "ok", "ok"],
  ["no_giants", "ok", "ok", "ok", "ok", "ok", "ok"],
  ["same_page", "ok", "ok", "ok", "ok", "ok", "ok"],
];

test.each(MEANINGS)(
  "the failure %s is told from data by every source",
  async (kind, ...expected) => {
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

    expect(outcomes).toEqual(expected);
    expect(sim.requests(Object.keys(EVERYWHERE) as (keyof typeof EVERYWHERE)[])).toHaveLength(6);
  },
);

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
