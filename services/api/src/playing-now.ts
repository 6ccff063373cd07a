import {
  type findPlaying,
  type getPresence,
  type Input,
  type NowPlaying,
  type Output,
  type Presence,
} from "@tracker/contracts";
import { toPublic } from "./visibility.ts";

type Seen = Output<typeof getPresence>;
type Found = Output<typeof findPlaying>;

/** Where the answer comes from; both reject when the other side does not answer in time. */
export interface PlayingSources {
  presence(): Promise<Seen>;
  find(among: Input<typeof findPlaying>): Promise<Found>;
  now(): number;
}

const CACHED_MS = 15_000;
/** After this long without news, what was being played is no longer said to be played. */
const BELIEVED_MS = 10 * 60_000;

/**
 * What is being played, in three tiers: presence, else the last played of what Steam lists as recent, else the last
 * played in the library. One question at a time however many ask, and at most one per {@link CACHED_MS}.
 */
export class PlayingNow {
  readonly #sources: PlayingSources;
  #answer: NowPlaying | undefined;
  #known: NowPlaying | undefined;
  #answeredAt = 0;
  #pending: Promise<NowPlaying> | undefined;

  constructor(sources: PlayingSources) {
    this.#sources = sources;
  }

  get(): Promise<NowPlaying> {
    const fresh = this.#sources.now() - this.#answeredAt < CACHED_MS;
    if (this.#answer !== undefined && fresh) return Promise.resolve(this.#answer);
    this.#pending ??= this.#refresh().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #refresh(): Promise<NowPlaying> {
    try {
      this.#answer = await this.#find();
      this.#known = this.#answer;
    } catch {
      // Without the store it is unknown what is hidden, so only what was public before may be shown.
      this.#answer = this.#fallback();
    }
    this.#answeredAt = this.#sources.now();
    return this.#answer;
  }

  async #find(): Promise<NowPlaying> {
    const seen = await this.#sources.presence().catch(() => undefined);
    const presence = seen?.presence ?? null;
    const live = presence?.in_game ? await this.#live(presence) : undefined;
    if (live !== undefined) return live;

    const recent = seen?.recent ?? null;
    const stale = seen?.configured !== false && (presence === null || recent === null);
    const now = new Date(this.#sources.now()).toISOString();
    const playedNow = presence?.in_game ? presence.app_id : null;
    const among = (recent ?? []).filter((appId) => appId !== playedNow);
    const lately = among.length === 0 ? null : (await this.#sources.find({ among })).game;
    if (lately !== null) {
      const game = toPublic(lately)?.card;
      const asOf = seen?.recent_observed_at ?? now;
      if (game) return { playing: false, tier: 2, game, since: null, as_of: asOf, stale };
    }
    const { game: last } = await this.#sources.find({});
    const game = (last && toPublic(last)?.card) ?? null;
    return { playing: false, tier: 3, game, since: null, as_of: now, stale };
  }

  /** Tier 1, or undefined when the game in hand is not for the public: then it is as if nothing were played. */
  async #live(presence: Presence): Promise<NowPlaying | undefined> {
    const { app_id: appId, game_name: name, observed_at: asOf } = presence;
    const wanted = { ...(appId !== null && { app_id: appId }), game_name: name ?? "" };
    const { game: known, playing_since: stored } = await this.#sources.find(wanted);
    const shown = known === null ? unknownGame(appId, name) : toPublic(known);
    if (!shown?.live) return undefined;
    const since = earlier(stored, presence.since);
    return { playing: true, tier: 1, game: shown.card, since, as_of: asOf, stale: false };
  }

  #fallback(): NowPlaying {
    const now = this.#sources.now();
    const known = this.#known;
    if (known === undefined) {
      const asOf = new Date(now).toISOString();
      return { playing: false, tier: 3, game: null, since: null, as_of: asOf, stale: true };
    }
    if (known.playing && now - Date.parse(known.as_of) > BELIEVED_MS) {
      return { ...known, playing: false, tier: 3, since: null, stale: true };
    }
    return { ...known, stale: true };
  }
}

/** The poller knows what it saw itself, the store also what the poller before it saw; what it saw last may be on its way. */
function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return Date.parse(one) < Date.parse(other) ? one : other;
}

/** A game that is not in the library, perhaps not even Steam's: all that is known is its name. */
function unknownGame(appId: number | null, name: string | null) {
  const card = {
    id: null,
    title: name ?? "A game",
    steam_app_id: appId,
    cover_url: null,
    hours_played: null,
    unlocked_achievements: null,
    total_achievements: null,
    completion_percentage: null,
    last_played_at: null,
  };
  return { card, live: true };
}
