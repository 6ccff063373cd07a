import { coverUrl, type StoreItem, SteamFailure } from "@tracker/steam";
import type { ImportParts } from "./import-job.ts";
import type { SteamPatience } from "./steam-patience.ts";

const BATCH = 100;

/**
 * Learns where covers are today, a hundred games a request. Where the store shows a game
 * without a cover there is none; one that it does not show any more keeps the old address, which works for most.
 */
export async function importCovers(
  { steam, store, log }: Pick<ImportParts, "steam" | "store" | "log">,
  patience: SteamPatience,
  appIds: readonly number[],
): Promise<void> {
  for (let first = 0; first < appIds.length; first += BATCH) {
    const batch = appIds.slice(first, first + BATCH);
    try {
      const items = await patience.ask((options) => steam.storeItems(batch, options));
      const told = new Map(items.map((item) => [item.appId, item]));
      await store.covers(
        batch.map((appId) => ({ app_id: appId, cover_url: addressOf(appId, told.get(appId)) })),
      );
    } catch (error) {
      if (!(error instanceof SteamFailure) || error.kind === "bad_key") throw error;
      log.warn("covers could not be learnt; the next import asks again", { reason: error.message });
      return;
    }
  }
}

function addressOf(appId: number, item: StoreItem | undefined): string | null {
  if (!item?.art) return coverUrl(appId);
  return item.art.headerUrl ?? item.art.capsuleUrl;
}
