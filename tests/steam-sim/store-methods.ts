import { json, KEY_REFUSED, type Reply } from "./reply.ts";
import type { TruthGame } from "./truth.ts";
import type { World } from "./world.ts";

/** The question of GetItems, as far as it is answered. */
interface Question {
  readonly ids?: readonly { readonly appid?: number }[];
  readonly data_request?: { readonly include_assets?: boolean };
}

/** Any batch, without a key. An app that is delisted, or that nobody knows, is told of with `success` 15. */
export function getItems({ player }: World, parameters: URLSearchParams): Reply {
  const question = JSON.parse(parameters.get("input_json") ?? "{}") as Question;
  const games = new Map(player.truth.games.map((game) => [game.appId, game]));
  const withAssets = question.data_request?.include_assets ?? false;
  const items = (question.ids ?? []).map(({ appid = 0 }) => {
    const game = games.get(appid);
    const isShown = game !== undefined && game.kind !== "non_steam" && !game.delisted;
    return isShown ? storeItem(game, withAssets) : hiddenItem(appid);
  });
  return json({ response: items.length > 0 ? { store_items: items } : {} });
}

function hiddenItem(id: number) {
  return { item_type: 0, id, success: 15, visible: false, name: "", appid: 0 };
}

function storeItem({ appId, name }: TruthGame, withAssets: boolean) {
  return {
    item_type: 0,
    id: appId,
    success: 1,
    visible: true,
    name,
    store_url_path: `app/${appId}`,
    appid: appId,
    type: 0,
    ...(withAssets && { assets: assetsOf(appId) }),
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

/** Of the key's own account: it takes no SteamID. Most plain keys are refused. */
export function clientGetLastPlayedTimes({ player, settings, at, ownKey }: World): Reply {
  if (!settings.lastPlayedTimes || !ownKey) return { ...KEY_REFUSED, outcome: "token_only" };
  const { truth } = player;
  const games = player.ownedGamesAt(at).map(({ appId, minutes, minutes2Weeks, lastPlayedAt }) => {
    const before = truth.games.find((game) => game.appId === appId)?.minutesBefore ?? 0;
    const first = truth.sittings
      .filter((sitting) => sitting.appId === appId && sitting.startedAt <= at)
      .reduce((earliest, { startedAt }) => Math.min(earliest, startedAt), Infinity);
    const isKnown = before === 0 && first < Infinity;
    return {
      appid: appId,
      last_playtime: Math.floor((lastPlayedAt ?? 0) / 1_000),
      playtime_2weeks: minutes2Weeks,
      playtime_forever: minutes,
      first_playtime: isKnown ? Math.floor(first / 1_000) : 0,
    };
  });
  return json({ response: { games } });
}
