import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APP_BATCH_MAX, type AppFacts } from "@tracker/contracts";
import {
  type Database,
  finishList,
  getList,
  mergeNames,
  mergeNewNames,
  openDatabase,
  planBatch,
  recordBatch,
  stageList,
} from "@tracker/store/catalogue";
import { sharedData } from "../shared-data.ts";
import { createRandom, type Random } from "../steam-sim/random.ts";

const STARTED_AT = Date.parse("2026-11-01T00:00:00Z");
const BATCH = 100;
const SUFFIXES = ["", " Soundtrack", " Demo", " - Supporter Pack", ": Artbook", " Playtest"];
const TYPES = ["game", "music", "demo", "dlc", "dlc", "game"];
const WORDS =
  "dark space last of the knight super garden war tower my little dungeon 三国 ночь café";
const GENRES = [
  "Indie",
  "Action",
  "Casual",
  "Adventure",
  "Strategy",
  "RPG",
  "Simulation",
  "Sports",
];
const TAGS = 440;

/** A catalogue of invented facts under real names, in a file that goes with its scope. */
export class FilledCatalogue implements Disposable {
  readonly folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "catalogue-"));
  readonly path = join(this.folder, "tracker.db");
  readonly database: Database = openDatabase(this.path);
  readonly names: readonly string[];
  now = STARTED_AT;
  readonly #random: Random;
  #isOpen = true;
  readonly #written = { changes: 0 };

  constructor(apps: number, seed: number) {
    this.#random = createRandom(seed);
    this.names = namesOf(apps, this.#random);
  }

  /** The whole list, as it comes: in parts, then applied in parts. Answers how long each commit took. */
  list(): number[] {
    const took: number[] = [];
    const observed_at = new Date(this.now).toISOString();
    const list_id = `list-${this.now}`;
    for (let from = 0; from < this.names.length; from += APP_BATCH_MAX) {
      const apps = this.names.slice(from, from + APP_BATCH_MAX).map((name, index) => ({
        app_id: 10 * (from + index + 1),
        name,
        last_modified: observed_at,
        price_change_number: 1,
      }));
      const part = { list_id, kind: "full", scope: "all", observed_at, apps } as const;
      took.push(timed(() => stageList(this.database, part, this.now)));
    }
    const applyPart = () => finishList(this.database, { list_id }, this.now);
    for (let parts = 0; parts < this.names.length; parts++) {
      took.push(timed(applyPart));
      if (getList(this.database, { list_id }).state === "applied") break;
    }
    return took;
  }

  /** Asks about every app that is due; answers how long each batch took to hand out and to record. */
  crawl(source: "store_items" | "steamspy_details", batchesMax = Infinity): number[] {
    const took: number[] = [];
    for (let batch = 0; batch < batchesMax; batch++) {
      const batch_id = `batch-${source}-${this.now}-${batch}`;
      let ids: number[] = [];
      took.push(
        timed(() => {
          ids = planBatch(this.database, { batch_id, source, limit: BATCH }, this.now).app_ids;
        }),
      );
      if (ids.length === 0) break;
      const observed_at = new Date(this.now).toISOString();
      const results = ids.map((app_id) => ({
        app_id,
        status: "success" as const,
        facts: this.facts(app_id),
      }));
      const record = { batch_id, source, observed_at, results };
      took.push(timed(() => recordBatch(this.database, record, this.now)));
      // As the store does, which has more time for it than is left between two batches here.
      mergeNewNames(this.database, this.#written).next();
    }
    return took;
  }

  /** What the store does while it is idle; answers how long each step took. */
  merge(): number[] {
    const took: number[] = [];
    const steps = mergeNames(this.database);
    const results: IteratorResult<void>[] = [];
    do {
      took.push(timed(() => results.push(steps.next())));
    } while (results.at(-1)?.done === false);
    return took;
  }

  /** Facts as they are spread over Steam: a few apps are known to all, most to nobody. */
  facts(appId: number): AppFacts {
    const random = this.#random;
    const index = appId / 10 - 1;
    const type = TYPES[typeIndex(index, this.names.length)] ?? "game";
    const reviews = Math.floor(6_000_000 / (1 + random.between(0, 60_000)) ** 1.2);
    const owners = reviews * 40;
    const positive = Math.floor((reviews * random.between(20, 99)) / 100);
    const cents = random.between(0, 40) * 100 + 99;
    const tags = Array.from({ length: random.between(4, 20) }, () => ({
      name: `Tag ${Math.floor(random.between(0, TAGS) * (random.between(0, 100) / 100))}`,
      weight: random.between(1, 1_000),
    }));
    return {
      type,
      is_free: cents === 99,
      release_date: `${random.between(2005, 2026)}-0${random.between(1, 9)}-${random.between(10, 28)}`,
      developers: [`Studio ${random.between(1, 60_000)}`],
      publishers: [`Publisher ${random.between(1, 30_000)}`],
      price: { currency: "USD", initial: cents, final: cents, discount_percent: 0 },
      owners: { low: owners, high: owners * 2 },
      reviews: { positive, negative: reviews - positive },
      ccu: Math.floor(reviews / 30),
      tags,
      genres: GENRES.filter(() => random.chance(0.2)),
      languages: ["English", "German"],
      header_url: `https://shared.akamai.steamstatic.com/store_item_assets/steam/apps/${appId}/0a4c23b70ced29fac344186ea564dae67c80cfd6/header.jpg?t=1788251111`,
    };
  }

  /** Gives the library some of the apps. */
  own(games: number): void {
    const insert = this.database.raw.prepare(
      `INSERT INTO games (title, platform, status, steam_app_id, created_at, updated_at) VALUES (?, 'PC', 'Backlog', ?, 0, 0)`,
    );
    for (let game = 0; game < games; game++) {
      const index = Math.floor((game * this.names.length) / games);
      insert.run(`Game ${game}`, 10 * (index + 1));
    }
  }

  /** Closes the database, so that a store can have it; the file stays as long as the scope. */
  close(): void {
    if (this.#isOpen) this.database[Symbol.dispose]();
    this.#isOpen = false;
  }

  [Symbol.dispose](): void {
    this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Milliseconds of the clock, or of the processor where those are fewer: what other programs do meanwhile is not ours. */
export function timed(work: () => void): number {
  const from = performance.now();
  const used = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(used);
  return Math.min(performance.now() - from, (user + system) / 1_000);
}

function typeIndex(index: number, count: number): number {
  return Math.floor((index / count) * SUFFIXES.length);
}

/** Recorded names where there are any; the rest are those with what Steam sells along. */
function namesOf(count: number, random: Random): string[] {
  const path = sharedData("applist/v2shape_games_2022-12-11.json");
  const words = WORDS.split(" ");
  const recorded =
    path === null
      ? Array.from(
          { length: Math.ceil(count / SUFFIXES.length) },
          (_, index) =>
            [1, 2, 3].map(() => words[random.between(0, words.length - 1)]).join(" ") + ` ${index}`,
        )
      : (
          JSON.parse(readFileSync(path, "utf8")) as { applist: { apps: { name: string }[] } }
        ).applist.apps.map(({ name }) => name);
  const base = recorded.slice(0, Math.min(recorded.length, Math.ceil(count / 3)));
  return Array.from({ length: count }, (_, index) => {
    const suffix = SUFFIXES[Math.floor(index / base.length) % SUFFIXES.length] ?? "";
    return `${base[index % base.length] ?? ""}${suffix}`;
  });
}
