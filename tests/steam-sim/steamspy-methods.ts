import type { SimApp } from "./catalogue-app.ts";
import { json, jsonText, type Reply, text } from "./reply.ts";
import { createRandom } from "./random.ts";
import type { World } from "./world.ts";

const HIDDEN_APP_ID = 999_999;
const PAGE_ROWS = 1_000;
/** The crawl of 2023-02-04 had nothing that was owned by more. */
const OWNERS_MAX_OF_BROKEN_CRAWL = 5_000_000;

/** The bounds of SteamSpy's ranges. */
const OWNERS = [
  0, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000,
  20_000_000, 50_000_000, 100_000_000, 200_000_000, 500_000_000,
] as const;

/** A page by owners; pages overlap with the ones before them, and what is repeated takes the place of what is then missing. */
export function steamSpyAll(world: World, parameters: URLSearchParams): Reply {
  const asked = parameters.get("page");
  if (asked === null || !/^\d+$/.test(asked)) return text(200, "");
  const page = world.trouble === "same_page" ? 0 : Number(asked);
  if (world.spyPages !== null) return jsonText(world.spyPages.get(page) ?? "{}");
  const rows = shownOn(page, world).map((appId) => rowOf(world.catalogue.app(appId)));
  return json(Object.fromEntries(rows.map((row) => [row.appid, row])));
}

function shownOn(page: number, world: World): readonly number[] {
  const { catalogue, settings } = world;
  const ranking = rankingOf(world);
  const ids = ranking.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS);
  if (page === 0) return ids;
  const random = createRandom(page * 31 + catalogue.version);
  const before = random.shuffled(ranking.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS));
  return ids.map(
    (appId) => (random.chance(settings.steamSpyOverlap) ? before.pop() : appId) ?? appId,
  );
}

const rankings = new WeakMap<object, { version: number; broken: boolean; ids: number[] }>();

/** The tracked apps by their owners, made anew when an app has changed. */
function rankingOf({ catalogue, trouble }: World): readonly number[] {
  const broken = trouble === "no_giants";
  const known = rankings.get(catalogue);
  if (known?.version === catalogue.version && known.broken === broken) return known.ids;
  const max = broken ? OWNERS_MAX_OF_BROKEN_CRAWL : Infinity;
  const tracked: { appId: number; owners: number }[] = [];
  for (const { appId, owners, isTracked, isHiddenBySpy } of catalogue.apps()) {
    if (isTracked && !isHiddenBySpy && owners < max) tracked.push({ appId, owners });
  }
  const ids = tracked
    .toSorted((one, other) => other.owners - one.owners || one.appId - other.appId)
    .map(({ appId }) => appId);
  rankings.set(catalogue, { version: catalogue.version, broken, ids });
  return ids;
}

export function steamSpyDetails(world: World, parameters: URLSearchParams): Reply {
  const app = world.catalogue.app(Number(parameters.get("appid")));
  if (!app?.isTracked) return json({}, "untracked");
  const row = rowOf(app);
  if (app.isHiddenBySpy || world.trouble === "not_shown") {
    return json(
      { ...row, appid: HIDDEN_APP_ID, name: "", languages: null, genre: "", tags: [] },
      "hidden",
    );
  }
  const tags = Object.fromEntries(app.tags.map(({ name, votes }) => [name, votes]));
  return json({
    ...row,
    languages: app.languages?.join(", ") ?? null,
    genre: app.genres.join(", "),
    tags: app.tags.length === 0 ? [] : tags,
  });
}

function rowOf(app: SimApp | null) {
  const { appId = HIDDEN_APP_ID, name = "", developer = "", publisher = "" } = app ?? {};
  return {
    appid: appId,
    name,
    developer,
    publisher,
    score_rank: "",
    positive: app?.positive ?? 0,
    negative: app?.negative ?? 0,
    userscore: 0,
    owners: ownersText(app?.owners ?? 0),
    average_forever: 0,
    average_2weeks: 0,
    median_forever: 0,
    median_2weeks: 0,
    price: centsText(app?.cents),
    initialprice: centsText(app?.initialCents),
    discount: app?.cents === null ? null : String(app?.discount ?? 0),
    ccu: app?.ccu ?? 0,
  };
}

function centsText(cents: number | null | undefined): string | null {
  return cents === null || cents === undefined ? null : String(cents);
}

/** The range in which a number of owners is, as SteamSpy writes it. */
function ownersText(owners: number): string {
  const above = OWNERS.findIndex((bound) => bound > owners);
  const place = above === -1 ? OWNERS.length - 1 : above;
  const [low = 0, high = 0] = [OWNERS[place - 1], OWNERS[place]];
  return `${low.toLocaleString("en-US")} .. ${high.toLocaleString("en-US")}`;
}
