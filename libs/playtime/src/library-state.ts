/** Which of Steam's lists a figure came from: GetOwnedGames, or GetRecentlyPlayedGames, which alone shows borrowed games. */
export type SampleSource = "owned" | "recent";

/** Where a game stands in the followed library; `shared` games are borrowed from the family. */
export type GameLibraryState = "owned" | "shared" | "not_in_library";

/** One game of one library sample. Instants are epoch ms; `minutes` is `playtime_forever`. */
export interface SampledGame {
  readonly appId: number;
  readonly name: string | null;
  readonly minutes: number;
  /** `rtime_last_played`; null when Steam did not say (another account's key) or says never (0). */
  readonly lastPlayedAt: number | null;
  /** `playtime_disconnected`, contained in `minutes`; null when Steam did not say. */
  readonly offlineMinutes: number | null;
  readonly source: SampleSource;
}

/** What is stored of a game between samples. */
export interface KnownGame {
  readonly appId: number;
  /** The stored total: the highest ever sampled. */
  readonly minutes: number;
  /** The lower total that Steam reports now, or null while it agrees ("Steam reports less"). */
  readonly reportedMinutes: number | null;
  readonly offlineMinutes: number | null;
  /** Successive samples without it, counted up to 3. */
  readonly missingSamples: number;
  /** The last sample that still listed it, while it is missing: its play can have happened at any time since. */
  readonly listedUntil: number | null;
  readonly libraryState: GameLibraryState;
}

/** Everything a sample is judged against. A fresh account is `EMPTY_LIBRARY`. */
export interface LibraryState {
  /** The first good sample. */
  readonly trackingSince: number | null;
  /** No game was ever seen with a minute of play: a private profile looks the same. */
  readonly allZero: boolean;
  /** The newest good sample. */
  readonly latestSampleAt: number | null;
  /** The newest good sample strictly older than an instant, or null; for a list, one that had it. */
  readonly previousSampleAt: (instant: number, list?: SampleSource) => number | null;
  /** When presence that lasted beyond `after` first saw a running game that no sample lists yet; null (or no function) if it has not. */
  readonly seenPlayingSince?: (appId: number, after: number) => number | null;
  readonly games: ReadonlyMap<number, KnownGame>;
}

/** One row of the ledger, to be appended as it is. */
export interface LedgerEntry {
  readonly appId: number;
  readonly observedAt: number;
  /** The sample before; null only where there is none (baseline and correction rows). */
  readonly previousObservedAt: number | null;
  /** Negative for a correction, else positive. */
  readonly minutes: number;
  readonly totalAfter: number;
  readonly kind: "baseline" | "play" | "correction";
  readonly source: SampleSource;
  readonly lastPlayedAt: number | null;
  /** How many of `minutes` Steam says were played offline. */
  readonly offlineMinutes: number;
}

/** What a sample means. Everything to be written is here; applying it twice changes nothing. */
export interface SampleAssessment {
  readonly outcome: "ok" | "private" | "playtime_private";
  /** To be appended, in this order. */
  readonly entries: readonly LedgerEntry[];
  /** The new state of every game whose state differs, and only those. */
  readonly games: readonly KnownGame[];
  /** Games never seen before. */
  readonly appeared: readonly SampledGame[];
  /** Games that became `not_in_library` by this sample. */
  readonly left: readonly number[];
  /** Games that were `not_in_library` and are back. */
  readonly returned: readonly number[];
  readonly trackingSince: number | null;
  readonly allZero: boolean;
  readonly latestSampleAt: number | null;
}

/** The state before the first sample. */
export const EMPTY_LIBRARY: LibraryState = {
  trackingSince: null,
  allZero: true,
  latestSampleAt: null,
  previousSampleAt: () => null,
  games: new Map(),
};
