import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { APP_BATCH_MAX, type ListedApp, type SteamSpyRow } from "@tracker/contracts";
import {
  type Database,
  finishCrawl,
  finishList,
  getApp,
  getCrawl,
  getAppHistory,
  openDatabase,
  stageList,
  stagePage,
} from "@tracker/store/catalogue";
import { recordedTest } from "./recorded-test.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const DAY_MS = 86_400_000;

interface RecordedApp {
  readonly appid: number;
  readonly name: string;
  readonly last_modified?: number;
  readonly price_change_number?: number;
}

interface RecordedRow {
  readonly appid: number;
  readonly name: string;
  readonly developer: string;
  readonly publisher: string;
  readonly positive: number;
  readonly negative: number;
  readonly owners: string;
  readonly average_forever: number;
  readonly average_2weeks: number;
  readonly median_forever: number;
  readonly median_2weeks: number;
  readonly price: string | null;
  readonly initialprice: string | null;
  readonly discount: string | null;
  readonly ccu: number;
}

function listed(app: RecordedApp): ListedApp {
  return {
    app_id: app.appid,
    name: app.name,
    last_modified:
      app.last_modified === undefined ? null : new Date(app.last_modified * 1_000).toISOString(),
    price_change_number: app.price_change_number ?? null,
  };
}

/** Stages a whole list and applies it to its end. */
function takeList(
  database: Database,
  recorded: readonly RecordedApp[],
  { at, scope }: { at: number; scope: string },
) {
  const apps = recorded.map(listed).sort((a, b) => a.app_id - b.app_id);
  const list_id = `list-${scope}-${at}`;
  const observed_at = new Date(at).toISOString();
  for (let from = 0; from < apps.length; from += APP_BATCH_MAX) {
    const part = apps.slice(from, from + APP_BATCH_MAX);
    stageList(database, { list_id, kind: "full", scope, observed_at, apps: part }, at);
  }
  for (let steps = 0; steps < 1_000; steps++) {
    const state = finishList(database, { list_id }, at);
    if (state.state !== "applying") return state;
  }
  throw new Error("the list is never applied");
}

recordedTest(
  "applist/v2shape_games_2022-12-11.json",
  "the recorded list of 84,816 apps goes in with every app once and its name as recorded",
  (path) => {
    const { applist } = JSON.parse(readFileSync(path, "utf8")) as {
      applist: { apps: RecordedApp[] };
    };
    using database = openDatabase(":memory:");

    const state = takeList(database, applist.apps, { at: NOW, scope: "games" });

    expect(applist.apps).toHaveLength(84_816);
    expect([state.state, state.changes.added]).toEqual(["applied", 84_816]);
    const stored = database.raw.query("SELECT app_id, name FROM apps ORDER BY app_id").values();
    expect(stored).toEqual(
      applist.apps
        .map(({ appid, name }) => [appid, name.trim()])
        .sort((a, b) => Number(a[0]) - Number(b[0])),
    );
    expect(database.raw.query("SELECT count(*) AS n FROM app_search").get()).toEqual({ n: 84_816 });
    expect(database.raw.query("SELECT count(*) AS n FROM app_names").get()).toEqual({ n: 84_816 });
  },
);

recordedTest(
  "steamspy",
  "the ten recorded SteamSpy pages go in with every distinct app once and its values as recorded",
  (folder) => {
    const pages = Array.from({ length: 10 }, (_, page) => {
      const text = readFileSync(join(folder, `all-page-${page}.json`), "utf8");
      return Object.values(JSON.parse(text) as Record<string, RecordedRow>);
    });
    const rows = new Map(pages.flat().map((row) => [row.appid, row]));
    using database = openDatabase(":memory:");

    for (const [page, recorded] of pages.entries()) {
      stagePage(database, {
        crawl_id: "recorded-crawl",
        page,
        observed_at: new Date(NOW + page * 60_000).toISOString(),
        rows_sent: recorded.length,
        is_last: false,
        rows: recorded.map(steamSpyRow),
      });
    }
    const staged = getCrawl(database, { crawl_id: "recorded-crawl", expected: [730, 1_172_470] });
    expect(database.raw.query("SELECT count(*) AS n FROM apps").get()).toEqual({ n: 0 });
    applyCrawl(database, "recorded-crawl");

    expect(staged.distinct_apps).toBe(rows.size);
    expect(staged.present).not.toContain(730);
    expect(database.raw.query("SELECT count(*) AS n FROM apps").get()).toEqual({ n: rows.size });
    for (const row of rows.values()) {
      const app = getApp(database, { app_id: row.appid });
      expect({ ...app, sources: [], first_seen_at: "" }).toMatchObject(expectedApp(row));
    }
    expect(database.raw.query("SELECT count(*) AS n FROM app_history").get()).toEqual({
      n: rows.size,
    });
    const again = getAppHistory(database, { app_id: [...rows.keys()][0] ?? 0 });
    expect(again.items).toHaveLength(1);
  },
  60_000,
);

