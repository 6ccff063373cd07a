import { type SteamClient, SteamFailure } from "@tracker/steam";
import type { CrawlReport } from "./report.ts";

/** The names of tags by id, asked for once a crawl. */
export interface TagNames {
  /** Null while Steam does not give them; asked again only after a while. */
  get(signal: AbortSignal): Promise<ReadonlyMap<number, string> | null>;
}

/** Requests that go without names before the list is asked for again. */
const REQUESTS_BETWEEN_TRIES = 20;

export function createTagNames(steam: Pick<SteamClient, "tagList">, report: CrawlReport): TagNames {
  let names: Promise<ReadonlyMap<number, string> | null> | null = null;
  let rest = 0;
  const ask = async (signal: AbortSignal) => {
    try {
      const { tags } = await steam.tagList(undefined, { signal });
      return tags && new Map(tags.map(({ tagId, name }) => [tagId, name]));
    } catch (error) {
      if (!(error instanceof SteamFailure)) throw error;
      report.meet("tag_list", error);
      return null;
    }
  };
  return {
    async get(signal) {
      if (names === null && rest > 0) {
        rest -= 1;
        return null;
      }
      names ??= ask(signal);
      const known = await names.catch((error: unknown) => {
        names = null;
        throw error;
      });
      if (known !== null) return known;
      names = null;
      rest = REQUESTS_BETWEEN_TRIES;
      return null;
    },
  };
}
