import { type AchievementBook, createAchievementBook } from "./achievement-book.ts";
import { Catalogue } from "./catalogue.ts";
import type { SimAppKind } from "./catalogue-app.ts";
import type { SimClock } from "./clock.ts";
import { FaultQueue } from "./fault.ts";
import { createPlayer, type SimulatedPlayer } from "./player.ts";
import { readAppList, readSteamSpyPages } from "./recorded-catalogue.ts";
import { RequestLog } from "./request-log.ts";
import { DEFAULT_SETTINGS, type SimSettings } from "./settings.ts";
import type { Sitting, SittingMode, Truth } from "./truth.ts";

export interface SimulationOptions {
  readonly truth: Truth;
  readonly ownKey: boolean;
  readonly clock: SimClock;
}

/** Paths of recordings. */
export interface Recordings {
  readonly appListFile?: string;
  /** Of which kind the apps in it are, for a list does not tell; games unless told. */
  readonly appListKind?: SimAppKind;
  readonly spyPagesFolder?: string;
}

/** All that a simulated Steam remembers, and how it is changed while it runs. */
export class Simulation {
  readonly clock: SimClock;
  readonly faults = new FaultQueue();
  readonly log = new RequestLog();
  settings: SimSettings = DEFAULT_SETTINGS;
  catalogue = new Catalogue();
  /** Recorded bodies of SteamSpy's pages, served in place of the catalogue's. */
  spyPages: ReadonlyMap<number, string> | null = null;
  #ownKey: boolean;
  #player: SimulatedPlayer;
  #achievements: AchievementBook;

  constructor({ truth, ownKey, clock }: SimulationOptions) {
    this.clock = clock;
    this.#ownKey = ownKey;
    this.#player = createPlayer(truth, { ownKey });
    this.#achievements = createAchievementBook(truth);
  }

  get achievements(): AchievementBook {
    return this.#achievements;
  }

  get player(): SimulatedPlayer {
    return this.#player;
  }

  get truth(): Truth {
    return this.#player.truth;
  }

  set truth(truth: Truth) {
    this.#player = createPlayer(truth, { ownKey: this.#ownKey });
    this.#achievements = createAchievementBook(truth);
  }

  get ownKey(): boolean {
    return this.#ownKey;
  }

  set ownKey(ownKey: boolean) {
    this.#ownKey = ownKey;
    this.#player = createPlayer(this.truth, { ownKey });
  }

  /** Serves recordings in place of what is invented; those that are not told stay as they are. */
  async record({ appListFile, appListKind, spyPagesFolder }: Recordings): Promise<void> {
    if (appListFile !== undefined) {
      this.catalogue.replaceList(await readAppList(appListFile, appListKind ?? "game"));
    }
    if (spyPagesFolder !== undefined) this.spyPages = await readSteamSpyPages(spyPagesFolder);
  }

  /** Starts a game now; what runs ends now. */
  play(appId: number, mode: SittingMode): void {
    this.stopPlaying();
    const sitting = { appId, startedAt: this.clock.now(), endedAt: null, mode };
    const { truth } = this;
    this.truth = { ...truth, sittings: [...truth.sittings, sitting] };
  }

  stopPlaying(): void {
    const at = this.clock.now();
    const sittings = this.truth.sittings.map((sitting) => endedBy(sitting, at));
    this.truth = { ...this.truth, sittings };
  }

  reconnect(): void {
    const reconnects = [...this.truth.reconnects, this.clock.now()];
    this.truth = { ...this.truth, reconnects };
  }
}

function endedBy(sitting: Sitting, at: number): Sitting {
  return { ...sitting, endedAt: sitting.endedAt ?? at };
}
