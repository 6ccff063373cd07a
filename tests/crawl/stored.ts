import { Database } from "bun:sqlite";
import { join } from "node:path";
import type { SimApp } from "../steam-sim/catalogue-app.ts";
import type { Catalogue } from "../steam-sim/catalogue.ts";

/** What the store holds of one app, read from its file. */
export interface StoredApp {
  readonly app_id: number;
  readonly name: string;
  readonly type: string | null;
  readonly is_visible: number | null;
  readonly positive: number | null;
  readonly ccu: number | null;
  readonly price_final: number | null;
  readonly items: string | null;
  readonly details: string | null;
}

const APPS = `SELECT a.app_id, a.name, a.type, m.is_visible, m.positive, m.ccu, m.price_final,
  i.fetch_status AS items, d.fetch_status AS details
  FROM apps a LEFT JOIN app_metadata m USING (app_id)
  LEFT JOIN app_sources i ON i.app_id = a.app_id AND i.source = 'store_items'
  LEFT JOIN app_sources d ON d.app_id = a.app_id AND d.source = 'steamspy_details' ORDER BY a.app_id`;

export function storedApps(dataDir: string): StoredApp[] {
  using database = new Database(join(dataDir, "tracker.db"), { readonly: true });
  return database.query<StoredApp, []>(APPS).all();
}

/** Rows of the history that say what the row before them said: there must be none. */
export function repeatedHistory(dataDir: string): number {
  using database = new Database(join(dataDir, "tracker.db"), { readonly: true });
  const facts =
    "owners_low, owners_high, positive, negative, ccu, currency, price_initial, price_final, discount_percent";
  const row = database
    .query<{ repeated: number }, []>(
      `SELECT count(*) AS repeated FROM (SELECT json_array(${facts}) AS facts,
         lag(json_array(${facts})) OVER (PARTITION BY app_id ORDER BY at) AS before FROM app_history)
       WHERE facts = before`,
    )
    .get();
  return row?.repeated ?? -1;
}

/** How the store's apps differ from what is true, one line each; none when a crawl was complete. */
export function differences(stored: readonly StoredApp[], truth: Catalogue): string[] {
  const known = new Map(stored.map((app) => [app.app_id, app]));
  const listed = truth.ids.flatMap((appId) => truth.app(appId) ?? []).filter((app) => app.isListed);
  const missing = listed.filter((app) => !known.has(app.appId)).map((app) => `${app.appId}: lost`);
  const wrong = stored.flatMap((app) => {
    const real = truth.app(app.app_id);
    return real === null ? [`${app.app_id}: invented`] : differencesOf(app, real);
  });
  return [...missing, ...wrong];
}

function differencesOf(app: StoredApp, real: SimApp): string[] {
  const isKnownToSpy = real.isTracked && !real.isHiddenBySpy;
  const hasDetails = isKnownToSpy && app.details === "success";
  const expected: readonly (readonly [string, unknown, unknown])[] = [
    ["name", app.name, real.name],
    ["items", app.items, "success"],
    ["is_visible", app.is_visible, real.isShown ? 1 : 0],
    ["type", app.type, real.isShown ? real.kind : app.type],
    ["positive", app.positive, hasDetails ? real.positive : app.positive],
    ["ccu", app.ccu, hasDetails ? real.ccu : app.ccu],
    ["details", app.details === "failed", false],
  ];
  return expected
    .filter(([, got, wanted]) => got !== wanted)
    .map(
      ([what, got, wanted]) => `${app.app_id}: ${what} is ${String(got)}, not ${String(wanted)}`,
    );
}