test("a crawl that is refused changes nothing", () => {
  using database = openDatabase(":memory:");
  const row = { app_id: 10, facts: { name: "Ten", ccu: 5 } };
  const observed_at = new Date(NOW).toISOString();
  const page = { crawl_id: "broken-crawl", page: 0, observed_at, rows_sent: 1, is_last: true };
  stagePage(database, { ...page, rows: [row] });

  const state = finishCrawl(database, {
    crawl_id: "broken-crawl",
    accepted: false,
    reason: "730 is not in it",
  });

  expect([state.state, state.reason]).toEqual(["refused", "730 is not in it"]);
  expect(database.raw.query("SELECT count(*) AS n FROM apps").get()).toEqual({ n: 0 });
});

recordedTest(
  "applist/daily-software",
  "eight daily lists, one after another, give what a plain comparison of the files gives, and no app is lost to flapping",
  (folder) => {
    const days = readdirSync(folder)
      .sort()
      .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as RecordedApp[]);
    using database = openDatabase(":memory:");
    let before: ReadonlyMap<number, RecordedApp> = new Map();
    const names = new Map<number, string>();

    for (const [day, apps] of days.entries()) {
      const now = new Map(apps.map((app) => [app.appid, app]));
      const at = NOW + day * DAY_MS;
      const { list_id } = takeList(database, apps, { at, scope: "software" });
      if (day > 0) expect(changesOf(database, list_id)).toEqual(comparison(before, now, names));
      for (const app of apps) names.set(app.appid, app.name.trim());
      before = now;
    }

    const absentForThree = [...names.keys()].filter(
      (appId) => !days.slice(-3).some((apps) => apps.some((app) => app.appid === appId)),
    );
    const inactive = database.raw
      .query<{ app_id: number }, []>("SELECT app_id FROM apps WHERE is_active = 0 ORDER BY app_id")
      .all()
      .map((row) => row.app_id);
    expect(inactive).toEqual(absentForThree.toSorted((a, b) => a - b));
    const stored = database.raw.query("SELECT app_id, name FROM apps ORDER BY app_id").values();
    expect(stored).toEqual([...names].sort(([a], [b]) => a - b));
  },
);

/** Added, removed and renamed between two files; an app that was there on an earlier day counts as added again. */
function comparison(
  before: ReadonlyMap<number, RecordedApp>,
  now: ReadonlyMap<number, RecordedApp>,
  names: ReadonlyMap<number, string>,
) {
  const ids = (apps: Iterable<number>) => [...apps].sort((a, b) => a - b);
  return {
    added: ids([...now.keys()].filter((appId) => !before.has(appId))),
    removed: ids([...before.keys()].filter((appId) => !now.has(appId))),
    renamed: ids(
      [...now.values()]
        .filter((app) => names.has(app.appid) && names.get(app.appid) !== app.name.trim())
        .map((app) => app.appid),
    ),
  };
}

function changesOf(database: Database, listId: string) {
  const of = (...changes: string[]) =>
    database.raw
      .query<{ app_id: number }, string[]>(
        `SELECT DISTINCT c.app_id FROM app_list_changes c JOIN app_lists l ON l.id = c.list
         WHERE l.list_id = ? AND c.change IN (${changes.map(() => "?").join(", ")}) ORDER BY c.app_id`,
      )
      .all(listId, ...changes)
      .map((row) => row.app_id);
  return { added: of("added", "reappeared"), removed: of("missing"), renamed: of("renamed") };
}

function applyCrawl(database: Database, crawlId: string): void {
  for (let steps = 0; steps < 1_000; steps++) {
    if (finishCrawl(database, { crawl_id: crawlId, accepted: true }).state === "applied") return;
  }
  throw new Error("the crawl is never applied");
}

function ownersOf(text: string): { low: number; high: number } {
  const [low = 0, high = 0] = text.split("..").map((part) => Number(part.replaceAll(",", "")));
  return { low, high };
}

function priceOf(row: RecordedRow) {
  if (row.price === null) return null;
  return {
    currency: "USD",
    initial: Number(row.initialprice),
    final: Number(row.price),
    discount_percent: Number(row.discount),
  };
}

function steamSpyRow(row: RecordedRow): SteamSpyRow {
  const { average_forever, average_2weeks, median_forever, median_2weeks } = row;
  return {
    app_id: row.appid,
    facts: {
      name: row.name,
      developers: row.developer === "" ? [] : [row.developer],
      publishers: row.publisher === "" ? [] : [row.publisher],
      owners: ownersOf(row.owners),
      reviews: { positive: row.positive, negative: row.negative },
      price: priceOf(row),
      ccu: row.ccu,
      playtime: { average_forever, average_2weeks, median_forever, median_2weeks },
    },
  };
}

function expectedApp(row: RecordedRow) {
  return {
    app_id: row.appid,
    name: row.name.trim(),
    developers: row.developer === "" ? [] : [row.developer],
    owners: ownersOf(row.owners),
    reviews: { positive: row.positive, negative: row.negative },
    price: priceOf(row),
    ccu: row.ccu,
    playtime: {
      average_forever: row.average_forever || null,
      average_2weeks: row.average_2weeks || null,
      median_forever: row.median_forever || null,
      median_2weeks: row.median_2weeks || null,
    },
  };
}
