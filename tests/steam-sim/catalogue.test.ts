import { expect, test } from "bun:test";
import { APP_LIST_KINDS, crawlProblems, type ListedApp } from "@tracker/steam";
import { tallySteamSpyCrawl } from "./crawl-tally.ts";
import { startSteamSim } from "./sim.ts";
import { clients, crawled, kindOf, listed } from "./test-clients.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z");

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

test("the store's page: an app with its price, a free one, one that is not shown, and never several", async () => {
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
  expect(await store.details(free)).toMatchObject({ appId: free, price: null });
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
