import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  APP_LIST_KINDS,
  type AppListKind,
  type AppListPage,
  createSteamClient,
  createSteamSpyClient,
  crawlProblems,
  getItemFacts,
  type ListedApp,
  SteamFailure,
  type SteamSpyApp,
  unlimitedPermits,
} from "@tracker/steam";
import { outcomeOf, recorded } from "./recorded-answer.ts";
import { sharedData } from "./shared-data.ts";
import { tallySteamSpyCrawl } from "./steam-sim/crawl-tally.ts";
import { SIM_KEY, type SteamSim, startSteamSim } from "./steam-sim/sim.ts";

const list2022 = sharedData("applist/v2shape_games_2022-12-11.json");
const lastPage = sharedData("applist/IStoreService_page_2_2021-05-29.json");
const daily = sharedData("applist/daily-software");
const spyPages = sharedData("steamspy");
const fixtures = sharedData("fixtures");

interface Row {
  readonly appid: number;
  readonly name: string;
  readonly last_modified?: number;
  readonly price_change_number?: number;
}

function listClient(sim: SteamSim) {
  return createSteamClient({ apiUrl: sim.url, key: SIM_KEY, permits: unlimitedPermits });
}

async function outcomeOfList(sim: SteamSim, kinds: readonly AppListKind[]): Promise<unknown> {
  const error: unknown = await wholeList(sim, kinds).catch((error: unknown) => error);
  return error instanceof SteamFailure ? error.kind : error;
}

async function wholeList(sim: SteamSim, kinds = APP_LIST_KINDS as readonly AppListKind[]) {
  const apps: ListedApp[] = [];
  let afterAppId: number | null = 0;
  while (afterAppId !== null) {
    const page: AppListPage = await listClient(sim).appListPage({ afterAppId, kinds });
    apps.push(...page.apps);
    afterAppId = page.nextAfterAppId;
  }
  return apps;
}

/** A server on 127.0.0.1 that gives one answer to everything. */
function served(fetch: (request: Request) => Response): Disposable & { readonly url: string } {
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch });
  return { url: server.url.origin, [Symbol.dispose]: () => void server.stop(true) };
}

function asListed(row: Row): ListedApp {
  return {
    appId: row.appid,
    name: row.name === "" ? null : row.name,
    modifiedAt: row.last_modified ? row.last_modified * 1_000 : null,
    priceChangeNumber: row.price_change_number ?? null,
  };
}

test.skipIf(list2022 === null)(
  "the list of 84,816 games goes through the wire app by app",
  async () => {
    const file = (await Bun.file(list2022 ?? "").json()) as { applist: { apps: Row[] } };
    await using sim = await startSteamSim({ appListFile: list2022 ?? "" });
    const apps = await wholeList(sim);

    expect(apps).toHaveLength(84_816);
    expect(apps).toEqual(file.applist.apps.map(asListed));
  },
  30_000,
);

test.skipIf(lastPage === null)("a real last page of Steam's is the end of a list", async () => {
  const file = (await Bun.file(lastPage ?? "").json()) as { response: { apps: Row[] } };
  using server = served(() => new Response(Bun.file(lastPage ?? "")));
  const client = createSteamClient({
    apiUrl: server.url,
    key: SIM_KEY,
    permits: unlimitedPermits,
  });

  const page = await client.appListPage({ afterAppId: 1_520_280 });

  expect(page).toEqual({ apps: file.response.apps.map(asListed), nextAfterAppId: null });
  expect(page.apps).toHaveLength(4_037);
});

test.skipIf(daily === null)(
  "eight daily lists, one after another, are each served as they were recorded",
  async () => {
    await using sim = await startSteamSim({ catalogue: { apps: 0 } });
    const names = (await readdir(daily ?? "")).toSorted();
    expect(names).toHaveLength(8);
    for (const name of names) {
      const appListFile = join(daily ?? "", name);
      await sim.control.serveRecordings({ appListFile, appListKind: "software" });
      const rows = (await Bun.file(appListFile).json()) as Row[];

      expect(await wholeList(sim, ["software"])).toEqual(rows.map(asListed));
      expect(await outcomeOfList(sim, ["games"])).toBe("empty");
    }
  },
);

