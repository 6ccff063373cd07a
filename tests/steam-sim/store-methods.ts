import { tagIdOf } from "./app-list-methods.ts";
import type { SimApp, SimAppKind } from "./catalogue-app.ts";
import { json, type Reply } from "./reply.ts";
import type { TruthGame } from "./truth.ts";
import type { World } from "./world.ts";

/** The question of GetItems, as far as it is answered. */
interface Question {
  readonly ids?: readonly { readonly appid?: number }[];
  readonly data_request?: Wanted;
}

interface Wanted {
  readonly include_assets?: boolean;
  readonly include_release?: boolean;
  readonly include_platforms?: boolean;
  readonly include_basic_info?: boolean;
  readonly include_reviews?: boolean;
  readonly include_tag_count?: number;
}

/** Steam's numbers for kinds of app. */
const TYPES: Readonly<Record<SimAppKind, number>> = {
  game: 0,
  dlc: 4,
  software: 6,
  video: 7,
  hardware: 10,
  music: 11,
};

/** Any batch, without a key. An app that is delisted, or that nobody knows, is told of with `success` 15. */
export function getItems(world: World, parameters: URLSearchParams): Reply {
  const { player, catalogue, trouble } = world;
  const question = JSON.parse(parameters.get("input_json") ?? "{}") as Question;
  const games = new Map(player.truth.games.map((game) => [game.appId, game]));
  const ids = (question.ids ?? []).filter((_, index) => trouble !== "left_out" || index % 2 === 0);
  const items = ids.map(({ appid = 0 }) => {
    const game = games.get(appid);
    const app = catalogue.app(appid);
    const name = isInStore(game, app) && trouble !== "not_shown" ? (game?.name ?? app?.name) : null;
    return typeof name === "string"
      ? storeItem(appid, name, app, question.data_request ?? {})
      : hiddenItem(appid);
  });
  return json({ response: items.length > 0 ? { store_items: items } : {} });
}

/** A game of the library's is there when the library says so; any other app when the catalogue does. */
function isInStore(game: TruthGame | undefined, app: SimApp | null): boolean {
  if (game) return game.kind !== "non_steam" && !game.delisted && app?.isShown !== false;
  return app?.isShown ?? false;
}

function hiddenItem(id: number) {
  return { item_type: 0, id, success: 15, visible: false, name: "", appid: 0 };
}

function storeItem(appId: number, name: string, app: SimApp | null, wanted: Wanted) {
  return {
    item_type: 0,
    id: appId,
    success: 1,
    visible: true,
    name,
    store_url_path: `app/${appId}`,
    appid: appId,
    type: TYPES[app?.kind ?? "game"],
    ...(app !== null && factsOf(app, wanted)),
    ...(wanted.include_assets && { assets: assetsOf(appId) }),
  };
}

function factsOf(app: SimApp, wanted: Wanted) {
  const { isFree, cents, initialCents, discount, releasedAt, tags } = app;
  const count = app.positive + app.negative;
  const percent = Math.round((100 * app.positive) / Math.max(1, count));
  const creators = (name: string) => (name === "" ? [] : [{ name }]);
  return {
    ...(isFree && { is_free: true }),
    ...(wanted.include_release && {
      release:
        releasedAt === null ? { is_coming_soon: true } : { steam_release_date: releasedAt / 1_000 },
    }),
    ...(wanted.include_platforms && {
      platforms: { windows: true, ...(app.appId % 3 === 0 && { linux: true }) },
    }),
    ...(wanted.include_basic_info && {
      basic_info: { publishers: creators(app.publisher), developers: creators(app.developer) },
    }),
    ...(wanted.include_reviews && {
      reviews: { summary_filtered: { review_count: count, percent_positive: percent } },
    }),
    ...(wanted.include_tag_count && {
      tags: tags
        .slice(0, wanted.include_tag_count)
        .map(({ name, votes }) => ({ tagid: tagIdOf(name), weight: votes })),
    }),
    ...(!isFree &&
      cents !== null && {
        best_purchase_option: {
          packageid: app.appId + 1,
          purchase_option_name: app.name,
          final_price_in_cents: String(cents),
          ...(discount > 0 && {
            original_price_in_cents: String(initialCents),
            discount_pct: discount,
          }),
          included_game_count: 1,
        },
      }),
  };
}

/** One app in four still has its header at the old address; all have hashed capsules, of the old name or the new one. */
function assetsOf(appId: number) {
  const isOld = appId % 40 === 0;
  const capsule = isOld ? "library_600x900.jpg" : "library_capsule.jpg";
  return {
    asset_url_format: `steam/apps/${appId}/\${FILENAME}?t=${1_700_000_000 + (appId % 100_000)}`,
    header: isOld ? "header.jpg" : `${hash(appId, "header")}/header.jpg`,
    main_capsule: `${hash(appId, "main")}/capsule_616x353.jpg`,
    library_capsule: `${hash(appId, "library")}/${capsule}`,
    library_hero: `${hash(appId, "hero")}/library_hero.jpg`,
  };
}

function hash(appId: number, name: string): string {
  return new Bun.CryptoHasher("sha1").update(`${appId} ${name}`).digest("hex");
}
