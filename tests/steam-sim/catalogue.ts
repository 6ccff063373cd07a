import type { SimApp, SimAppChange } from "./catalogue-app.ts";
import { inventedApp, inventedAppIds } from "./invented-apps.ts";
import { inventedAppId } from "./invented-games.ts";
import { createRandom } from "./random.ts";
import type { RecordedApp } from "./recorded-catalogue.ts";

export interface CatalogueOptions {
  /** How many apps are invented; 1,000 unless told. */
  readonly apps?: number;
  /** The same seed and number give the same apps; 1 unless told. */
  readonly seed?: number;
}

const APPS = 1_000;
const NEW_APP_STEP = 10;

/**
 * All apps that Steam has. Their facts are drawn from their ids when they are asked for, so that 285,000 of them cost little;
 * only what was changed is kept.
 */
export class Catalogue {
  readonly #seed: number;
  #ids: number[];
  #recorded = new Map<number, RecordedApp>();
  #changes = new Map<number, SimAppChange>();
  #drifts = 0;
  #version = 0;

  constructor({ apps = APPS, seed = 1 }: CatalogueOptions = {}) {
    this.#seed = seed;
    this.#ids = inventedAppIds(apps);
  }

  /** Of every app that there is or was, ascending. */
  get ids(): readonly number[] {
    return this.#ids;
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  has(appId: number): boolean {
    return this.#ids[this.indexAfter(appId - 1)] === appId;
  }

  /** Where the ids begin that are greater. */
  indexAfter(appId: number): number {
    let [low, high] = [0, this.#ids.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ids[middle] ?? 0) <= appId) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Null for an app that there never was. */
  app(appId: number): SimApp | null {
    return this.has(appId) ? this.#existing(appId) : null;
  }

  *apps(): Generator<SimApp> {
    for (const appId of this.#ids) yield this.#existing(appId);
  }

  #existing(appId: number): SimApp {
    const recorded = this.#recorded.get(appId);
    const app = inventedApp(this.#seed, appId, recorded?.name);
    return { ...app, ...recorded, ...this.#changes.get(appId) };
  }

  change(appIds: readonly number[], change: SimAppChange): void {
    for (const appId of appIds) {
      if (!this.has(appId)) throw new Error(`expected an app of the catalogue, got ${appId}`);
      this.#changes.set(appId, { ...this.#changes.get(appId), ...change });
    }
    this.#version += 1;
  }

  /** So many new apps, with the ids behind all others. */
  add(count: number, at: number): readonly number[] {
    const last = Math.max(this.#ids.at(-1) ?? 0, inventedAppId(0));
    const added = Array.from({ length: count }, (_, index) => last + NEW_APP_STEP * (index + 1));
    this.#ids = [...this.#ids, ...added];
    this.change(added, { modifiedAt: wholeSecond(at), isListed: true });
    return added;
  }

  /**
   * A day goes by: of that share of the apps, players and reviews move, and every fifth of them changes its price, which moves
   * `price_change_number` alone. Gives the apps that moved.
   */
  drift(share: number): readonly number[] {
    this.#drifts += 1;
    const random = createRandom(this.#seed * 7_919 + this.#drifts);
    const moved = this.#ids.filter(() => random.chance(share));
    for (const [index, appId] of moved.entries()) {
      const app = this.#existing(appId);
      const price =
        index % 5 === 0 && app.initialCents !== null && !app.isFree ? priceMove(app) : {};
      const ccu = app.ccu + random.between(1, 50);
      this.change([appId], { ccu, positive: app.positive + random.between(0, 9), ...price });
    }
    return moved;
  }

  /** The list is the recorded one from now on; apps that were in it and are not any more are no longer listed. */
  replaceList(apps: readonly RecordedApp[]): void {
    const names = new Map<number, RecordedApp>();
    for (const [appId, app] of this.#recorded) names.set(appId, { ...app, isListed: false });
    for (const app of apps) names.set(app.appId, app);
    this.#recorded = names;
    this.#ids = [...names.keys()].toSorted((one, other) => one - other);
    this.#version += 1;
  }
}

function priceMove({ initialCents, cents, priceChangeNumber }: SimApp): SimAppChange {
  const isFull = cents === initialCents;
  const discount = isFull ? 25 : 0;
  return {
    cents: Math.round(((initialCents ?? 0) * (100 - discount)) / 100),
    discount,
    priceChangeNumber: (priceChangeNumber ?? 0) + 1,
  };
}

function wholeSecond(at: number): number {
  return Math.floor(at / 1_000) * 1_000;
}