test.skipIf(spyPages === null)(
  "ten real pages of SteamSpy's are read row by row, and refused as the broken crawl that they are",
  async () => {
    await using sim = await startSteamSim({ spyPagesFolder: spyPages ?? "" });
    const spy = createSteamSpyClient({ spyUrl: sim.url, permits: unlimitedPermits });
    const pages = await Promise.all(Array.from({ length: 11 }, (_, page) => spy.page(page)));

    for (const { page, apps } of pages.slice(0, 10)) {
      const path = join(spyPages ?? "", `all-page-${page}.json`);
      const rows = Object.values((await Bun.file(path).json()) as Record<string, SpyRow>);
      expect(apps).toEqual(rows.map(asApp));
    }
    const tally = tallySteamSpyCrawl(pages);
    expect(tally).toEqual({
      pages: 11,
      rows: 10_000,
      distinctApps: 9_169,
      repeatedApps: 831,
      isComplete: true,
      ownersHighMax: 5_000_000,
      giantsMissing: [730, 570, 440, 620],
    });
    expect(crawlProblems(tally, null)).toHaveLength(2);
  },
);

interface SpyRow {
  readonly appid: number;
  readonly name: string;
  readonly developer: string;
  readonly publisher: string;
  readonly positive: number;
  readonly negative: number;
  readonly owners: string;
  readonly price: string | null;
  readonly initialprice: string | null;
  readonly discount: string | null;
  readonly ccu: number;
  readonly average_forever: number;
  readonly average_2weeks: number;
  readonly median_forever: number;
  readonly median_2weeks: number;
}

/** The row as the product has it, by another way than the product's. */
function asApp(row: SpyRow): SteamSpyApp {
  const [low = "", high = ""] = row.owners.replaceAll(",", "").split(" .. ");
  const [final, initial, discountPercent] = [row.price, row.initialprice, row.discount].map(Number);
  return {
    appId: row.appid,
    name: row.name || null,
    developer: row.developer || null,
    publisher: row.publisher || null,
    positive: row.positive,
    negative: row.negative,
    ownersLow: Number.parseInt(low, 10),
    ownersHigh: Number.parseInt(high, 10),
    ccu: row.ccu,
    price:
      row.price === null
        ? null
        : {
            currency: "USD",
            final: final ?? -1,
            initial: initial ?? -1,
            discountPercent: discountPercent ?? -1,
          },
    averageMinutes: row.average_forever || null,
    averageMinutes2Weeks: row.average_2weeks || null,
    medianMinutes: row.median_forever || null,
    medianMinutes2Weeks: row.median_2weeks || null,
  };
}

test.skipIf(fixtures === null)(
  "real store items: two games with their prices, and one that is hidden",
  async () => {
    const path = join(fixtures ?? "", "adam-dickinson");
    const answer = await recorded(path, "store-items-GetItems.json");
    const price = { currency: "USD", final: 4_999, initial: 4_999, discountPercent: 0 };

    expect(outcomeOf(getItemFacts, answer)).toMatchObject([
      { appId: 2_584_270, facts: { name: "Mortal Shell II", type: "game", price } },
      { appId: 236_850, facts: { name: "Europa Universalis IV", type: "game", price } },
      { appId: 700_580, facts: null },
    ]);
  },
);

test.skipIf(fixtures === null)(
  "recorded rows: playtime that is filled is kept, no price and no tags are none",
  async () => {
    const name = "steamspy-all-entry-and-appdetails.json";
    const rows = (await Bun.file(join(fixtures ?? "", name)).json()) as Record<string, object>;
    using server = served(({ url }) =>
      Response.json(
        url.includes("appdetails")
          ? rows["appdetails_unpriced_untagged"]
          : { "945360": rows["all_entry_2021"] },
      ),
    );
    const spy = createSteamSpyClient({ spyUrl: server.url, permits: unlimitedPermits });

    expect((await spy.page(0)).apps).toMatchObject([
      {
        appId: 945_360,
        ownersLow: 20_000_000,
        ownersHigh: 50_000_000,
        averageMinutes: 2_076,
        medianMinutes2Weeks: 78,
        price: { final: 374, initial: 499, discountPercent: 25 },
      },
    ]);
    expect(await spy.details(1)).toMatchObject({
      price: null,
      languages: [],
      genres: [],
      tags: [],
    });
  },
);
